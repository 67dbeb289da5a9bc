"""The views of `/focus` that golden cards and pictures are made of."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from cards.drawing import View
from cards.focus import (
    ConnectView,
    FocusExtend,
    FocusOverView,
    FocusSession,
    FocusSet,
    FocusSettingsView,
    FocusStart,
    FocusStop,
    FocusUnclearView,
    FocusView,
    FocusWhich,
    Meeting,
    Moment,
    Offer,
    SignedOutView,
)
from cards.reach import ReachRule
from tests.cards.invented import GROUP, TEAM, TODAY

ZONE = ZoneInfo("Europe/Amsterdam")
TOMORROW = TODAY + timedelta(days=1)
RULES = (ReachRule("normal", "chat", 240, 540, 1020), ReachRule("urgent", "call", None, 480, 1080))


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    """A moment of that week's Tuesday, or so many days later."""
    return datetime(TODAY.year, TODAY.month, TODAY.day, hour, minute, tzinfo=ZONE) + timedelta(days=days)


NOW = at(10, 43)
SESSION = FocusSession("f1", at(10), at(11, 30), text="Focus tot 11:30. Spoed: bellen.")
STOPPED = replace(SESSION, stopped=NOW)
ALONE = replace(SESSION, presence="unconnected", status="unconnected", block="unconnected", text=None)
PLANNED = FocusSession("f2", at(9, days=1), at(11, days=1), presence="later", status="later", text="Focus tot 11:00.")
LEARNING = FocusSession("f3", at(13, days=3), at(14, days=3), "reachable", learning=True)
VIEW = FocusView("on", NOW, SESSION, reach=RULES, shown_to=(TEAM,))
NOTHING = FocusView("none", NOW)
FULL = replace(
    VIEW,
    session=replace(SESSION, presence="failed", status="theirs", block="covered"),
    later=(PLANNED, LEARNING, replace(LEARNING, id="f4", starts=at(15, days=4), ends=at(16, days=4)), PLANNED),
    changed="extended",
    connection="lost",
    first=True,
    meetings=(Meeting(at(11), at(11, 30)), *(Meeting(at(12, n), at(12, n + 5)) for n in (0, 10, 20))),
    shorter=FocusExtend(at(11)),
    after=FocusStart(Moment(TODAY, 750), 90, mode="quiet", learning=True, subject="bezwaarschrift"),
    quiet=True,
)
SOON = FocusView(
    "soon",
    at(8, 45, days=1),
    PLANNED,
    meetings=(Meeting(at(10, days=1), at(10, 30, days=1)),),
    shorter=FocusExtend(at(10, days=1)),
    after=FocusStart(Moment(TOMORROW, 630), 120, mode="quiet"),
)
CALLED_OFF = replace(PLANNED, block="done")
OFF = replace(VIEW, state="stopped", session=CALLED_OFF)
OFFERS: Mapping[str, tuple[Offer, ...]] = {
    "doubtful": (FocusStart(minutes=120), FocusStart(Moment(TODAY, 14 * 60))),
    "too_short": (FocusStart(minutes=10),),
    "too_long": (FocusStart(Moment(TOMORROW, 540), 240, subject="rapport"),),
    "past": (FocusStart(Moment(TOMORROW, 540), 60), FocusStart(Moment(TODAY + timedelta(days=7), 540), 60)),
    "order": (FocusStart(Moment(TODAY, 780), until=Moment(TODAY, 960), mode="reachable", learning=True),),
    "no_such_time": (),
    "no_time": tuple(FocusStart(Moment(TOMORROW, minute), 120, subject="rapport") for minute in (540, 570, 720)),
    "too_far": (),
    "which_day": tuple(FocusStart(Moment(TODAY + timedelta(days=n), 600)) for n in (3, 10)),
    "repeated": (FocusStart(Moment(TOMORROW, None, "morning")), FocusStart(Moment(TOMORROW))),
    "next": (FocusExtend(at(12)),),
    "nothing_on": (FocusStart(minutes=30), FocusStart(until=Moment(TODAY, 720))),
    "on_or_off": (FocusSet(end_line=True), FocusSet(end_line=False)),
    "leftover": (FocusSet(25, "reachable", status=False), FocusStop(), FocusExtend(at(12))),
    "which": (FocusStop(), FocusWhich("f2", at(9, days=1)), FocusWhich("f3", at(13, days=3))),
    "long_subject": (FocusStart(minutes=90, subject="x" * 120),),
}

