"""The marks on Samen's own events."""

from datetime import UTC, datetime, timedelta

from graph.marks import times

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_times_are_told_as_the_calendar_keeps_them():
    """It is sent whole seconds: a session that began halfway one must not look as if its owner had moved its block."""
    late = timedelta(seconds=0.7)
    assert times(NINE + late, NINE + late * 60) == times(NINE, NINE + timedelta(seconds=42))
