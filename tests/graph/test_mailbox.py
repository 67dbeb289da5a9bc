"""One's own working hours and zone, as Outlook tells them."""

from datetime import time
from typing import Any

import pytest

from graph.account import Account
from graph.errors import UnreachableError
from graph.types import Mailbox, WorkingHours
from tests.graph.conftest import USER
from tests.graph.stage import Next, Stage

HOURS: dict[str, Any] = {
    "daysOfWeek": ["monday", "tuesday", "friday"],
    "startTime": "08:30:00.0000000",
    "endTime": "17:00:00.0000000",
    "timeZone": {"name": "W. Europe Standard Time"},
}
DAYS = frozenset({0, 1, 4})


async def test_when_somebody_works(account: Account, stage: Stage) -> None:
    stage.answers(Next({"timeZone": "Romance Standard Time", "workingHours": HOURS}))
    hours = WorkingHours(DAYS, time(8, 30), time(17), "Europe/Berlin")
    assert await account.mailbox.read() == Mailbox("Europe/Paris", hours)
    (asked,) = stage.asked
    assert (asked.method, asked.path) == ("GET", f"/users/{USER}/mailboxSettings")
    assert asked.query["$select"] == "timeZone,workingHours"


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ({"timeZone": None, "workingHours": None}, Mailbox(None, None)),
        (
            {"timeZone": "Europe/Amsterdam", "workingHours": {**HOURS, "startTime": None}},
            Mailbox("Europe/Amsterdam", None),
        ),
        (
            {
                "timeZone": "tzone://Microsoft/Custom",
                "workingHours": {**HOURS, "timeZone": {"name": "Customized Time Zone"}},
            },
            Mailbox(None, WorkingHours(DAYS, time(8, 30), time(17), None)),
        ),
    ],
)
async def test_what_outlook_does_not_say_is_none(account: Account, stage: Stage, told: Any, read: Mailbox) -> None:
    stage.answers(Next(told))
    assert await account.mailbox.read() == read


async def test_junk_is_no_mailbox(account: Account, stage: Stage) -> None:
    stage.answers(Next(raw=b"[]"))
    with pytest.raises(UnreachableError):
        await account.mailbox.read()
