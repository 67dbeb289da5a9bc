"""The handler, held to time and good manners: it always ends in a reply."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from bot.adapter.connector import Connector
from bot.adapter.pace import Background, Pace
from bot.adapter.turns import with_user_id
from bot.domain.days import IN_UTC, Ending
from bot.domain.health import Failure
from bot.logs import get_logger, where_it_failed
from bot.services.health import Health
from bot.telemetry import TURN, Section, timed
from bot.turn import After, Reply, Turn
from cards import Drawn, View
from cards.notices import BusyView, TroubleView
from cards.renderers import draw

log = get_logger(__name__)

Handle = Callable[[Turn], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A view as it is brought: drawn in a language; `day` is the first one whose places stand on it."""

    drawn: Drawn
    language: str
    day: date | None = None
    ending: Ending = IN_UTC


PieceAfter = Callable[[], Awaitable[Piece | None]]


@dataclass(frozen=True, slots=True)
class File:
    """A file to bring, and what is said then or where that cannot be."""

    content: bytes = field(repr=False)
    done: Piece
    failed: Piece


@dataclass(frozen=True, slots=True)
class Spoken:
    """A reply, drawn: `show` and `more` for the asker alone, `announce` for all; None = nothing needs saying."""

    show: Piece | None
    team_language: str
    more: tuple[Piece, ...] = ()
    announce: Piece | None = None
    file: File | None = None
    sign_in: str | None = None  # the language to offer it in
    after: PieceAfter | None = None  # what takes the place of `show` then


Follow = Callable[[Spoken], Awaitable[None]]
Settle = Callable[[Spoken], Awaitable[Spoken]]


class Handling:
    """Runs the handler on turns. A fault becomes a sentence for the person and an event for the operator."""

    def __init__(
        self, handle: Handle, connector: Connector, background: Background, pace: Pace, health: Health
    ) -> None:
        self._handle, self._connector = handle, connector
        self._background, self._pace, self._health = background, pace, health

    async def reply(self, turn: Turn) -> Spoken:
        """The reply to a turn, however it went; most events that fail have nobody to tell."""
        kind = "event" if turn.event else "press" if turn.press else "message"
        with timed(TURN, kind=kind, scope=turn.scope) as section:
            return await self._reply(turn, section)

    async def _reply(self, turn: Turn, section: Section) -> Spoken:
        try:
            async with asyncio.timeout(self._pace.longest):
                # Most events are not answered to a person, and have a sender without user id.
                known = await with_user_id(turn, self._connector) if _has_asker(turn) else turn
                return _spoken(await self._handle(known))
        except Exception as error:  # noqa: BLE001 - the last line: whatever it was, somebody waits for a sentence
            where = where_it_failed(error)
            log.error("turn_failed", error=type(error).__name__, where=where, scope=turn.scope.value)  # noqa: TRY400 - a traceback quotes values
            self._health.count(Failure.TURN)
            section.say(outcome="failed")
            return _in_client_language(turn, TroubleView() if _has_asker(turn) else None)

    async def reply_in_time(self, turn: Turn, settle: Settle, follow: Follow) -> Spoken:
        """The reply to a press as `settle` leaves it, or after `Pace.press` seconds a sentence that the answer follows.

        The handler goes on then and `follow` gets its reply: cut in the middle of a commit, nobody would know what
        holds. Pressing again is harmless, because changes are absolute (design, section 4).
        """
        work = self._background.start(self._settled(turn, settle))
        done, _ = await asyncio.wait({work}, timeout=self._pace.press)
        if done:
            return work.result()
        log.warning("press_slow", scope=turn.scope.value)
        if turn.press and turn.press.automatic:  # a client's own refresh: nobody waits, the card stays as it is
            return _in_client_language(turn, None)
        self._background.start(_after(work, follow))
        return _in_client_language(turn, BusyView())

    async def _settled(self, turn: Turn, settle: Settle) -> Spoken:
        return await settle(await self.reply(turn))

    def afterwards(self, work: Coroutine[Any, Any, None]) -> None:
        """Do what nobody waits for once the response is out."""
        self._background.start(work)


def _has_asker(turn: Turn) -> bool:
    return turn.event is None or turn.event.awaited


async def _after(work: asyncio.Task[Spoken], follow: Follow) -> None:
    await follow(await work)


def _spoken(reply: Reply) -> Spoken:
    upload = reply.upload
    return Spoken(
        show=piece_of(reply.show, reply.language, reply.ending) if reply.show else None,
        team_language=reply.team_language,
        more=tuple(piece_of(view, reply.language, reply.ending) for view in reply.more),
        announce=piece_of(reply.announce, reply.team_language, reply.ending) if reply.announce else None,
        file=File(
            upload.content,
            done=piece_of(upload.done, reply.language, reply.ending),
            failed=piece_of(upload.failed, reply.language, reply.ending),
        )
        if upload
        else None,
        sign_in=reply.language if reply.sign_in else None,
        after=partial(_piece_after, reply, reply.after) if reply.after else None,
    )


async def _piece_after(reply: Reply, after: After) -> Piece | None:
    view = await after()
    return piece_of(view, reply.language, reply.ending) if view else None


def piece_of(view: View, language: str, ending: Ending) -> Piece:
    """A view, drawn."""
    return Piece(draw(view, language), language, view.first_day, ending)


def _in_client_language(turn: Turn, view: View | None) -> Spoken:
    """A reply from the door itself, which knows no more than the client's language."""
    language = "en" if (turn.locale or "").lower().startswith("en") else "nl"
    return _spoken(Reply(view, language, language))
