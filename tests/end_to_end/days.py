"""Days as the demo municipality counts and names them, worked out apart from the bot."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ABBREVIATED = ("ma", "di", "wo", "do", "vr", "za", "zo")
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def today() -> date:
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def tomorrow() -> date:
    return today() + timedelta(days=1)


def next_monday() -> date:
    return today() + timedelta(days=7 - today().weekday())


def named(day: date) -> str:
    """As buttons and lists name a day: "di 24 nov"."""
    return f"{ABBREVIATED[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
