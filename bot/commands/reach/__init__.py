"""`/reach` (`/bereik`): how I want to be reached, to whom I show it, and how to reach a colleague."""

from bot.commands.reach.asking import find
from bot.commands.reach.own import set_rules, share, show_mine
from bot.dispatcher import Command
from bot.domain.capabilities import Capability
from bot.domain.reach import presses
from bot.domain.reach.grammar import parse
from bot.domain.reach.intents import FindColleague, Intent, SetRules, ShareReach, ShowRules
from bot.domain.words import Lexicon
from bot.services import Services
from bot.turn import Answer, Ask, Scope

# What a plan begins with: "bereikbaar thuis morgen" is about a place, and nobody's name.
PLANS = ("place", "hall", "kind", "weekday", "relative", "compound", "part", "week", "filler", "beyond", "negation")


def understand(text: str, lexicon: Lexicon, ask: Ask) -> Intent | None:
    """My rules, sharing, or a colleague; a mention is always a colleague."""
    if ask.turn.mentions:
        return FindColleague(channel_user_id=ask.turn.mentions[0].channel_user_id)
    intent = parse(text, lexicon, ask.language)
    about_a_plan = not ask.slashed and any(lexicon.phrase(category, text) for category in PLANS)
    return None if isinstance(intent, FindColleague) and about_a_plan else intent


async def handle(ask: Ask, intent: Intent, services: Services) -> Answer:
    if isinstance(intent, FindColleague):
        return await find(ask, intent, services)
    if isinstance(intent, SetRules):
        return await set_rules(ask, intent, services)
    if isinstance(intent, ShareReach):
        return await share(ask, intent, services)
    return await show_mine(ask, services, intent.problem)


def _show(_data: object, _ask: Ask) -> ShowRules:
    return ShowRules()


REACH = Command(
    name="reach",
    parse=understand,
    handle=handle,
    verbs={
        "reach.show": _show,
        "reach.save": lambda data, _: presses.to_save(data),
        "reach.set": lambda data, _: presses.to_set(data),
        "reach.share": lambda data, _: presses.to_share(data),
        "reach.find": lambda data, _: presses.to_find(data),
    },
    menus=frozenset(Scope),
    capability=Capability.REACH,
)
