"""One's own calendar through the real SDK: what is asked of Graph, to the letter, and what is made of its answers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from graph.account import Account
from graph.errors import BusyError, RefusedError, UnreachableError
from graph.marks import MARK, SUBJECT, TIMES, sealed, times
from graph.types import Draft, Event
from tests.graph.conftest import USER
from tests.graph.stage import Next, Stage

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=1)))
HALF_PAST = NINE + timedelta(hours=2, minutes=30)
UNTIL = {"dateTime": "2026-11-23T10:30:00", "timeZone": "UTC"}
ODD_ID = "AAMkADk/x+Y0=="
ROW: dict[str, Any] = {
    "@odata.etag": 'W/"1"',
    "id": ODD_ID,
    "subject": "bezwaarschrift",
    "start": {"dateTime": "2026-11-23T08:00:00.0000000", "timeZone": "UTC"},
    "end": {"dateTime": "2026-11-23T10:30:00.0000000", "timeZone": "UTC"},
    "showAs": "busy",
    "sensitivity": "private",
    "isReminderOn": False,
    "categories": ["Focus"],
    "attendees": [],
    "isAllDay": False,
    "isCancelled": False,
    "transactionId": "t-1",
    "lastModifiedDateTime": "2026-11-22T15:00:00.1234567Z",
    "singleValueExtendedProperties": [{"id": MARK, "value": "s-1"}],
}
EVENT = Event(
    id=ODD_ID,
    subject="bezwaarschrift",
    start=NINE.astimezone(UTC),
    end=HALF_PAST.astimezone(UTC),
    show_as="busy",
    sensitivity="private",
    reminder=False,
    categories=("Focus",),
    attendees=0,
    is_all_day=False,
    is_cancelled=False,
    transaction_id="t-1",
    mark="s-1",
    changed_at=datetime(2026, 11, 22, 15, 0, 0, 123456, tzinfo=UTC),
)
MISSING = Next({"error": {"code": "ErrorItemNotFound", "message": "gone"}}, 404)
DRAFT = Draft("bezwaarschrift", NINE, HALF_PAST, "Focus")


async def test_a_view_asks_for_what_it_needs(account: Account, stage: Stage) -> None:
    stage.answers(Next({"value": [ROW, {**ROW, "id": "2", "singleValueExtendedProperties": []}]}))
    assert await account.calendar.view(NINE, HALF_PAST) == [EVENT, replace(EVENT, id="2", mark=None)]
    (asked,) = stage.asked
    assert (asked.method, asked.path) == ("GET", f"/users/{USER}/calendarView")
    assert asked.query["startDateTime"] == "2026-11-23T08:00:00Z"
    assert asked.query["endDateTime"] == "2026-11-23T10:30:00Z"
    assert (
        asked.query["$expand"]
        == f"singleValueExtendedProperties($filter=id eq '{MARK}' or id eq '{SUBJECT}' or id eq '{TIMES}')"
    )
    assert asked.query["$orderby"] == "start/dateTime"
    assert "bodyPreview" not in asked.query["$select"].split(",")
    assert asked.headers["Prefer"] == 'outlook.timezone="UTC"'


async def test_a_view_of_several_pages(account: Account, stage: Stage) -> None:
    link = f"{stage.url}/users/{USER}/calendarView?startDateTime=2026-11-23&endDateTime=2026-11-24&$skip=1"
    stage.answers(Next({"value": [ROW], "@odata.nextLink": link}), Next({"value": [{**ROW, "id": "2"}]}))
    assert [event.id for event in await account.calendar.view(NINE, HALF_PAST)] == [ODD_ID, "2"]
    assert stage.asked[1].query["$skip"] == "1"
    assert stage.asked[1].headers["Prefer"] == 'outlook.timezone="UTC"'


@pytest.mark.parametrize(
    "elsewhere", ["http://127.0.0.1:9/v1.0/x", "{stage}.evil/x", "https://graph.microsoft.com/v1.0/x"]
)
async def test_a_token_follows_no_link_elsewhere(account: Account, stage: Stage, elsewhere: str) -> None:
    stage.answers(Next({"value": [], "@odata.nextLink": elsewhere.format(stage=stage.url)}))
    with pytest.raises(RefusedError):
        await account.calendar.view(NINE, HALF_PAST)
    assert len(stage.asked) == 1


async def test_a_list_that_never_ends_is_given_up(account: Account, stage: Stage) -> None:
    link = f"{stage.url}/users/{USER}/calendarView?startDateTime=2026-11-23&endDateTime=2026-11-24"
    stage.answers(*[Next({"value": [], "@odata.nextLink": link})] * 30)
    with pytest.raises(UnreachableError):
        await account.calendar.view(NINE, HALF_PAST)


async def test_finding_by_mark(account: Account, stage: Stage) -> None:
    stage.answers(Next({"value": [ROW]}))
    assert await account.calendar.marked("s'1") == [EVENT]
    (asked,) = stage.asked
    assert asked.path == f"/users/{USER}/events"
    assert asked.query["$filter"] == (
        f"singleValueExtendedProperties/Any(ep: ep/id eq '{MARK}' and ep/value eq 's''1')"
    )
    assert asked.query["$expand"]


async def test_getting_one(account: Account, stage: Stage) -> None:
    stage.answers(Next({**ROW, "attendees": [{}, {}]}))
    assert await account.calendar.get(ODD_ID) == replace(EVENT, attendees=2)
    (asked,) = stage.asked
    assert "bodyPreview" not in asked.query["$select"].split(",")
    assert asked.path == f"/users/{USER}/events/AAMkADk%2Fx+Y0==".replace("+", "%2B").replace("=", "%3D")


async def test_one_that_is_gone(account: Account, stage: Stage) -> None:
    stage.answers(MISSING, MISSING, MISSING)
    assert await account.calendar.get("e-1") is None
    assert await account.calendar.move_end("e-1", NINE, HALF_PAST) is None
    await account.calendar.delete("e-1")


async def test_creating(account: Account, stage: Stage) -> None:
    stage.answers(Next({k: v for k, v in ROW.items() if k != "singleValueExtendedProperties"}, 201))
    assert await account.calendar.create(DRAFT, "t-1", "s-1") == EVENT
    (asked,) = stage.asked
    assert (asked.method, asked.path) == ("POST", f"/users/{USER}/events")
    assert asked.body == {
        "@odata.type": "#microsoft.graph.event",
        "subject": "bezwaarschrift",
        "start": {"dateTime": "2026-11-23T08:00:00", "timeZone": "UTC"},
        "end": UNTIL,
        "showAs": "busy",
        "sensitivity": "private",
        "isReminderOn": False,
        "categories": ["Focus"],
        "transactionId": "t-1",
        "singleValueExtendedProperties": [
            {"id": MARK, "value": "s-1"},
            {"id": SUBJECT, "value": sealed("bezwaarschrift")},
            {"id": TIMES, "value": times(NINE, HALF_PAST)},
        ],
    }


async def test_moving_its_end_touches_nothing_else(account: Account, stage: Stage) -> None:
    stage.answers(Next(ROW))
    assert await account.calendar.move_end("e-1", NINE, HALF_PAST) == EVENT
    (asked,) = stage.asked
    assert (asked.method, asked.path) == ("PATCH", f"/users/{USER}/events/e-1")
    assert asked.body == {
        "@odata.type": "#microsoft.graph.event",
        "end": UNTIL,
        "singleValueExtendedProperties": [{"id": TIMES, "value": times(NINE, HALF_PAST)}],
    }


async def test_deleting(account: Account, stage: Stage) -> None:
    await account.calendar.delete("e-1")
    (asked,) = stage.asked
    assert (asked.method, asked.path) == ("DELETE", f"/users/{USER}/events/e-1")


async def test_only_gone_is_fine(account: Account, stage: Stage) -> None:
    busy = Next({"error": {"code": "TooManyRequests", "message": "slow down"}}, 429)
    stage.answers(busy, busy, busy)
    for call in (account.calendar.delete("e"), account.calendar.get("e"), account.calendar.move_end("e", NINE, NINE)):
        with pytest.raises(BusyError):
            await call


@pytest.mark.parametrize(
    "junk",
    [b"[]", b"{}", b'{"value": 3}', b'{"value": [3]}', b'{"value": [{"id": "e"}]}', b'{"value": null}', b"x", b""],
)
async def test_junk_is_no_calendar(account: Account, stage: Stage, junk: bytes) -> None:
    stage.answers(Next(raw=junk))
    with pytest.raises(UnreachableError):
        await account.calendar.view(NINE, HALF_PAST)


async def test_the_mark_is_found_whatever_case_its_guid_comes_back_in(account: Account, stage: Stage) -> None:
    stage.answers(Next({**ROW, "singleValueExtendedProperties": [{"id": MARK.upper(), "value": "s-1"}]}))
    found = await account.calendar.get("e-1")
    assert found is not None
    assert found.mark == "s-1"


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ({"isAllDay": True}, {"is_all_day": True}),
        ({"isCancelled": True}, {"is_cancelled": True}),
        ({"isReminderOn": True}, {"reminder": True}),
        (
            {"showAs": None, "sensitivity": None, "subject": None},
            {"show_as": "unknown", "sensitivity": "normal", "subject": ""},
        ),
        ({"categories": [], "transactionId": None}, {"categories": (), "transaction_id": None}),
        ({"lastModifiedDateTime": None}, {"changed_at": None}),
    ],
)
async def test_what_is_told_of_an_event(account: Account, stage: Stage, told: Any, read: Any) -> None:
    stage.answers(Next({**ROW, **told}))
    assert await account.calendar.get("e-1") == replace(EVENT, **read)
