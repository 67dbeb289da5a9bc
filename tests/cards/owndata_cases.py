"""The views of somebody's own data, pausing and stopping, for golden cards and pictures."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from cards.drawing import View
from cards.owndata import (
    DataSection,
    FileOfferView,
    FileView,
    FocusLeft,
    ForgetView,
    JsonPartView,
    KeptLine,
    MyDataView,
    PauseView,
    PrivacyView,
    StopView,
)
from tests.cards.focus_cases import at
from tests.cards.invented import TODAY

PAUSES = (
    ("week", TODAY + timedelta(days=7)),
    ("weeks", TODAY + timedelta(days=14)),
    ("month", TODAY + timedelta(days=30)),
)

SETTINGS = KeptLine(
    "your settings",
    "answer you in your language and time zone, and reach you in your own chat",
    "only you",
    "until you have it deleted, or 30 days after you leave",
    1,
)
PLANNED = KeptLine(
    "your plan",
    "plan where you work, and show it where you share",
    "you, and members of the teams you share with",
    "until 03:00 after the day",
    6,
)
LISTED = KeptLine(
    "member lists of your teams",
    "know who is in a team: the member list that Teams shows every member",
    "members of the team",
    "1 day",
    2,
)
USUAL = KeptLine(
    "your usual week",
    "fill in your usual week, so that you only say what is different",
    "you, and where you share: members of those teams, day by day",
    "until you change or delete it",
)
MY_ROWS = (
    DataSection(
        "your settings",
        ((("user_id", "aaaaaaaa-0000-4000-8000-000000000001"), ("language", "nl"), ("stopped", False)),),
    ),
    DataSection(
        "your plan",
        (
            (("day", TODAY), ("part", "morning"), ("place", "home"), ("kind", "focus"), ("zone", "Europe/Amsterdam")),
            (("day", TODAY), ("part", "afternoon"), ("place", "site"), ("named", "Stadskantoor")),
        ),
    ),
    DataSection("your usual week", ((("weeks", "even"), ("weekday", 2), ("part", "morning"), ("place", "library")),)),
    DataSection("how to reach you", ((("urgency", "urgent"), ("route", "call"), ("from_minute", 510)),)),
    DataSection("administrative acts", ((("at", datetime(2026, 11, 24, 9, 5)), ("act", "place_added")),)),  # noqa: DTZ001
)
LEFT = FocusLeft(at(10), at(11, 30), "stays", at(11, 30))
LEFT_TOMORROW = FocusLeft(at(9, days=1), at(11, days=1), "unsure")
PLANNED_THEN = ((LEFT_TOMORROW.starts, LEFT_TOMORROW.ends),)
OWN_DATA: Mapping[str, Callable[[], View]] = {
    "privacy": lambda: PrivacyView((SETTINGS, PLANNED, LISTED), (USUAL,)),
    "privacy_all": lambda: PrivacyView((SETTINGS,), (USUAL,), full=True),
    "privacy_nothing": lambda: PrivacyView((), (replace(PLANNED, count=0), USUAL)),
    "privacy_microsoft": lambda: PrivacyView((SETTINGS,), (USUAL,), microsoft=True),
    "privacy_guest": lambda: PrivacyView((LISTED,), guest=True),
    "privacy_stopped": lambda: PrivacyView((SETTINGS,), (USUAL,), stopped=True),
    "privacy_paused": lambda: PrivacyView((SETTINGS,), (USUAL,), quiet_until=TODAY + timedelta(days=14)),
    "my_data": lambda: MyDataView(MY_ROWS, first=TODAY),
    "my_data_second": lambda: MyDataView(MY_ROWS[1:2], part=2, of=2, first=TODAY),
    "my_data_nothing": lambda: MyDataView(()),
    "my_data_file": lambda: MyDataView(MY_ROWS, first=TODAY, file=True),
    "my_data_offer": lambda: FileOfferView(TODAY, 1234),
    "my_data_saved": lambda: FileView("saved"),
    "my_data_declined": lambda: FileView("declined"),
    "my_data_failed": lambda: FileView("failed"),
    "my_data_json": lambda: JsonPartView('{"tables": {}}', 1, 2),
    "pause": lambda: PauseView(TODAY, offers=PAUSES),
    **{f"pause_{p}": partial(PauseView, TODAY, offers=PAUSES, problem=p) for p in ("unclear", "past", "too_far")},
    "paused": lambda: PauseView(TODAY, TODAY + timedelta(days=14), ("Team Omgeving", "")),
    "paused_focus": lambda: PauseView(TODAY, TODAY + timedelta(days=14), under_way=LEFT.ends, off=PLANNED_THEN),
    "paused_unshared": lambda: PauseView(TODAY, TODAY + timedelta(days=14)),
    "stop": lambda: StopView(done=False),
    "stop_words": lambda: StopView(done=False, words=True),
    "stopped": lambda: StopView(done=True, teams=("Team Omgeving",)),
    "stopped_left": lambda: StopView(done=True, today=TODAY, left=(LEFT, LEFT_TOMORROW)),
    "forget": lambda: ForgetView(done=False),
    "forgotten": lambda: ForgetView(done=True, gone=(SETTINGS, PLANNED), stays=(LISTED,), cards=2),
    "forgotten_left": lambda: ForgetView(done=True, gone=(SETTINGS,), today=TODAY, left=(LEFT, LEFT_TOMORROW)),
    "forgotten_out": lambda: ForgetView(done=True, gone=(SETTINGS,), today=TODAY, out=True),
    "forgotten_not_out": lambda: ForgetView(done=True, gone=(SETTINGS,), today=TODAY, left=(LEFT,), out=False),
    "forgotten_nothing": lambda: ForgetView(done=True),
}
