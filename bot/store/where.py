"""Plans and patterns, and with whom they are shared."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
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

from bot.domain.days import DayPart, Slot, Usual, Weeks
from bot.domain.places import Kind, Place, WorkLocation
from bot.domain.where.board import Plan
from bot.domain.where.intents import Change
from bot.domain.where.pattern import Follow, Pattern, effective, to_store
from bot.logs import get_logger
from bot.store.living import LivingRows, cards_of_person
from bot.store.rows import TEAM, TENANT, USER, Rows, upsert
from bot.store.tables import pattern, person, plan, sharing

Now = Callable[[], datetime]
Said = dict[str, dict[Slot, WorkLocation | None]]
Usually = dict[str, dict[Usual, WorkLocation]]

_FIRST: BindParameter[date] = bindparam("first")
_LAST: BindParameter[date] = bindparam("last")
_PLACE: BindParameter[str] = bindparam("place_id")
_WEEK = 7  # days
_ALL_WEEK = (0, _WEEK - 1)  # days of the week

log = get_logger(__name__)


def _lines(who: Callable[[ColumnElement[str]], ColumnElement[bool]]) -> CompoundSelect[Any]:
    """What some people said for these days, and what their patterns say: one statement for both."""
    said = select(plan.c.user_id, plan.c.day, cast(null(), Text), cast(null(), Integer), *_where_and_what(plan)).where(
        plan.c.tenant == TENANT, who(plan.c.user_id), plan.c.day.between(_FIRST, _LAST)
    )
    usually = select(
        pattern.c.user_id, cast(null(), Date), pattern.c.weeks, pattern.c.weekday, *_where_and_what(pattern)
    ).where(
        pattern.c.tenant == TENANT,
        who(pattern.c.user_id),
        pattern.c.weekday.between(bindparam("first_weekday"), bindparam("last_weekday")),
    )
    return union_all(said, usually)


def _where_and_what(table: Table) -> tuple[ColumnElement[Any], ...]:
    return (table.c.part, table.c.place, table.c.named, table.c.kind)


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
        *(cast(null(), Text) for _ in _where_and_what(plan)),
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
# Stands in a row that hides the pattern, and in one that is deleted in the same transaction.
_NOTHING = {"place": "", "named": None, "kind": None}

_PATTERN = select(pattern.c.weeks, pattern.c.weekday, *_where_and_what(pattern)).where(
    pattern.c.tenant == TENANT, pattern.c.user_id == USER
)
_SET_PATTERN = upsert(pattern)
_UNSET_PATTERN = delete(pattern).where(
    pattern.c.tenant == TENANT,
    pattern.c.user_id == USER,
    pattern.c.weeks == bindparam("weeks"),
    pattern.c.weekday == bindparam("weekday"),
    pattern.c.part == bindparam("part"),
)
_PATTERN_KEY = ("user_id", "weeks", "weekday", "part")

_TEAMS_OF = select(sharing.c.team_id).where(
    sharing.c.tenant == TENANT, sharing.c.user_id == USER, sharing.c.gone_since.is_(None)
)
# Also for somebody whose choice was about to lapse: they are back.
_SHARE = upsert(sharing)
_UNSHARE = delete(sharing).where(sharing.c.tenant == TENANT, sharing.c.team_id == TEAM, sharing.c.user_id == USER)


class PlanRows:
    """`Plans` in a database."""

    def __init__(self, rows: Rows, now: Now, cards: LivingRows, patterns: "PatternRows") -> None:
        self._rows, self._now, self._cards, self._patterns = rows, now, cards, patterns
        self._read: tuple[str, date, date, Pattern] | None = None
        self._untouched: str | None = None  # whose plan changes no living card

    async def of(self, user_id: str, first: date, last: date) -> Plan:
        span = _span(first, last)
        rows = (await self._rows.run(_OF, user_id=user_id, **span)).all()
        said, usually = _read(rows)
        self._untouched = None if any(row[0] is None for row in rows) else user_id
        self._read = user_id, first, last, usually.get(user_id, {})
        if (span["first_weekday"], span["last_weekday"]) == _ALL_WEEK:
            self._patterns.just_read(user_id, usually.get(user_id, {}))
        return _together(said, usually, first, last).get(user_id, {})

    async def of_each(self, user_ids: Collection[str], first: date, last: date) -> Mapping[str, Plan]:
        rows = (await self._rows.run(_OF_EACH, users=sorted(user_ids), **_span(first, last))).all()
        return _plans(rows, first, last)

    async def put(self, user_id: str, changes: Sequence[Change], *, zone: str, follow: bool = False) -> None:
        if not changes:
            return
        usually = await self._usually(user_id, [change.slot.day for change in changes])
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
                    **(_columns(kept) if isinstance(kept, WorkLocation) else _NOTHING),
                }
                for change, kept in run
            ]
            # Deleting a row that another press is just inserting would find nothing: such rows are written first.
            await self._rows.run_each(_SET, rows)
            if follows:
                await self._rows.run_each(_UNSET, [{name: row[name] for name in _KEY} for row in rows])

    async def _usually(self, user_id: str, days: Collection[date]) -> Pattern:
        """What the person's pattern says of these days; not asked again where this unit has just read it with their plan."""
        if self._read:
            of, first, last, usually = self._read
            if of == user_id and first <= min(days) and max(days) <= last:
                return usually
        return await self._patterns.of(user_id)

    async def shared_with(self, team_id: str, day: date) -> Mapping[str, Plan]:
        return await self.shared_between(team_id, day, day)

    async def shared_between(self, team_id: str, first: date, last: date) -> Mapping[str, Plan]:
        # Row by row, each would go through three layers of the driver's adapter by itself.
        rows = (await self._rows.run(_SHARED, team_id=team_id, now=self._now(), **_span(first, last))).all()
        return {user: plan for user, plan in _plans(rows, first, last).items() if plan}

    async def planned_at(self, place_id: str, first: date, last: date) -> Mapping[str, frozenset[Slot]]:
        rows = (await self._rows.run(_PLANNED, place_id=place_id, now=self._now(), **_span(first, last))).all()
        plans = _plans(rows, first, last).items()
        there = {user: frozenset(slot for slot, at in plan.items() if at.named == place_id) for user, plan in plans}
        return {user: slots for user, slots in there.items() if slots}


