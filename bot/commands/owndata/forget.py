"""`/forget` (`/vergeet`): everything about me is deleted at once, with a receipt."""

import asyncio
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.commands.owndata.left import left_of
from bot.commands.owndata.lines import lines
from bot.dispatcher import Command
from bot.domain.owndata import Kept, OnForget
from bot.domain.words import Lexicon
from bot.errors import Overtaken
from bot.services import Services
from bot.services.signing import disconnect
from bot.services.unfocusing import take_away
from bot.turn import Answer, Ask, Scope
from cards.owndata import FocusLeft, ForgetView

# Another choice of the same person is under way for some milliseconds; with what is asked of Microsoft before, under the
# 5 s of an invoke.
WAITS_S = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.4, 0.4)


@dataclass(frozen=True, slots=True)
class AskForget:
    """Ask first."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Forget now."""


def understand(text: str, _lexicon: Lexicon, ask: Ask) -> AskForget | Forget | None:
    """A bare "forget" asks (promise 6); "forget the minutes" is a sentence, and "/forget Bart" is asked about too."""
    more = bool(text.strip())
    if not ask.slashed:
        return None if more else AskForget()
    return AskForget() if more else Forget()


async def handle(ask: Ask, intent: AskForget | Forget, services: Services) -> Answer:
    """Delete, and say what was deleted and what stays; a second time there is nothing left to say."""
    if isinstance(intent, AskForget):
        return Answer(ForgetView(done=False))
    left = left_of(await take_away(ask, services), services.clock.now(), ZoneInfo(ask.zone))
    out = await disconnect(ask, services)
    for wait in WAITS_S:
        try:
            return _receipt(await _forget(ask, services), left, ask.today, out)
        except Overtaken:
            await asyncio.sleep(wait)
    return _receipt(await _forget(ask, services), left, ask.today, out)


async def _forget(ask: Ask, services: Services) -> list[Kept]:
    async with services.units.write(ask.turn.key, whole=True) as unit:
        if unit.repeated:
            # Told as it is now: since the first delivery something may have been chosen again, and that stays.
            return [one for one in await unit.own.of(ask.user_id) if one.keeping.on_forget is OnForget.KEEP]
        said = ask.turn.key if ask.turn.scope is Scope.PERSONAL else None
        return [*await unit.own.forget(ask.user_id, said)]


def _receipt(kept: list[Kept], left: tuple[FocusLeft, ...], today: date, out: bool | None) -> Answer:
    there = [one for one in kept if one.rows]
    by = {way: [one for one in there if one.keeping.on_forget is way] for way in OnForget}
    return Answer(
        ForgetView(
            done=True,
            gone=lines(by[OnForget.DELETE]),
            stays=lines(by[OnForget.KEEP]),
            cards=sum(len(one.rows) for one in by[OnForget.DETACH]),
            today=today,
            left=left,
            out=out,
        )
    )


FORGET = Command(
    name="forget",
    parse=understand,
    handle=handle,
    verbs={"forget.ask": lambda _data, _ask: AskForget(), "forget.now": lambda _data, _ask: Forget()},
)
