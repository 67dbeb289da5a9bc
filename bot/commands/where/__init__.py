"""`/where` (`/waar`): my own day-parts, my plan card and the team's board."""

from bot.commands.where.pattern import set_pattern, show_pattern
from bot.commands.where.setting import set_plan
from bot.commands.where.sharing import share
from bot.commands.where.showing import explain, show_board, show_plan
from bot.commands.where.staying import on_its_card
from bot.commands.where.week import show_week
from bot.commands.where.who import answer_puzzled, find_people
from bot.dispatcher import Command
from bot.domain.capabilities import Capability
from bot.domain.where import presses
from bot.domain.where.found import Puzzled, Question, question
from bot.domain.where.grammar import Context, parse
from bot.domain.where.intents import (
    Find,
    Intent,
    Problem,
    SetPattern,
    SetPlan,
    Share,
    ShowBoard,
    ShowPattern,
    ShowPlan,
    ShowWeek,
    Unclear,
)
from bot.domain.words import Lexicon
from bot.services import Services
from bot.turn import Answer, Ask, Scope

# More unknown words than a name has: somebody is talking, not asking.
MOST_UNKNOWN = 2


def understand(text: str, lexicon: Lexicon, ask: Ask) -> Intent:
    """What somebody means by the words after `/where`."""
    return parse(text, lexicon, _context(ask))


def understand_who(text: str, lexicon: Lexicon, ask: Ask) -> Question | None:
    """What somebody asks with the words after `/who`; a longer sentence without the slash may be no question to us."""
    asked = question(text, lexicon, _context(ask))
    if isinstance(asked, Puzzled) and len(asked.leftover) > MOST_UNKNOWN and not ask.slashed:
        return None
    return asked


def _context(ask: Ask) -> Context:
    places = tuple(place for place in ask.places if not place.retired)
    return Context(ask.today, ask.language, ask.country, places)


def guess(text: str, lexicon: Lexicon, ask: Ask) -> Unclear | None:
    """Words that would set a plan, without `/where` in front: asked about, never acted upon."""
    intent = understand(text, lexicon, ask) if text.strip() else None
    return Unclear(Problem.TYPO, offers=(intent,)) if isinstance(intent, SetPlan) else None


async def handle(ask: Ask, intent: Intent | Puzzled, services: Services) -> Answer:  # noqa: PLR0911 - one an intent
    if isinstance(intent, SetPlan):
        return await on_its_card(ask, intent, await set_plan(ask, intent, services), services)
    if isinstance(intent, ShowBoard):
        return await show_board(ask, intent, services)
    if isinstance(intent, ShowWeek):
        return await show_week(ask, intent, services)
    if isinstance(intent, Find):
        return await find_people(ask, intent, services)
    if isinstance(intent, Puzzled):
        return await answer_puzzled(ask, intent, services)
    if isinstance(intent, SetPattern):
        return await set_pattern(ask, intent, services)
    if isinstance(intent, ShowPattern):
        return await show_pattern(ask, intent, services)
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
        "where.follow": lambda data, _: presses.to_follow(data),
        "where.pattern": lambda data, _: presses.to_pattern(data),
        "where.pattern_set": lambda data, _: presses.to_set_pattern(data),
        "where.pattern_choose": lambda data, _: presses.to_choose_pattern(data),
        "where.pattern_undo": lambda data, _: presses.to_undo_pattern(data),
        "where.week": lambda data, _: presses.to_week(data),
    },
    menus=frozenset(Scope),
    capability=Capability.WHERE,
)
WHO = Command(
    name="who",
    parse=understand_who,
    handle=handle,
    verbs={
        "who.find": lambda data, _: presses.to_find(data),
        "who.show": lambda _data, ask: ShowBoard(ask.today, alone=True),
    },
    menus=frozenset(Scope),
    capability=Capability.WHERE,
)
