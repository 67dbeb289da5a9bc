"""Lines of a weekly pattern in words: "maandag en dinsdag: thuis", "vrijdag in de oneven weken: niet aan het werk"."""

from collections.abc import Iterable, Mapping
from datetime import date

from cards.catalogue import Texts, marked
from cards.dates import short_day, weekday_words
from cards.where.stays import Stay, UsualStay
from cards.where.wording import HALVES, half_words, listed, stay_words

WEEKS = {"every": marked("every week"), "even": marked("even weeks"), "odd": marked("odd weeks")}

_Stays = Mapping[str, Stay | None]


def weeks_words(t: Texts, weeks: str) -> str:
    """In which weeks: "oneven weken"."""
    return t(WEEKS[weeks])


def usual_lines(t: Texts, lines: Iterable[UsualStay]) -> list[str]:
    """A line a day of the week; days in a row that are the same share one, every week before even and odd ones."""
    days: dict[tuple[str, int], dict[str, Stay | None]] = {}
    soonest: dict[tuple[str, int], date | None] = {}
    for line in lines:
        days.setdefault((line.weeks, line.weekday), {})[line.part] = line.stay
        soonest[line.weeks, line.weekday] = line.soonest
    found: list[tuple[int, str]] = []
    for weeks in WEEKS:
        own = {weekday: stays for (each, weekday), stays in days.items() if each == weeks}
        for first, last in _runs(own):
            days_said = [day for weekday in range(first, last + 1) if (day := soonest[weeks, weekday])]
            when = _when(t, weeks, (first, last), min(days_said, default=None))
            found.append((first, f"{when}: {_stays_words(t, own[first])}"))
    return [words for _, words in sorted(found, key=lambda one: one[0])]


def _runs(days: Mapping[int, _Stays]) -> list[tuple[int, int]]:
    """The first and last of each run of neighbouring days with the same stays."""
    runs: list[tuple[int, int]] = []
    for weekday in sorted(days):
        if runs and runs[-1][1] == weekday - 1 and days[runs[-1][0]] == days[weekday]:
            runs[-1] = (runs[-1][0], weekday)
        else:
            runs.append((weekday, weekday))
    return runs


def _when(t: Texts, weeks: str, days: tuple[int, int], soonest: date | None) -> str:
    first, last = (weekday_words(t, day) for day in days)
    if days[1] - days[0] > 1:
        when = t("{first} to {last}", first=first, last=last)
    else:
        when = listed(t, [first, *([last] if last != first else [])])
    if weeks == "every":
        return when
    if soonest is None:
        return t("{days}, {weeks}", days=when, weeks=weeks_words(t, weeks))
    return t("{days}, {weeks} (first on {day})", days=when, weeks=weeks_words(t, weeks), day=short_day(t, soonest))


def _stays_words(t: Texts, stays: _Stays) -> str:
    if len(stays) == len(HALVES) and stays["morning"] == stays["afternoon"]:
        return stay_words(t, stays["morning"])
    return ", ".join(f"{half_words(t, part)} {stay_words(t, stay)}" for part, stay in stays.items())
