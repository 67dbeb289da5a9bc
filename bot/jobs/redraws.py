"""Living cards, drawn as things are: one redraw at a time, in the team's words, at the conversation's pace."""

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot.dispatcher import Command, Draw, variant
from bot.domain.capabilities import switched_on
from bot.domain.health import Failure
from bot.domain.working import next_team_moment
from bot.errors import Blocked, ConnectorError, NotFound, NotSent, Overtaken, Refused, Throttled, TooLarge, Transient
from bot.jobs.saying import Means
from bot.logs import get_logger
from bot.outgoing import LivingCard, Receiver
from bot.services.living import KeptCards
from bot.services.pacing import pace_name
from cards import View

FIRST_PAUSE = timedelta(seconds=2)  # doubles
LONGEST_PAUSE = timedelta(minutes=10)
# Some two hours of trouble. The last is also the only one after a first posting that may have arrived.
MOST_ATTEMPTS = 20
MOST_FAULTS = 5  # of our own making: trying on would only fill the log
# A worker that waits for the conversation's next free moment does nothing else; what has to wait longer is asked for then.
LONGEST_WAIT_S = 3.0

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a card is to say; `digest` tells it from what stands there."""

    view: View
    language: str
    zone: str

    @property
    def digest(self) -> str:
        said = f"{self.language}\n{type(self.view).__qualname__}\n{self.view!r}"
        return hashlib.sha256(said.encode()).hexdigest()


class Redraws:
    """Draws living cards. `life` names this run of the process; nobody else's redraw is ever finished by it."""

    def __init__(self, commands: Sequence[Command], kept: KeptCards, means: Means, life: str) -> None:
        self._draw: Mapping[str, tuple[Command, Draw]] = {
            kind: (command, draw) for command in commands for kind, draw in command.living.items()
        }
        self._services, self._kept, self._door = means.services, kept, means.sender
        self._pace, self._life = means.pace, life
        # Posted, but the store could not be told: not posted again when it is drawn again here.
        self._posted: dict[tuple[str, str], str] = {}

    async def redraw(self, tenant: str, card_id: str, redraw: str) -> None:
        """Draw a card as things are now, if that redraw is still asked for. Raises what is no trouble of Teams'."""
        owner = f"{self._life}.{uuid4().hex}"  # two runs of one redraw are two owners
        card = await self._kept.claim(tenant, card_id, redraw, owner, self._now())
        if card:
            await self._try(replace(card, activity=card.activity or self._posted.get((tenant, card_id))))

    async def due(self, now: datetime) -> None:
        """Ask again for what should have been drawn by `now`, and look at what nobody touched for a while."""
        await self._kept.due(now)

    async def _try(self, card: LivingCard) -> None:
        try:
            await self._redraw(card)
        except (Blocked, NotFound) as error:
            await self._give_up(card, Failure.DELIVERY_BLOCKED, error)
        except (Refused, TooLarge) as error:
            await self._give_up(card, Failure.DELIVERY_REFUSED, error)
        except ConnectorError as error:
            await self._try_later(card, error)
        except Exception as error:
            if card.attempts >= MOST_FAULTS:
                await self._give_up(card, Failure.DELIVERY_FAULT, error)
            else:
                await self._try_later(card, error)
            raise

    async def _redraw(self, card: LivingCard) -> None:
        if card.kind not in self._draw:
            raise LookupError("a kind of card that this version does not know")
        (command, draw), now = self._draw[card.kind], self._now()
        receiver = await self._receiver(card, command, now)
        if receiver is None:
            await self._undrawn(card, now)
            return
        at = now if card.activity else next_team_moment(now, ZoneInfo(receiver.zone), card.made_at)
        if at > now:
            await self._kept.later(card, now, at, attempts=card.attempts - 1)
            return
        view = await draw(card, receiver, self._services)
        if view is None:
            await self._kept.gone(card)
            return
        drawing = Drawing(view, receiver.language, receiver.zone)
        if drawing.digest == card.shown:
            await self._end(card, drawing, card.activity)
        else:
            await self._say(card, drawing)

    async def _undrawn(self, card: LivingCard, now: datetime) -> None:
        """Nobody may be told now: what stands there stays, and what was not posted yet is not posted any more."""
        if card.activity and now < card.until:
            await self._kept.ended(card, now, shown=card.shown, activity=card.activity)
        else:
            await self._kept.gone(card)

    async def _receiver(self, card: LivingCard, command: Command, now: datetime) -> Receiver | None:
        """None: the team is gone or asleep, or the organisation switched it off."""
        defaults = self._services.defaults
        async with self._services.units.read(card.tenant) as unit:
            on = switched_on(await unit.capabilities.switches(), all_on=defaults.all_on)
            team = await unit.teams.get(card.team_id)
        if team is None or team.asleep_since or (command.capability and command.capability not in on):
            return None
        zone = team.zone or defaults.zone
        return Receiver(
            language=variant(team.language or defaults.language, defaults.country),
            country=defaults.country,
            zone=zone,
            today=now.astimezone(ZoneInfo(zone)).date(),
            team=team,
        )

    async def _say(self, card: LivingCard, drawing: Drawing) -> None:
        try:
            wait = await self._pace.wait(pace_name(card.to), LONGEST_WAIT_S, partial(self._mark, card))
        except Overtaken:
            return
        if wait is not None:
            now = self._now()
            await self._kept.later(card, now, now + timedelta(seconds=wait), attempts=card.attempts - 1)
            return
        activity = card.activity
        if activity:
            await self._door.put_card(card, drawing.view, drawing.language, drawing.zone)
        else:
            activity = await self._door.post_card(card, drawing.view, drawing.language, drawing.zone)
        if activity is None:  # Teams did not say where it stands: it can never be drawn again
            await self._give_up(card, Failure.DELIVERY_FAULT, None)
            return
        self._posted[card.tenant, card.id] = activity
        await self._end(card, drawing, activity)

    async def _mark(self, card: LivingCard) -> None:
        """Note that it is drawn now. Raises Overtaken where another run has the card."""
        if not await self._kept.mark(card):
            raise Overtaken

    async def _end(self, card: LivingCard, drawing: Drawing, activity: str | None) -> None:
        now = self._now()
        if now >= card.until:
            await self._kept.gone(card)
        elif not await self._kept.ended(card, now, shown=drawing.digest, activity=activity):
            await self._lost(card, activity)
        self._posted.pop((card.tenant, card.id), None)

    async def _lost(self, card: LivingCard, activity: str | None) -> None:
        """Somebody else took the card over while this process was away, and what was just said may be old."""
        log.info("redraw_overtaken", kind=card.kind)
        await self._kept.lost(card)
        if activity and not card.activity:
            await self._door.take_back(card, activity)  # theirs is the one that is drawn from now on

    async def _try_later(self, card: LivingCard, error: Exception) -> None:
        if card.attempts >= MOST_ATTEMPTS:
            await self._give_up(card, Failure.DELIVERY_EXPIRED, error)
            return
        pause = min(FIRST_PAUSE * 2 ** (card.attempts - 1), LONGEST_PAUSE)
        pause *= 1 + random.random() / 2  # noqa: S311 - jitter needs no secrecy
        if isinstance(error, Throttled):
            pause = max(pause, timedelta(seconds=error.seconds))
            await self._pace.throttled(card.to, error.seconds)
        # A first posting that nobody knows of is said once more and no oftener: two are better than none.
        attempts = MOST_ATTEMPTS - 1 if not card.activity and _may_have_arrived(error) else card.attempts
        log.info("redraw_waits", kind=card.kind, error=type(error).__name__, attempts=card.attempts)
        now = self._now()
        await self._kept.later(card, now, now + pause, attempts=attempts)

    async def _give_up(self, card: LivingCard, failure: Failure, error: Exception | None) -> None:
        log.warning("card_not_drawn", kind=card.kind, reason=failure.value, error=type(error).__name__)
        self._services.health.count(failure)
        await self._kept.gone(card)

    def _now(self) -> datetime:
        return self._services.clock.now()


def _may_have_arrived(error: Exception) -> bool:
    """Whether Teams was asked and did not answer: it may have carried it out."""
    return isinstance(error, Transient) and error.status is None and not isinstance(error, NotSent)
