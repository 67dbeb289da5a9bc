"""`/where` (`/waar`): my own day-parts, my plan card and the team's board."""

from bot.commands.where.setting import set_plan
from bot.commands.where.sharing import share
from bot.commands.where.showing import explain, show_board, show_plan
from bot.dispatcher import Command
from bot.domain.where import presses
from bot.domain.where.grammar import Context, parse
from bot.domain.where.intents import Intent, Problem, SetPlan, Share, ShowBoard, ShowPlan, Unclear
from bot.domain.words import Lexicon
from bot.services import Services
from bot.turn import Answer, Ask, Scope


def understand(text: str, lexicon: Lexicon, ask: Ask) -> Intent:
    """What somebody means by the words after `/where`."""
    places = tuple(place for place in ask.places if not place.retired)
    return parse(text, lexicon, Context(ask.today, ask.language, ask.country, places))


def guess(text: str, lexicon: Lexicon, ask: Ask) -> Unclear | None:
    """Words that would set a plan, without `/where` in front: asked about, never acted upon."""
    intent = understand(text, lexicon, ask) if text.strip() else None
    return Unclear(Problem.TYPO, offers=(intent,)) if isinstance(intent, SetPlan) else None


async def handle(ask: Ask, intent: Intent, services: Services) -> Answer:
    if isinstance(intent, SetPlan):
        return await set_plan(ask, intent, services)
    if isinstance(intent, ShowBoard):
        return await show_board(ask, intent, services)
    if isinstance(intent, ShowPlan):
        return await show_plan(ask, intent, services)
    if isinstance(intent, Share):
        return await share(ask, intent, services)
    return await explain(ask, intent, services)


WHERE = Command(
    name="where",
    parse=understand,
    handle=handle,
    guess=guess,
    verbs={
        "where.set": lambda data, _: presses.to_set(data),
        "where.choose": lambda data, _: presses.to_choose(data),
        "where.undo": lambda data, _: presses.to_undo(data),
        "where.plan": lambda data, _: presses.to_plan(data),
        "where.board": lambda data, ask: presses.to_board(data, ask.today),
        "where.share": lambda data, _: presses.to_share(data),
    },
    menus=frozenset(Scope),
)
