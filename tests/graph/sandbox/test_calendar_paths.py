"""Graph's calendar paths, over HTTP."""

from datetime import timedelta
from typing import Any

import pytest

from tests.graph.sandbox.served import ANNEKE, JORIS, START, Served, block, when

NAME = "String {6e1c2f0a-5d0b-4c59-9c4e-7a1f0f6f5a3d} Name samen"
MARKED = {"singleValueExtendedProperties": [{"id": NAME, "value": "f1"}]}
EXPAND = {"$expand": f"singleValueExtendedProperties($filter=id eq '{NAME}')"}
HOURS = {"startDateTime": "2026-11-23T08:00:00Z", "endDateTime": "2026-11-23T12:00:00Z"}


async def test_an_event_is_made_as_asked_with_graphs_own_defaults(served: Served) -> None:
    body = block(showAs="busy", sensitivity="private", isReminderOn=False, categories=["Focus"], transactionId="t1")
    status, made = await served.ask("POST", "/events", body)
    assert status == 201
    assert made | {"id": ""} | body == made | {"id": ""} | {"start": body["start"], "end": body["end"]}
    _, read = await served.ask("GET", f"/events/{made['id']}")
    assert read == made
    assert (read["transactionId"], read["importance"], read["isAllDay"]) == ("t1", "normal", False)
    _, bare = await served.ask("POST", "/events", block())
    assert (bare["isReminderOn"], bare["showAs"], bare["sensitivity"]) == (True, "busy", "normal")


async def test_the_same_request_again_gives_the_same_event_as_it_is_now(served: Served) -> None:
    _, made = await served.ask("POST", "/events", block(transactionId="t1"))
    await served.does("edit", event=made["id"], subject="van mij")
    status, again = await served.ask("POST", "/events", block(transactionId="t1"))
    assert (status, again["id"], again["subject"]) == (201, made["id"], "van mij")
    status, told = await served.ask("POST", "/events", block(minutes=30, transactionId="t1"))
    assert (status, told["error"]["code"]) == (409, "ErrorDuplicateTransactionId")
    await served.does("delete", event=made["id"])
    _, anew = await served.ask("POST", "/events", block(transactionId="t1"))
    assert anew["id"] != made["id"]


async def test_the_extended_property_shows_only_when_asked_for(served: Served) -> None:
    _, made = await served.ask("POST", "/events", block(**MARKED))
    assert "singleValueExtendedProperties" not in made
    path = f"/events/{made['id']}"
    assert "singleValueExtendedProperties" not in (await served.ask("GET", path))[1]
    _, read = await served.ask("GET", path, query={**EXPAND, "$select": "subject"})
    assert read == {"@odata.etag": made["@odata.etag"], "id": made["id"], "subject": "bezwaarschrift", **MARKED}
    _, other = await served.ask("GET", path, query={"$expand": EXPAND["$expand"].replace("samen", "Samen")})
    assert "singleValueExtendedProperties" not in other


async def test_events_are_found_by_their_mark(served: Served) -> None:
    _, made = await served.ask("POST", "/events", block(**MARKED))
    await served.ask("POST", "/events", block())
    for value, found in (("f1", [made["id"]]), ("f2", [])):
        text = f"singleValueExtendedProperties/Any(ep: ep/id eq '{NAME}' and ep/value eq '{value}')"
        _, told = await served.ask("GET", "/events", query={"$filter": text})
        assert [one["id"] for one in told["value"]] == found
    assert (await served.ask("GET", "/events", query={"$filter": "subject eq 'x'"}))[0] == 400


async def test_a_view_shows_its_bounds_in_the_zone_asked_for(served: Served) -> None:
    for start in (-180, -90, 60, 180):
        await served.ask("POST", "/events", block(START + timedelta(minutes=start)))
    zone = {"Prefer": 'outlook.timezone="W. Europe Standard Time"'}
    _, told = await served.ask("GET", "/calendarView", query=HOURS, **zone)
    assert [one["start"]["dateTime"][11:16] for one in told["value"]] == ["08:30", "11:00"]
    _, utc = await served.ask("GET", "/calendarView", query=HOURS)
    assert [one["start"]["dateTime"][11:16] for one in utc["value"]] == ["07:30", "10:00"]