FOCUS_CASES: Mapping[str, Callable[[], View]] = {
    "focus_on": lambda: VIEW,
    "focus_busy": lambda: replace(VIEW, session=replace(SESSION, presence="busy", status="busy", block="busy")),
    "focus_first": lambda: replace(VIEW, first=True, shown_to=(), others=(TEAM, GROUP)),
    "focus_first_reachable": lambda: replace(
        VIEW, session=replace(SESSION, mode="reachable", learning=True, status="off"), first=True, reach=()
    ),
    "focus_theirs": lambda: replace(VIEW, session=replace(SESSION, presence="theirs", status="theirs", block="theirs")),
    "focus_failed": lambda: replace(VIEW, session=replace(SESSION, presence="failed", status="failed", block="failed")),
    "focus_covered": lambda: replace(VIEW, session=replace(SESSION, block="covered")),
    "focus_half_connected": lambda: replace(
        VIEW, session=replace(SESSION, status="unconnected", block="unconnected"), connection="lost"
    ),
    "focus_alone": lambda: replace(VIEW, session=ALONE, connection="offer", first=True, shown_to=()),
    "focus_alone_admin": lambda: replace(VIEW, session=ALONE, connection="admin"),
    "focus_alone_again": lambda: replace(VIEW, session=ALONE, connection="off", quiet=True),
    "focus_longest": lambda: replace(VIEW, session=replace(SESSION, ends=at(14))),
    "focus_nearly_longest": lambda: replace(VIEW, session=replace(SESSION, ends=at(13, 45)), changed="extended"),
    "focus_already": lambda: replace(VIEW, changed="already"),
    "focus_another": lambda: replace(VIEW, changed="another"),
    "focus_none_under_way": lambda: replace(NOTHING, changed="nothing_on"),
    "focus_unclear_alike": lambda: FocusUnclearView(
        "doubtful", NOW, (FocusStart(minutes=50, subject="rapport"), FocusStart(subject="rapport 50"))
    ),
    "focus_shortened": lambda: replace(VIEW, changed="shortened"),
    "focus_meeting": lambda: replace(
        VIEW,
        meetings=(Meeting(at(11), at(11, 30)),),
        shorter=FocusExtend(at(11)),
        after=FocusStart(Moment(TODAY, 690), 90),
    ),
    "focus_full": lambda: FULL,
    "focus_planned": lambda: replace(VIEW, state="planned", session=PLANNED, later=(LEARNING,)),
    "focus_planned_first": lambda: replace(
        VIEW, state="planned", session=replace(LEARNING, presence="later", status="later"), first=True
    ),
    "focus_planned_meeting": lambda: replace(
        VIEW,
        state="planned",
        session=PLANNED,
        meetings=(Meeting(at(10, days=1), at(10, 30, days=1)), Meeting(at(10, 45, days=1), at(11, days=1))),
        shorter=FocusExtend(at(10, days=1)),
        after=FocusStart(Moment(TOMORROW, 660), 120),
    ),
    "focus_planned_stop": lambda: replace(VIEW, state="planned", session=PLANNED, changed="nothing_on"),
    "focus_planned_followed": lambda: replace(VIEW, state="planned", session=PLANNED, changed="followed"),
    "focus_soon": lambda: SOON,
    "focus_soon_learning": lambda: replace(
        SOON, session=replace(PLANNED, learning=True), shorter=None, meetings=(*SOON.meetings, *SOON.meetings)
    ),
    "focus_called_off_deleted": lambda: replace(OFF, session=replace(CALLED_OFF, called_off="deleted")),
    "focus_called_off_moved": lambda: replace(
        OFF, session=replace(CALLED_OFF, called_off="moved", block="theirs"), now=at(9, 5, days=1)
    ),
    **{
        f"focus_called_off_{why}": partial(replace, OFF, session=replace(CALLED_OFF, called_off=why))
        for why in ("away", "paused", "off")
    },
    "focus_planned_alone": lambda: replace(
        VIEW,
        state="planned",
        session=replace(PLANNED, presence="unconnected", status="unconnected", block="unconnected"),
        connection="offer",
        changed="overlap",
    ),
    "focus_none": lambda: replace(NOTHING, times=(Moment(TODAY, 780), Moment(TODAY, 840), Moment(TODAY, 930))),
    "focus_none_planned": lambda: replace(NOTHING, later=(PLANNED, LEARNING), mode="reachable", usual=90),
    "focus_none_alone": lambda: replace(NOTHING, connection="offer", quiet=True),
    "focus_none_off": lambda: replace(NOTHING, connection="off"),
    "focus_stopped": lambda: replace(VIEW, state="stopped", session=replace(STOPPED, block="busy")),
    "focus_stopped_failed": lambda: replace(
        VIEW, state="stopped", session=replace(STOPPED, presence="failed", status="failed", block="failed")
    ),
    "focus_stopped_lost": lambda: replace(
        VIEW,
        state="stopped",
        session=replace(STOPPED, presence="failed", status="failed", block="failed"),
        connection="lost",
    ),
    "focus_stopped_theirs": lambda: replace(
        VIEW, state="stopped", session=replace(STOPPED, presence="theirs", status="theirs", block="theirs")
    ),
    "focus_stopped_alone": lambda: replace(
        VIEW, state="stopped", session=replace(ALONE, stopped=NOW), connection="offer"
    ),
    "focus_called_off": lambda: replace(
        VIEW, state="stopped", session=replace(PLANNED, presence="off", status="off", block="done"), later=(LEARNING,)
    ),
    "focus_ended": lambda: replace(VIEW, state="over", now=at(11, 31), session=replace(SESSION, block="covered")),
    "focus_ended_learning": lambda: replace(
        VIEW, state="over", now=at(14, 5, days=3), session=replace(LEARNING, status="busy")
    ),
    "focus_asked": lambda: FocusView(
        "asked",
        NOW,
        replace(SESSION, starts=at(20), ends=at(21)),
        again=FocusStart(Moment(TODAY, 1200), 60, subject="rapport"),
    ),
    **{
        f"focus_unclear_{problem}": partial(
            FocusUnclearView, problem, NOW, offers, session="f1" if problem in ("leftover", "which", "next") else None
        )
        for problem, offers in OFFERS.items()
    },
    "focus_unclear_which_moves": lambda: FocusUnclearView(
        "which",
        NOW,
        tuple(
            FocusWhich(one.id, one.starts, FocusStart(Moment(TODAY, 840), 120, mode="quiet"))
            for one in (PLANNED, LEARNING)
        ),
    ),
    "focus_unclear_which_ends": lambda: FocusUnclearView(
        "which", NOW, (FocusWhich("f2", at(9, days=1), FocusExtend(at(10, days=1))),)
    ),
    "focus_gone_deleted": lambda: replace(NOTHING, gone=replace(CALLED_OFF, called_off="deleted")),
    "focus_gone_moved": lambda: replace(VIEW, gone=replace(CALLED_OFF, starts=at(14), called_off="moved")),
    "focus_gone_away": lambda: replace(
        VIEW, state="planned", session=PLANNED, gone=replace(CALLED_OFF, id="f9", starts=at(14), called_off="away")
    ),
    "focus_settings": FocusSettingsView,
    "focus_settings_saved": lambda: FocusSettingsView(
        45, "reachable", True, False, "saved", FocusSet(50, "quiet", False, True)
    ),
    "focus_settings_undone": lambda: FocusSettingsView(changed="undone"),
    "focus_settings_unapproved": lambda: FocusSettingsView(unapproved=True),
    "focus_settings_same": lambda: FocusSettingsView(changed="same"),
    "focus_over": FocusOverView,
    "focus_over_learning": lambda: FocusOverView(learning=True),
    "focus_over_left": lambda: FocusOverView(left=True),
    "focus_connect": ConnectView,
    **{f"focus_connect_{why}": partial(ConnectView, why) for why in ("failed", "revoked", "admin", "connected")},
    "focus_signed_out": SignedOutView,
    "focus_signed_out_under_way": lambda: SignedOutView(until=at(11, 30), today=TODAY, blocks=((at(10), at(11, 30)),)),
    "focus_signed_out_planned": lambda: SignedOutView(
        until=at(11, 30), today=TODAY, blocks=((at(10), at(11, 30)), (at(9, days=1), at(11, days=1)))
    ),
    "focus_signed_out_never": lambda: SignedOutView(was=False),
    "focus_signed_out_not": lambda: SignedOutView(failed=True),
}
