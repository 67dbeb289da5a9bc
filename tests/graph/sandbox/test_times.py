"""Times and durations: what is taken, and what is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from graph.sandbox import times
from graph.sandbox.refusals import Refusal


@pytest.mark.parametrize(
    ("text", "lasts"),
    [
        ("PT1H", timedelta(hours=1)),
        ("PT90M", timedelta(minutes=90)),
        ("P1DT2H3M4.5S", timedelta(days=1, hours=2, minutes=3, seconds=4.5)),
        ("P7D", timedelta(days=7)),
    ],
)
def test_a_duration_is_iso_8601(text: str, lasts: timedelta) -> None:
    assert times.duration(text) == lasts


@pytest.mark.parametrize("text", ["1:00:00", "PT", "P", "", "PT0S", "-PT1H", "PT1H ", "1H", "PT1H30", "P1W"])
def test_any_other_duration_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        times.duration(text)


def test_a_moment_is_read_in_its_zone_by_either_name() -> None:
    ten = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert times.moment("2026-11-23T10:00:00", "W. Europe Standard Time") == ten
    assert times.moment("2026-11-23T10:00:00.0000000", "Europe/Amsterdam") == ten
    assert times.moment("2026-07-01T10:00:00", "Europe/Amsterdam").hour == 8


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-11-23T10:00:00Z", "UTC"),
        ("2026-11-23T10:00:00+01:00", "UTC"),
        ("2026-11-23", "UTC"),
        ("2026-02-30T10:00:00", "UTC"),
        ("2026-11-23T10:00:00", "Amsterdam"),
        ("2026-11-23T10:00:00", "../../etc/passwd"),
        ("2026-11-23T10:00:00", ""),
        ("0001-01-01T00:00:00", "Europe/Amsterdam"),
    ],
)
def test_what_is_no_moment_is_refused(text: str, zone: str) -> None:
    with pytest.raises(Refusal):
        times.moment(text, zone)


def test_a_moment_is_written_with_seven_digits() -> None:
    at = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert times.date_time_json(at, "Europe/Amsterdam") == {
        "dateTime": "2026-11-23T10:30:00.0000000",
        "timeZone": "Europe/Amsterdam",
    }
