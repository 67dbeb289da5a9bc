"""A press is untrusted: it is exactly one of our own, or nothing."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import DayPart
from bot.domain.focus.intents import At, Extend, Settings, ShowFocus, Start, Stop
from bot.domain.focus.presses import start_data, to_extend, to_settings, to_show, to_start, to_stop
from bot.domain.focus.session import Mode

DAY = date(2026, 11, 25)


def test_a_start_press():
    assert to_start({}) == Start()
    assert to_start({"minutes": 50, "mode": "quiet", "l": "nl"}) == Start(minutes=50, mode=Mode.QUIET)
    said = {"at": "2026-11-25T13:30", "until": "2026-11-25T15:00", "learning": True, "subject": "Zaak 2026-114"}
    assert to_start(said) == Start(At(DAY, 810), until=At(DAY, 900), learning=True, subject="Zaak 2026-114")
    assert to_start({"at": "2026-11-25.morning"}) == Start(At(DAY, part=DayPart.MORNING))
    assert to_start({"at": "2026-11-25"}) == Start(At(DAY))


def test_the_fields_of_a_card_come_as_text_or_empty():
    fields = {"at": "", "minutes": "90", "until": "", "mode": "reachable", "learning": "true", "subject": "  Nota "}
    assert to_start(fields) == Start(minutes=90, mode=Mode.REACHABLE, learning=True, subject="Nota")
    assert to_start({"minutes": "", "mode": "", "learning": "false", "subject": "  "}) == Start()
    assert to_start({"minutes": None, "mode": None, "learning": None, "subject": None}) == Start()


@pytest.mark.parametrize(
    "data",
    [
        {"minutes": 9}, {"minutes": 241}, {"minutes": True}, {"minutes": 50.0}, {"minutes": "5x"}, {"minutes": "-50"},
        {"minutes": "１２"}, {"minutes": [50]}, {"minutes": "9999999999"}, {"minutes": 60, "until": "2026-11-25T15:00"},
        {"at": "tomorrow"}, {"at": 5}, {"at": "2026-13-25T13:30"}, {"at": "2026-11-25T24:00"}, {"at": "2026-11-25T13:60"},
        {"at": "2026-11-25T13:30Z"}, {"at": "2026-11-25.evening"}, {"at": "2026-11-25T1:30"}, {"at": {"day": 1}},
        {"at": "2026-11-25", "until": "2026-11-25T15:00"}, {"until": "2026-11-25"}, {"until": "15:00"}, {"until": 900},
        {"mode": "loud"}, {"mode": 1}, {"mode": ["quiet"]}, {"learning": 1}, {"learning": "yes"}, {"learning": {}},
        {"subject": "a" * 121}, {"subject": "a\nb"}, {"subject": "a\u202eb"}, {"subject": 5}, {"subject": ["nota"]},
    ],
)  # fmt: skip
def test_what_is_not_exactly_ours_starts_nothing(data):
    assert to_start(data) is None


def test_another_end_is_a_moment():
    until = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
    assert to_extend({"until": "2026-11-25T10:30:00+00:00"}) == Extend(until)
    assert to_extend({"until": "2026-11-25T10:30:00Z"}) == Extend(until)
    assert to_extend({"until": until.isoformat()}) == Extend(until)
    assert to_extend({"until": until.replace(microsecond=5).isoformat()}) == Extend(until.replace(microsecond=5))


@pytest.mark.parametrize(
    "until",
    [None, "", 30, "30", "2026-11-25", "2026-11-25T10:30:00", "2026-11-25T10:30:00+01:00", "2026-11-31T10:30:00Z",
     "2026-11-25T25:30:00Z", "2026-11-25T10:30:00Z ", ["2026-11-25T10:30:00Z"], "٢٠٢٦-11-25T10:30:00Z", "9" * 999],
)  # fmt: skip
def test_what_is_no_moment_makes_nothing_longer(until):
    assert to_extend({"until": until}) is None


def test_the_settings_card():
    assert to_settings({}) == Settings()
    fields = {"minutes": "25", "mode": "reachable", "end_line": "false", "status": "true"}
    assert to_settings(fields) == Settings(25, Mode.REACHABLE, end_line=False, status=True)
    assert to_settings({"end_line": False, "status": ""}) == Settings(end_line=False)


@pytest.mark.parametrize(
    "data", [{"minutes": 5}, {"minutes": "300"}, {"mode": "loud"}, {"end_line": "maybe"}, {"status": 1}, {"status": []}]
)
def test_no_setting_of_ours(data):
    assert to_settings(data) is None


def test_stop_and_show_need_nothing():
    assert to_stop({"x": 1}) == Stop()
    assert to_show({}) == ShowFocus()


subjects = st.text(min_size=1, max_size=120).filter(lambda text: text.isprintable() and text == text.strip())
ats = st.builds(At, st.dates(), st.none() | st.integers(0, 1439)) | st.builds(
    At, st.dates(), part=st.sampled_from(DayPart)
)
timed = st.builds(At, st.dates(), st.integers(0, 1439))
modes = st.none() | st.sampled_from(Mode)
starts = st.one_of(
    st.builds(
        Start, st.none() | ats, st.none() | st.integers(10, 240), st.none(), modes, st.booleans(), st.none() | subjects
    ),
    st.builds(Start, st.none() | timed, st.none(), timed, modes, st.booleans(), st.none() | subjects),
)


@given(starts)
def test_a_button_says_exactly_the_start_it_was_made_for(start):
    data = start_data(start)
    assert to_start(data) == start
    assert to_start({**data, "verb": "focus_start"}) == start


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.just("2026-11-25T10:30"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
names = st.sampled_from(["at", "until", "minutes", "mode", "learning", "subject", "end_line", "status", "x"])


@given(st.dictionaries(names, junk))
def test_no_press_ever_fails(data):
    assert isinstance(to_start(data), Start | None)
    assert isinstance(to_extend(data), Extend | None)
    assert isinstance(to_settings(data), Settings | None)
