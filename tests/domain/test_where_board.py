"""The board's rules: by kind of work, then place, only who shows something."""

from datetime import date

from bot.domain.days import DayPart, Slot, whole_day
from bot.domain.places import Kind, Place, WorkLocation
from bot.domain.where.board import board, line_of

DAY = date(2026, 11, 24)
MORNING, AFTERNOON = whole_day(DAY)
HOME = WorkLocation(Place.HOME)
SITE = WorkLocation(Place.SITE, "s1", Kind.COUNTER)
OFF = WorkLocation(Place.NOT_WORKING)
NAMES = {"a": "Anneke", "b": "bram", "c": "Çelik"}


def rows(plans):
    return [
        (kind.kind, kind.working, at.location, [line.name for line in at.lines])
        for kind in board(plans, NAMES, DAY)
        for at in kind.places
    ]


def test_nobody_is_on_an_empty_board():
    """A board of nothing has no heading at all."""
    assert board({}, NAMES, DAY) == ()
    assert board({"a": {}}, NAMES, DAY) == ()


def test_kinds_come_first_and_not_working_last():
    """Kinds of work head the board; who works without a kind follows; who does not work closes it."""
    plans = {
        "a": {MORNING: OFF, AFTERNOON: OFF},
        "b": {MORNING: SITE, AFTERNOON: SITE},
        "c": {MORNING: HOME, AFTERNOON: HOME},
    }
    assert rows(plans) == [
        (Kind.COUNTER, True, (Place.SITE, "s1"), ["bram"]),
        (None, True, (Place.HOME, None), ["Çelik"]),
        (None, False, (Place.NOT_WORKING, None), ["Anneke"]),
    ]


def test_people_who_left_the_team_are_not_on_its_board():
    """Without a name in the roster there is no line."""
    assert board({"gone": {MORNING: HOME, AFTERNOON: HOME}}, NAMES, DAY) == ()


def test_a_day_in_two_halves_is_one_line():
    """Two places in a day: the morning's place, with the afternoon behind the name."""
    line = line_of("Anneke", {MORNING: SITE, AFTERNOON: HOME}, DAY)
    assert (line.here, line.half, line.other) == (SITE, DayPart.MORNING, HOME)


def test_the_worked_half_counts():
    """A free morning does not hide where somebody works in the afternoon."""
    line = line_of("Anneke", {MORNING: OFF, AFTERNOON: SITE}, DAY)
    assert (line.here, line.half, line.other) == (SITE, DayPart.AFTERNOON, OFF)


def test_only_one_half_filled_in():
    """The other half stays unsaid: nothing is concluded from it."""
    line = line_of("Anneke", {AFTERNOON: OFF}, DAY)
    assert (line.here, line.half, line.other) == (OFF, DayPart.AFTERNOON, None)


def test_other_days_do_not_count():
    """A plan for tomorrow says nothing about today."""
    assert line_of("Anneke", {Slot(date(2026, 11, 25), DayPart.MORNING): HOME}, DAY) is None
