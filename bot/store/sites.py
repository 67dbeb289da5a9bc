"""Closed sites, who keeps them, who had planned there, and the numbers that were published."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, false, insert, or_, select

from bot.domain.counts import Numbers
from bot.domain.days import DayPart, Slot
from bot.domain.sites import CLOSED, Closure
from bot.store.rows import TENANT, Rows, insert_once, upsert
from bot.store.tables import closure, delivery, headcount, headcount_run, move, person, site_keeper

# How many have moved away stands beside how many are expected: by batch instead of by site.
_MOVED = "moved:"

_BATCH = bindparam("batch", type_=closure.c.batch.type)
_PLACE = bindparam("place_id", type_=closure.c.place_id.type)
_DAY = bindparam("day", type_=closure.c.day.type)

_KEEPERS = select(site_keeper.c.place_id, site_keeper.c.user_id).where(site_keeper.c.tenant == TENANT)
_KEEP = upsert(site_keeper)
_UNKEEP = delete(site_keeper).where(site_keeper.c.tenant == TENANT, site_keeper.c.place_id == _PLACE)

_CLOSED = select(closure.c.place_id, closure.c.day, closure.c.part, closure.c.batch).where(closure.c.tenant == TENANT)
_BETWEEN = _CLOSED.where(closure.c.day.between(bindparam("first"), bindparam("last")))
_OF_BATCH = _CLOSED.where(closure.c.batch == _BATCH)
_CLOSE = insert_once(closure)
_REOPEN = delete(closure).where(
    closure.c.tenant == TENANT,
    closure.c.place_id == _PLACE,
    closure.c.day == _DAY,
    closure.c.part == bindparam("part"),
)

_REMEMBER = insert_once(move)
_OF_MARKS = (move.c.tenant == TENANT, move.c.batch.in_(bindparam("marks", expanding=True)))
_AFFECTED_BY = select(move.c.user_id, move.c.batch).where(*_OF_MARKS)
_WAITING = select(delivery.c.user_id).where(
    delivery.c.tenant == TENANT,
    delivery.c.kind == CLOSED,
    delivery.c.subject == _BATCH,
    delivery.c.user_id.is_not(None),
)
_TOLD = _AFFECTED_BY.where(move.c.user_id.not_in(_WAITING))
_UNREMEMBER = delete(move).where(*_OF_MARKS)
_AFFECTED = _AFFECTED_BY.join(person, (person.c.tenant == move.c.tenant) & (person.c.user_id == move.c.user_id)).where(
    person.c.tenant == TENANT,
    person.c.stopped == false(),
    or_(person.c.paused_until.is_(None), person.c.paused_until <= bindparam("now", type_=person.c.paused_until.type)),
)

_START = insert_once(headcount_run)
_PUBLISH = insert(headcount)
_RUNS = select(headcount_run.c.day).where(headcount_run.c.tenant == TENANT, headcount_run.c.day >= _DAY)
_NUMBERS = select(headcount.c.day, headcount.c.place_id, headcount.c.people).where(
    headcount.c.tenant == TENANT, headcount.c.day >= _DAY
)


class SiteRows:
    """`Sites` in a database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def keepers(self) -> Mapping[str, str]:
        return {row.place_id: row.user_id for row in await self._rows.run(_KEEPERS)}

    async def set_keeper(self, place_id: str, user_id: str | None) -> None:
        if user_id is None:
            await self._rows.run(_UNKEEP, place_id=place_id)
        else:
            await self._rows.run(_KEEP, place_id=place_id, user_id=user_id)

    async def closures(self, first: date, last: date) -> tuple[Closure, ...]:
        return _closures(await self._rows.run(_BETWEEN, first=first, last=last))

    async def batch(self, batch: str) -> tuple[Closure, ...]:
        return _closures(await self._rows.run(_OF_BATCH, batch=batch))

    async def close(self, closures: Sequence[Closure]) -> None:
        rows = [{**_row(one.place_id, one.slot), "batch": one.batch} for one in closures]
        await self._rows.run_each(_CLOSE, rows)

    async def reopen(self, place_id: str, slots: Collection[Slot]) -> None:
        await self._rows.run_each(_REOPEN, [_row(place_id, slot) for slot in slots])

    async def remember(self, batch: str, planned: Mapping[str, Collection[Slot]]) -> None:
        rows = [
            {"batch": _mark(batch, slot), "user_id": user_id, "until": slot.day}
            for user_id, slots in sorted(planned.items())
            for slot in sorted(slots, key=Slot.sort_key)
        ]
        await self._rows.run_each(_REMEMBER, rows)

    async def told(self, closures: Collection[Closure]) -> Mapping[str, frozenset[Slot]]:
        found: dict[str, frozenset[Slot]] = {}
        for batch in sorted({one.batch for one in closures}):
            marks = _marks(one for one in closures if one.batch == batch)
            rows = await self._rows.run(_TOLD, marks=list(marks), batch=batch)
            _gather(found, rows, marks)
        return found

    async def unremember(self, closures: Collection[Closure]) -> None:
        if closures:
            await self._rows.run(_UNREMEMBER, marks=list(_marks(closures)))

    async def affected(self, closures: Collection[Closure], now: datetime) -> Mapping[str, frozenset[Slot]]:
        found: dict[str, frozenset[Slot]] = {}
        marks = _marks(closures)
        if marks:
            _gather(found, await self._rows.run(_AFFECTED, marks=list(marks), now=now), marks)
        return found

    async def start_count(self, day: date) -> bool:
        return (await self._rows.run(_START, day=day)).rowcount == 1

    async def publish(self, day: date, numbers: Numbers) -> None:
        moved = {_MOVED + batch: people for batch, people in numbers.moved.items()}
        rows = [
            {"place_id": place_id, "day": day, "people": people}
            for place_id, people in {**numbers.expected, **moved}.items()
        ]
        await self._rows.run_each(_PUBLISH, rows)

    async def numbers(self, first: date) -> Mapping[date, Numbers]:
        expected: dict[date, dict[str, int]] = {row.day: {} for row in await self._rows.run(_RUNS, day=first)}
        moved: dict[date, dict[str, int]] = {day: {} for day in expected}
        for row in await self._rows.run(_NUMBERS, day=first):
            numbers = moved if row.place_id.startswith(_MOVED) else expected
            numbers[row.day][row.place_id.removeprefix(_MOVED)] = row.people
        return {day: Numbers(expected[day], moved[day]) for day in sorted(expected)}


def _closures(rows: Iterable[Row[Any]]) -> tuple[Closure, ...]:
    found = [Closure(row.place_id, Slot(row.day, DayPart(row.part)), row.batch) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.slot.sort_key(), one.place_id)))


def _row(place_id: str, slot: Slot) -> dict[str, Any]:
    return {"place_id": place_id, "day": slot.day, "part": slot.part.value}


def _mark(batch: str, slot: Slot) -> str:
    """What a row of `move` is about: one day-part of what one command closed."""
    return f"{batch}.{slot.day.isoformat()}.{slot.part.value}"


def _marks(closures: Iterable[Closure]) -> dict[str, Slot]:
    return {_mark(closure.batch, closure.slot): closure.slot for closure in closures}


def _gather(found: dict[str, frozenset[Slot]], rows: Iterable[Row[Any]], marks: Mapping[str, Slot]) -> None:
    for row in rows:
        found[row.user_id] = found.get(row.user_id, frozenset()) | {marks[row.batch]}
