"""`/stop`: nothing of mine is shown and nothing is sent to me, until `/start`."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.commands.owndata.left import left_of
from bot.dispatcher import Command
from bot.domain.capabilities import Capability
from bot.domain.focus.aside import is_bare_stop
from bot.domain.words import Lexicon
from bot.services import Services
from bot.services.people import know
from bot.services.unfocusing import clear, stop_all
from bot.turn import Answer, Ask
from cards.owndata import StopView


@dataclass(frozen=True, slots=True)
class AskStop:
    """Ask first. `words`: more was typed than the command itself."""

    words: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop now."""


def understand(text: str, lexicon: Lexicon, ask: Ask) -> AskStop | Stop | None:
    """A bare "stop" or "stop ermee" may mean anything, so it asks (promise 6); with more words behind it, it is a sentence."""
    more = bool(text.strip())
    if not ask.slashed:
        bare = not more or is_bare_stop(ask.turn.text, lexicon, ask.language)
        return AskStop() if bare else None
    return AskStop(words=True) if more else Stop()


async def handle(ask: Ask, intent: AskStop | Stop, services: Services) -> Answer | None:
    """Kept with the person; every sharing choice stays as it is. A bare "stop" in focus time means that (promise 6)."""
    if isinstance(intent, AskStop):
        if not ask.slashed and await _is_in_focus(ask, services):
            return None
        return Answer(StopView(done=False, words=intent.words))
    async with services.units.write(ask.turn.key) as unit:
        # Delivered twice: told as it is now, which may be a newer choice.
        stopped = not unit.repeated or (ask.person is not None and ask.person.stopped)
        if not unit.repeated:
            await know(ask, unit, stopped=True, paused_until=None)
            await stop_all(unit, ask.user_id, services.clock.now())
        teams = tuple(await unit.own.shown_to(ask.user_id))
    left = left_of(await clear(ask, services), services.clock.now(), ZoneInfo(ask.zone)) if stopped else ()
    return Answer(StopView(done=stopped, teams=teams, today=ask.today, left=left))


async def _is_in_focus(ask: Ask, services: Services) -> bool:
    now = services.clock.now()
    async with services.units.read(ask.turn.key.tenant) as unit:
        ahead = await unit.focus.ahead(ask.user_id, now)
    return Capability.FOCUS in ask.capabilities and any(one.is_on(now) for one in ahead)


STOP = Command(
    name="stop",
    parse=understand,
    handle=handle,
    verbs={"stop.ask": lambda _data, _ask: AskStop(), "stop.now": lambda _data, _ask: Stop()},
)
