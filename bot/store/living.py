"""Living cards: rows that say what stands in a conversation, and jobs that draw it as things are."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, or_, select

from bot.domain.jobs import Job, Work
from bot.outgoing import LivingCard
from bot.store.engines import Engines
from bot.store.outbox import Outbox
from bot.store.rows import TENANT, USER, Rows, insert_once
from bot.store.tables import living_card, sharing
from bot.store.tenants import ACROSS_TENANTS
from bot.turn import Reference, Scope

# Between two drawings of a card: Teams takes one message a second in a conversation.
BETWEEN = timedelta(seconds=1)
# A redraw takes seconds; after this it is asked for again, whatever became of the job.
LOST = timedelta(minutes=5)
# Untouched, a card is still looked at: a pause that ends or a member list that changes is nobody's unit.
LOOK_AGAIN = timedelta(minutes=10)
# Waits up to this are the engine's; what is later is found by the minute tick.
A_MINUTE = timedelta(minutes=1)
MOST_AT_ONCE = 500
# How a redraw's name begins that nobody touched anything for: hundreds of them are in the way of none that somebody did.
LOOK = "look."

_C = living_card.c
_TO = ("conversation", "service_url", "channel", "bot_id", "bot_name")
_FIELDS = ("tenant", "id", "kind", "subject", "team_id", "made_at", "until", "owner", "activity", "shown", "touched")
_POST = insert_once(living_card)
_GET = select(living_card).where(_C.tenant == TENANT, _C.id == bindparam("card"))
_GONE = delete(living_card).where(_C.tenant == TENANT, _C.id == bindparam("card"), _C.owner == bindparam("mine"))
_DUE = (
    select(_C.tenant, _C.id, _C.redraw, _C.attempts)
    .where(_C.due_at <= bindparam("now"))
    .order_by(_C.due_at)
    .limit(MOST_AT_ONCE)
)
# With the column that no key has, SQLite looks a person up; without it, it reads who shares in the whole tenant.
_STILL = sharing.c.gone_since.is_(None)
_SHOWS_TO = select(sharing.c.team_id).where(sharing.c.tenant == TENANT, sharing.c.user_id == USER, _STILL)


def cards_of_person(*columns: ColumnElement[Any]) -> Select[Any]:
    """These columns once for each living card that a plan of somebody may change: to read along with another select."""
    these = (_C.tenant == TENANT, _C.plan_day.is_not(None), _C.team_id.in_(_SHOWS_TO))
    return select(*columns).select_from(living_card).where(*these)


class LivingRows:
    """`LivingCards` in a database; what is touched is looked for once, by `settle`, right before the commit.

    So that of two units which touch the same card none waits for more of the other than its commit.
    """

    def __init__(self, rows: Rows, now: datetime) -> None:
        self._rows, self._now = rows, now
        self._subjects: dict[str, set[str]] = {}
        self._people: dict[tuple[date, ...] | None, set[str]] = {}
        self._teams: set[str] = set()

    async def post(  # noqa: PLR0913 - a card is what it is of, where it stands and until when; the latter are named
        self,
        kind: str,
        subject: str,
        team_id: str,
        to: Reference,
        *,
        until: datetime,
        plan_day: date | None = None,
    ) -> None:
        card, redraw = uuid5(NAMESPACE_URL, f"{kind}\n{subject}\n{team_id}").hex, uuid4().hex
        posted = await self._rows.run(
            _POST,
            id=card,
            kind=kind,
            subject=subject,
            team_id=team_id,
            **{name: getattr(to, name) for name in _TO},
            scope=to.scope.value,
            plan_day=plan_day,
            touched=1,
            redraw=redraw,
            made_at=self._now,
            due_at=self._now + LOST,
            until=until,
        )
        if posted.rowcount:
            self._rows.enqueue(_job(to.tenant, card, redraw))

    def touch(self, kind: str, subject: str) -> None:
        self.touch_each(kind, (subject,))

    def touch_each(self, kind: str, subjects: Collection[str]) -> None:
        if subjects:
            self._subjects.setdefault(kind, set()).update(subjects)

    def plans_changed(self, user_id: str, days: Iterable[date] | None = None) -> None:
        """What somebody shares of these days changed, or of any day."""
        self._people.setdefault(None if days is None else tuple(sorted(set(days))), set()).add(user_id)

    def touch_team(self, team_id: str) -> None:
        self._teams.add(team_id)

    async def settle(self) -> None:
        """Mark what was touched and ask for a redraw where none is under way."""
        touched = self._take()
        if not touched:
            return
        # In one order always: two units that touch the same cards wait for each other instead of deadlocking.
        these = select(_C.tenant, _C.id, _C.redraw, _C.attempts, _C.drawn_at).where(_C.tenant == TENANT, or_(*touched))
        found = (await self._rows.run(these.order_by(_C.id).with_for_update())).all()
        waiting = [row.id for row in found if row.redraw and not _is_look(row)]
        if waiting:
            await self._rows.change(living_card, _C.id.in_(waiting), touched=_C.touched + 1)
        for row in found:
            if row.id not in waiting:
                await self._ask(row)

    def _take(self) -> list[ColumnElement[bool]]:
        """What was touched since, in few conditions however many people it was: taking them apart holds the loop."""
        touched = [and_(_C.kind == kind, _C.subject.in_(sorted(these))) for kind, these in self._subjects.items()]
        for days, people in self._people.items():
            theirs = sharing.c.user_id.in_(sorted(people))
            shown = select(sharing.c.team_id).where(sharing.c.tenant == TENANT, theirs, _STILL)
            when = _C.plan_day.is_not(None) if days is None else _C.plan_day.in_(days)
            touched.append(and_(when, _C.team_id.in_(shown)))
        if self._teams:
            touched.append(and_(_C.plan_day.is_not(None), _C.team_id.in_(sorted(self._teams))))
        for each in (self._subjects, self._people, self._teams):
            each.clear()
        return touched

    async def _ask(self, row: Any) -> None:
        redraw, free_at = uuid4().hex, (row.drawn_at or self._now - BETWEEN) + BETWEEN
        asked = {"redraw": redraw, "due_at": self._now + LOST, "touched": _C.touched + 1}
        await self._rows.change(living_card, _C.id == row.id, **asked)
        wait = min(max(free_at - self._now, timedelta(0)), BETWEEN)
        self._rows.enqueue(_job(row.tenant, row.id, redraw, wait))


class LivingCardRows:
    """`KeptCards` in a database."""

    def __init__(self, engines: Engines, outbox: Outbox) -> None:
        self._engines, self._outbox = engines, outbox

    async def claim(self, tenant: str, card_id: str, redraw: str, owner: str, now: datetime) -> LivingCard | None:
        async with self._rows(tenant) as rows:
            asked = (_C.id == card_id, _C.redraw == redraw)
            if not await rows.change(living_card, *asked, owner=owner, attempts=_C.attempts + 1, due_at=now + LOST):
                return None
            row = (await rows.run(_GET, card=card_id)).mappings().one()
            await rows.commit()
        return _card(row)

    async def mark(self, card: LivingCard) -> bool:
        async with self._rows(card.tenant) as rows:
            mine = await rows.change(living_card, *_mine(card), shown=None)
            await rows.commit()
        return mine == 1

    async def ended(self, card: LivingCard, now: datetime, *, shown: str | None, activity: str | None) -> bool:
        # A unit that was under way when the card came did not know to touch it: the next tick looks once more.
        look = now if card.activity is None else now + LOOK_AGAIN
        drawn = {"drawn_at": now, "activity": activity, "attempts": 0}
        async with self._rows(card.tenant) as rows:
            true = (*_mine(card), _C.touched == card.touched)
            over = {"redraw": None, "due_at": min(look, card.until), "shown": shown}
            ended = await rows.change(living_card, *true, **drawn, **over)
            if not ended:
                # What was touched may have been so because of what stands there: no drawing counts as the same.
                ended = await self._again(rows, card, now, now + BETWEEN, shown=None, **drawn)
            await rows.commit()
        return ended == 1

    async def later(self, card: LivingCard, now: datetime, at: datetime, *, attempts: int) -> None:
        async with self._rows(card.tenant) as rows:
            await self._again(rows, card, now, at, attempts=attempts)
            await rows.commit()

    async def gone(self, card: LivingCard) -> None:
        async with self._rows(card.tenant) as rows:
            await rows.run(_GONE, card=card.id, mine=card.owner)
            await rows.commit()

    async def lost(self, card: LivingCard) -> None:
        async with self._rows(card.tenant) as rows:
            this = _C.id == card.id
            await rows.change(living_card, this, touched=_C.touched + 1, shown=None)
            await _ask_where_idle(rows, card.tenant, card.id, this, _C.redraw.is_(None))
            await rows.commit()

    async def due(self, now: datetime) -> int:
        async with self._engines.read.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
            found = (await connection.execute(_DUE, {"now": now})).all()
        asked = 0
        for row in found:
            these, look = (_C.id == row.id, _C.due_at <= now), row.redraw is None or _is_look(row)
            async with self._rows(row.tenant) as rows:
                asked += await _ask_where_idle(rows, row.tenant, row.id, *these, look=look, due_at=now + LOST)
                await rows.commit()
        return asked

    async def _again(self, rows: Rows, card: LivingCard, now: datetime, at: datetime, **values: Any) -> int:
        """Give a card that is still ours to its next redraw."""
        redraw, soon = uuid4().hex, at - now <= A_MINUTE
        mine = await rows.change(living_card, *_mine(card), redraw=redraw, due_at=now + LOST if soon else at, **values)
        if mine and soon:
            rows.enqueue(_job(card.tenant, card.id, redraw, at - now))
        return mine

    def _rows(self, tenant: str) -> Rows:
        return Rows(self._engines.write, tenant, self._outbox)


async def _ask_where_idle(
    rows: Rows, tenant: str, card: str, *fitting: ColumnElement[bool], look: bool = False, **values: Any
) -> int:
    redraw = f"{LOOK if look else ''}{uuid4().hex}"
    asked = await rows.change(living_card, *fitting, redraw=redraw, **values)
    if asked:
        rows.enqueue(replace(_job(tenant, card, redraw), patient=look))
    return asked


def _is_look(row: Any) -> bool:
    """Whether what was asked for is only a look, and nobody has begun it: whoever touches the card does not wait for it."""
    return row.attempts == 0 and str(row.redraw).startswith(LOOK)


def _mine(card: LivingCard) -> tuple[ColumnElement[bool], ...]:
    return _C.id == card.id, _C.owner == card.owner


def _job(tenant: str, card: str, redraw: str, delay: timedelta = timedelta(0)) -> Job:
    return Job(Work.REDRAW, f"redraw-{redraw}", (tenant, card, redraw), max(delay.total_seconds(), 0.0))


def _card(row: Any) -> LivingCard:
    to = Reference(tenant=row["tenant"], **{name: row[name] for name in _TO}, scope=Scope(row["scope"]))
    return LivingCard(**{name: row[name] for name in _FIELDS}, to=to, attempts=row["attempts"])