async def test_long_lists_come_in_pages_of_ten(served: Served) -> None:
    for minutes in range(25):
        await served.does("book", subject=f"{minutes}", start=_at(minutes), end=_at(minutes + 1))
    pages, link = [], None
    headers = {"Authorization": f"Bearer {await served.token()}"}
    _, told = await served.ask("GET", "/calendarView", query={**HOURS, "$select": "subject"})
    while True:
        pages.append([one["subject"] for one in told["value"]])
        link = told.get("@odata.nextLink")
        if link is None:
            break
        _, told = await served.own("GET", link.removeprefix(served.url), headers=headers)
    assert [len(page) for page in pages] == [10, 10, 5]
    assert [subject for page in pages for subject in page] == [f"{minutes}" for minutes in range(25)]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"startDateTime": "2026-11-23"},
        {"startDateTime": HOURS["endDateTime"], "endDateTime": HOURS["startDateTime"]},
        {**HOURS, "startDateTime": "vandaag"},
        {**HOURS, "endDateTime": "2036-11-23T08:00:00Z"},
        {**HOURS, "$select": "subject,mood"},
        {**HOURS, "$top": "1000"},
        {**HOURS, "$top": "0"},
        {**HOURS, "$filter": "subject eq 'x'"},
        {**HOURS, "$orderby": "subject"},
        {**HOURS, "$expand": "attachments"},
        {**HOURS, "$search": "x"},
    ],
)
async def test_what_is_no_view_is_refused(served: Served, query: Any) -> None:
    await served.ask("POST", "/events", block())
    assert (await served.ask("GET", "/calendarView", query=query))[0] == 400


@pytest.mark.parametrize(
    "body",
    [
        {"subject": "x"},
        block(minutes=-1),
        block(showAs="weg"),
        block(sensitivity="Private"),
        block(isReminderOn="no"),
        block(categories="Focus"),
        block() | {"subject": "x" * 256},
        block(mood="good"),
        block() | {"start": when(START, "Amsterdam")},
        block() | {"start": {"dateTime": "2026-11-23T09:00:00"}},
        block(isAllDay=True),
        block(singleValueExtendedProperties=[{"id": "samen", "value": "f1"}]),
    ],
)
async def test_what_is_no_event_is_refused(served: Served, body: Any) -> None:
    assert (await served.ask("POST", "/events", body))[0] == 400
    assert (await served.ask("GET", "/events"))[1]["value"] == []


async def test_a_change_leaves_the_rest_as_it_was(served: Served) -> None:
    _, made = await served.ask("POST", "/events", block(transactionId="t1", **MARKED))
    path, end = f"/events/{made['id']}", START + timedelta(hours=2)
    served.clock.passes(minutes=1)
    status, told = await served.ask("PATCH", path, {"end": when(end)})
    assert (status, told["end"]["dateTime"]) == (200, "2026-11-23T11:00:00.0000000")
    different = {name for name in made if made[name] != told[name]}
    assert different == {"@odata.etag", "changeKey", "lastModifiedDateTime", "end"}
    assert (await served.ask("GET", path, query=EXPAND))[1]["singleValueExtendedProperties"] == [
        {"id": NAME, "value": "f1"}
    ]
    assert (await served.ask("PATCH", path, {"transactionId": "t2"}))[0] == 400
    assert (await served.ask("PATCH", path, {"end": when(START - timedelta(hours=1))}))[0] == 400


async def test_a_deleted_event_is_gone(served: Served) -> None:
    _, made = await served.ask("POST", "/events", block())
    path = f"/events/{made['id']}"
    assert (await served.ask("DELETE", path))[0] == 204
    assert (await served.ask("DELETE", path))[0] == 404
    assert (await served.ask("GET", path))[0] == 404
    assert (await served.ask("PATCH", path, {"subject": "x"}))[0] == 404


async def test_nobody_reaches_into_another_persons_calendar(served: Served) -> None:
    _, made = await served.ask("POST", "/events", block())
    headers = {"Authorization": f"Bearer {await served.token(JORIS)}"}
    for method, path in (("GET", f"/events/{made['id']}"), ("DELETE", f"/events/{made['id']}"), ("GET", "/events")):
        url = f"/v1.0/users/{ANNEKE.user_id}{path}"
        assert (await served.own(method, url, headers=headers))[0] == 403
    own = f"/v1.0/users/{JORIS.user_id}/events/{made['id']}"
    assert (await served.own("GET", own, headers=headers))[0] == 404


async def test_a_block_makes_the_person_busy_in_a_meeting(served: Served) -> None:
    await served.ask("POST", "/events", block())
    assert await served.seen() == ("Busy", "InAMeeting")
    served.clock.passes(minutes=90)
    assert await served.seen() == ("Available", "Available")


def _at(minutes: int) -> str:
    return (START + timedelta(minutes=minutes)).isoformat()
