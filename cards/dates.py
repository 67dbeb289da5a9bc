"""Days in words: "di 24 nov", "dinsdag 24 november", "ma 23 t/m wo 25 nov"."""

from datetime import date, timedelta
from functools import lru_cache

from babel.dates import format_date

from cards.catalogue import Texts

# British English: the day before the month, as in Dutch, and as people type it.
LOCALES = {"nl": "nl", "nl-BE": "nl_BE", "en": "en_GB"}
DAY, MONTH_DAY, LONG_DAY, SHORT_DAY, PLAIN_DATE = "EEE d", "EEE d MMM", "EEEE d MMMM", "EEE d MMM", "d MMM"
SATURDAY = 5
FAR = timedelta(days=90)  # from here on a date without a year may mean the one that has passed


def in_words(t: Texts, day: date, pattern: str) -> str:
    """A day in a CLDR pattern."""
    return _formatted(day, pattern, LOCALES.get(t.language, "en_GB"))


@lru_cache(maxsize=2000)  # people speak of the same few weeks, and Babel takes the pattern apart each time
def _formatted(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale)


def short_day(t: Texts, day: date) -> str:
    """A short day: "di 24 nov"."""
    return in_words(t, day, SHORT_DAY)


def long_day(t: Texts, day: date, today: date) -> str:
    """A day in full: "dinsdag 24 november", with "vandaag" or "morgen" behind it where that is so."""
    words = in_words(t, day, LONG_DAY)
    near = {today: t("today"), today + timedelta(days=1): t("tomorrow")}.get(day)
    return f"{words} ({near})" if near else words


def typed_day(t: Texts, day: date, today: date) -> str:
    """A day as one types it: "vandaag", "morgen", "24 nov", or far ahead "24 nov 2027"."""
    near = {today: t("today"), today + timedelta(days=1): t("tomorrow")}
    return near.get(day) or in_words(t, day, PLAIN_DATE if day - today < FAR else f"{PLAIN_DATE} y")


def span(t: Texts, first: date, last: date) -> str:
    """From one day up to and including another: "ma 23 t/m wo 25 nov"; one day: "di 24 nov"."""
    if first == last:
        return short_day(t, first)
    start = in_words(t, first, DAY if first.month == last.month else MONTH_DAY)
    return t("{first} to {last}", first=start, last=short_day(t, last))


def weekday_words(t: Texts, weekday: int, pattern: str = "EEEE") -> str:
    """A day of the week, Monday = 0: "maandag", or "ma" with "EEE"."""
    return in_words(t, date(2024, 1, 1) + timedelta(days=weekday), pattern)


def working_day_after(day: date) -> date:
    """The next Monday to Friday."""
    return _step(day, 1)


def working_day_before(day: date) -> date:
    """The Monday to Friday before."""
    return _step(day, -1)


def _step(day: date, way: int) -> date:
    day += timedelta(days=way)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=way)
    return day
