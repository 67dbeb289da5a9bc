"""What everybody said of their days, with what their patterns say."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    null,
    or_,
    select,
    union,
    union_all,
)

from bot.domain.days import Slot
from bot.domain.places import WorkLocation
from bot.domain.where.board import Plan
from bot.domain.where.intents import Change
from bot.domain.where.pattern import Follow, to_store
from bot.store.living import LivingRows, cards_of_person
from bot.store.rows import TEAM, TENANT, USER, Rows, upsert
from bot.store.tables import pattern, person, plan, sharing
from bot.store.where.lines import NOTHING, columns_of, plans_of, put_together, read_lines, where_and_what
from bot.store.where.patterns import PatternRows

Now = Callable[[], datetime]

_FIRST: BindParameter[date] = bindparam("first")
_LAST: BindParameter[date] = bindparam("last")
_PLACE: BindParameter[str] = bindparam("place_id")
_WEEK = 7  # days
_ALL_WEEK = (0, _WEEK - 1)  # days of the week


def _lines(who: Callable[[ColumnElement[str]], ColumnElement[bool]]) -> CompoundSelect[Any]:
    """What some people said for these days, and what their patterns say: one statement for both."""
    said = select(plan.c.user_id, plan.c.day, cast(null(), Text), cast(null(), Integer), *where_and_what(plan)).where(
        plan.c.tenant == TENANT, who(plan.c.user_id), plan.c.day.between(_FIRST, _LAST)
    )
    usually = select(
        pattern.c.user_id, cast(null(), Date), pattern.c.weeks, pattern.c.weekday, *where_and_what(pattern)
    ).where(
        pattern.c.tenant == TENANT,
        who(pattern.c.user_id),
        pattern.c.weekday.between(bindparam("first_weekday"), bindparam("last_weekday")),
    )
    return union_all(said, usually)


def _awake(table: Table, *which: ColumnElement[bool]) -> Select[Any]:
    """The user ids in a table's rows, of people who neither pause nor stopped."""
    awake = or_(person.c.paused_until.is_(None), person.c.paused_until <= bindparam("now"))
    return (
        select(table.c.user_id)
        .outerjoin_from(table, person, (person.c.tenant == table.c.tenant) & (person.c.user_id == table.c.user_id))
        .where(table.c.tenant == TENANT, *which, or_(person.c.user_id.is_(None), and_(~person.c.stopped, awake)))
    )


# With a row more, of nobody, for each living card that the plan may change: whoever writes it next knows for nothing.
_OF: CompoundSelect[Any] = union_all(
    *_lines(lambda user: user == USER).selects,
    cards_of_person(
        *(cast(null(), kind) for kind in (Text, Date, Text, Integer)),
        *(cast(null(), Text) for _ in where_and_what(plan)),
    ),
)
_OF_EACH = _lines(lambda user: user.in_(bindparam("users", expanding=True)))
# Not a join: SQLite would start from all of the plans of the tenant (14 ms instead of 3 with 90,000 of them).
_WHO_SHARES = _awake(sharing, sharing.c.team_id == TEAM, sharing.c.gone_since.is_(None))
_SHARED = _lines(lambda user: user.in_(_WHO_SHARES))
# Reads all of the tenant's plans: asked when a site closes and once a day, never in somebody's turn.
_WHO_PLANNED = union(
    _awake(plan, plan.c.named == _PLACE, plan.c.day.between(_FIRST, _LAST)),
    _awake(pattern, pattern.c.named == _PLACE),
)
_PLANNED = _lines(lambda user: user.in_(_WHO_PLANNED))

_SET = upsert(plan)
_UNSET = delete(plan).where(
    plan.c.tenant == TENANT,
    plan.c.user_id == USER,
    plan.c.day == bindparam("day"),
    plan.c.part == bindparam("part"),
)
_KEY = ("user_id", "day", "part")


class PlanRows:
    """`Plans` in a database."""

    def __init__(self, rows: Rows, now: Now, cards: LivingRows, patterns: PatternRows) -> None:
        self._rows, self._now, self._cards, self._patterns = rows, now, cards, patterns
        self._untouched: str | None = None  # whose plan changes no living card

    async def of(self, user_id: str, first: date, last: date) -> Plan:
        span = _span(first, last)
        rows = (await self._rows.run(_OF, user_id=user_id, **span)).all()
        said, usually = read_lines(rows)
        self._untouched = None if any(row[0] is None for row in rows) else user_id
        whole = (span["first_weekday"], span["last_weekday"]) == _ALL_WEEK
        self._patterns.just_read(user_id, usually.get(user_id, {}), None if whole else (first, last))
        return put_together(said, usually, first, last).get(user_id, {})

    async def of_each(self, user_ids: Collection[str], first: date, last: date) -> Mapping[str, Plan]:
        rows = (await self._rows.run(_OF_EACH, users=sorted(user_ids), **_span(first, last))).all()
        return plans_of(rows, first, last)

    async def put(self, user_id: str, changes: Sequence[Change], *, zone: str, follow: bool = False) -> None:
        if not changes:
            return
        usually = await self._patterns.of_days(user_id, [change.slot.day for change in changes])
        if self._untouched != user_id:
            self._cards.plans_changed(user_id, {change.slot.day for change in changes})
        # Rows are always locked in order of time: two presses at once then wait for each other instead of deadlocking.
        in_order = sorted(changes, key=lambda change: change.slot.sort_key())
        stored = [(change, to_store(change, usually, follow=follow)) for change in in_order]
        for follows, run in groupby(stored, key=lambda one: one[1] is Follow.PATTERN):
            rows = [
                {
                    "user_id": user_id,
                    "day": change.slot.day,
                    "part": change.slot.part.value,
                    "zone": zone,
                    **(columns_of(kept) if isinstance(kept, WorkLocation) else NOTHING),
                }
                for change, kept in run
            ]
            # Deleting a row that another press is just inserting would find nothing: such rows are written first.
            await self._rows.run_each(_SET, rows)
            if follows:
                await self._rows.run_each(_UNSET, [{name: row[name] for name in _KEY} for row in rows])

    async def shared_with(self, team_id: str, day: date) -> Mapping[str, Plan]:
        return await self.shared_between(team_id, day, day)

    async def shared_between(self, team_id: str, first: date, last: date) -> Mapping[str, Plan]:
        # Row by row, each would go through three layers of the driver's adapter by itself.
        rows = (await self._rows.run(_SHARED, team_id=team_id, now=self._now(), **_span(first, last))).all()
        return {user: plan for user, plan in plans_of(rows, first, last).items() if plan}

    async def planned_at(self, place_id: str, first: date, last: date) -> Mapping[str, frozenset[Slot]]:
        rows = (await self._rows.run(_PLANNED, place_id=place_id, now=self._now(), **_span(first, last))).all()
        plans = plans_of(rows, first, last).items()
        there = {user: frozenset(slot for slot, at in plan.items() if at.named == place_id) for user, plan in plans}
        return {user: slots for user, slots in there.items() if slots}


def _span(first: date, last: date) -> dict[str, Any]:
    """The days that are asked for, and the days of the week that these may be."""
    days = (last - first).days + 1
    whole = days >= _WEEK or first.weekday() > last.weekday()
    weekdays = _ALL_WEEK if whole else (first.weekday(), last.weekday())
    return {"first": first, "last": last, "first_weekday": weekdays[0], "last_weekday": weekdays[1]}