class PatternRows:
    """`Patterns` in a database."""

    def __init__(self, rows: Rows, cards: LivingRows) -> None:
        self._rows, self._cards = rows, cards
        self._read: dict[str, Pattern] = {}

    async def of(self, user_id: str) -> Pattern:
        if user_id in self._read:
            return self._read[user_id]
        return _pattern((await self._rows.run(_PATTERN, user_id=user_id)).all())

    def just_read(self, user_id: str, whole: Pattern) -> None:
        """This unit has just read all of somebody's pattern with their plan: it need not be asked again."""
        self._read[user_id] = whole

    async def put(self, user_id: str, lines: Mapping[Usual, WorkLocation | None]) -> None:
        self._read.pop(user_id, None)
        if lines:
            self._cards.plans_changed(user_id)
        # In one order always, and written before they are deleted, as plans are.
        in_order = sorted(lines.items(), key=lambda line: line[0].sort_key())
        for gone, run in groupby(in_order, key=lambda line: line[1] is None):
            rows = [
                {
                    "user_id": user_id,
                    "weeks": key.weeks.value,
                    "weekday": key.weekday,
                    "part": key.part.value,
                    **(_columns(location) if location else _NOTHING),
                }
                for key, location in run
            ]
            await self._rows.run_each(_SET_PATTERN, rows)
            if gone:
                await self._rows.run_each(_UNSET_PATTERN, [{name: row[name] for name in _PATTERN_KEY} for row in rows])


class SharingRows:
    """`Sharing` in a database."""

    def __init__(self, rows: Rows, cards: LivingRows) -> None:
        self._rows, self._cards = rows, cards

    async def teams_of(self, user_id: str) -> frozenset[str]:
        return frozenset((await self._rows.run(_TEAMS_OF, user_id=user_id)).scalars())

    async def set(self, user_id: str, team_id: str, on: bool) -> None:
        back = {"gone_since": None} if on else {}
        await self._rows.run(_SHARE if on else _UNSHARE, user_id=user_id, team_id=team_id, **back)
        if on:  # that somebody shows no more must not be seen at that second: decision 20
            self._cards.touch_team(team_id)


def _span(first: date, last: date) -> dict[str, Any]:
    """The days that are asked for, and the days of the week that these may be."""
    days = (last - first).days + 1
    whole = days >= _WEEK or first.weekday() > last.weekday()
    weekdays = _ALL_WEEK if whole else (first.weekday(), last.weekday())
    return {"first": first, "last": last, "first_weekday": weekdays[0], "last_weekday": weekdays[1]}


def _plans(rows: Iterable[Any], first: date, last: date) -> dict[str, Plan]:
    """Everybody's plan of these days, patterns and exceptions put together."""
    return _together(*_read(rows), first, last)


def _read(rows: Iterable[Any]) -> tuple[Said, Usually]:
    """What everybody said of some days, and what their patterns say.

    A place that only a newer version knows counts as no place: one row must not keep everybody from reading theirs.
    """
    said: Said = {}
    usually: Usually = {}
    unknown = 0
    for user_id, day, weeks, weekday, part, *columns in rows:
        try:
            location = _location(*columns)
        except ValueError:
            location, unknown = None, unknown + 1
        if day is not None:
            said.setdefault(user_id, {})[_slot(day, part)] = location
        elif location:
            usually.setdefault(user_id, {})[Usual(Weeks(weeks), weekday, DayPart(part))] = location
    _tell(unknown)
    return said, usually


def _tell(unknown: int) -> None:
    if unknown:
        log.warning("place_unknown", rows=unknown)


def _together(said: Said, usually: Usually, first: date, last: date) -> dict[str, Plan]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    without = {
        user: {slot: at for slot, at in mine.items() if at} for user, mine in said.items() if user not in usually
    }
    return without | {user: effective(pattern, said.get(user, {}), days) for user, pattern in usually.items()}


def _pattern(rows: Iterable[Any]) -> Pattern:
    return next(iter(_read([("", None, *row) for row in rows])[1].values()), {})


# Few of these differ, and a board reads sixty.
@lru_cache(maxsize=1000)
def _slot(day: date, part: str) -> Slot:
    return Slot(day, DayPart(part))


@lru_cache(maxsize=1000)
def _location(place: str, named: str | None, kind: str | None) -> WorkLocation | None:
    return WorkLocation(Place(place), named, Kind(kind) if kind else None) if place else None


def _columns(location: WorkLocation) -> dict[str, Any]:
    return {
        "place": location.place.value,
        "named": location.named,
        "kind": location.kind.value if location.kind else None,
    }
