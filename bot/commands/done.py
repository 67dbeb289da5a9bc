"""`/done` (`/klaar`): the end of my day. My next place, silence until then, and nothing kept of when I stopped."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.dispatcher import Command
from bot.domain.capabilities import Capability
from bot.domain.words import Lexicon
from bot.services import ReadUnit, Services, WriteUnit
from bot.services.done import at_its_end, done_view
from bot.services.people import know
from bot.turn import Answer, Ask
from cards.notices import OldCardView
from cards.today import DoneView


@dataclass(frozen=True, slots=True)
class AskDone:
    """Ask first. `words`: more was typed than the command has."""

    words: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """Send me nothing more today."""


@dataclass(frozen=True, slots=True)
class Stay:
    """Messages may come again today; pressed, on the `day` that the button was made for."""

    day: str | None = None


Intent = AskDone | Done | Stay


def understand(text: str, lexicon: Lexicon, ask: Ask) -> Intent | None:
    """A bare "klaar" may mean anything, so it asks (promise 6); with more words behind it, it is a sentence."""
    if not any(character.isalnum() for character in text):
        return Done() if ask.slashed else AskDone()
    match = lexicon.phrase("done", text)
    if match and not match.rest.strip():
        return Stay() if match.key == "undo" else Done() if ask.slashed else AskDone()
    return AskDone(words=True) if ask.slashed else None


async def handle(ask: Ask, intent: Intent, services: Services) -> Answer:
    """Only whoever Samen sends something has a day to be kept silent; of others nothing is kept at all."""
    ask = at_its_end(ask, services)
    if isinstance(intent, Stay) and intent.day not in (None, ask.today.isoformat()):
        return Answer(OldCardView())
    hears = ask.person is not None and ask.person.contact is not None and not ask.quiet
    if isinstance(intent, AskDone):
        where = Capability.WHERE in ask.capabilities
        return Answer(DoneView(ask.today, "asked", where=where, silent=hears, words=intent.words, quiet=ask.quiet))
    if not hears:
        async with services.units.read(ask.turn.key.tenant) as unit:
            return Answer(await _view(ask, unit, intent))
    # Of the turn itself nothing is kept, or its moment would say when somebody stopped; twice it does the same as once.
    async with services.units.mirror(ask.turn.key.tenant) as unit:
        await _keep(ask, unit, intent)
        return Answer(await _view(ask, unit, intent, silent=await unit.quiet_days.has(ask.user_id, ask.today)))


async def _keep(ask: Ask, unit: WriteUnit, intent: Done | Stay) -> None:
    await know(ask, unit)
    if isinstance(intent, Done):
        await unit.quiet_days.begin(ask.user_id, ask.today, ask.zone)
    else:
        await unit.quiet_days.end(ask.user_id, ask.today)


async def _view(ask: Ask, unit: ReadUnit, intent: Done | Stay, *, silent: bool = False) -> DoneView:
    """What holds now: delivered twice, it may be something newer than was asked."""
    if isinstance(intent, Stay) and not silent:
        return DoneView(ask.today, "undone", quiet=ask.quiet)
    return await done_view(ask, unit, silent=silent)


def _stay(data: Mapping[str, Any], _ask: Ask) -> Stay | None:
    """Only on the day itself: the one before is over."""
    day = data.get("day")
    return Stay(day) if isinstance(day, str) else None


def _done(_data: Mapping[str, Any], _ask: Ask) -> Done:
    return Done()


DONE = Command(
    name="done",
    parse=understand,
    handle=handle,
    verbs={"done.now": _done, "done.undo": _stay},
)
