"""Places, kinds of work, stays and changes in words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from cards.catalogue import Texts, marked
from cards.dates import short_day, span
from cards.names import plain
from cards.where.stays import PartStay, Spot, Stay, TeamChoice

PLACES = {
    "site": marked("at the office"),
    "home": marked("at home"),
    "resident": marked("at a resident's home"),
    "neighbourhood": marked("at the neighbourhood centre"),
    "library": marked("at the library"),
    "third": marked("at a café or other place"),
    "partner": marked("at another organisation"),
    "road": marked("on the road"),
    "walking": marked("walking"),
    "elsewhere": marked("elsewhere"),
    "not_working": marked("not at work"),
}
KINDS = {
    "focus": marked("focused work"),
    "together": marked("working together"),
    "counter": marked("counter"),
    "field": marked("in the field"),
    "learning": marked("learning"),
    "consultation": marked("consultation"),
}
HALVES = {"morning": marked("in the morning"), "afternoon": marked("in the afternoon")}


def capital(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def spot_words(t: Texts, spot: Spot) -> str:
    """A place: "thuis", "Stadskantoor"."""
    return plain(spot.name) if spot.name else t(PLACES[spot.place])


def kind_words(t: Texts, kind: str) -> str:
    """A kind of work: "geconcentreerd werk"."""
    return t(KINDS[kind])


def half_words(t: Texts, part: str) -> str:
    """A half of a day: "’s ochtends"."""
    return t(HALVES[part])


def stay_words(t: Texts, stay: Stay | None) -> str:
    """A place with its kind of work: "thuis (geconcentreerd werk)"; nothing filled in is "leeg"."""
    if stay is None:
        return t("empty")
    behind = [*([kind_words(t, stay.kind)] if stay.kind else []), *([t("usual")] if stay.usual else [])]
    place = spot_words(t, stay.spot)
    return f"{place} ({', '.join(behind)})" if behind else place


def team_words(t: Texts, team: TeamChoice) -> str:
    """A team by its name; Teams gives most group chats none."""
    return plain(team.name) if team.name else t("the group chat")


def listed(t: Texts, names: Sequence[str]) -> str:
    """Names in a row: "A", "A en B", "A, B en C"."""
    if len(names) < 2:  # noqa: PLR2004
        return "".join(names)
    return t("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def part_lines(t: Texts, parts: Iterable[PartStay]) -> list[str]:
    """Day-parts in words, a line a day; days in a row with the same stay are one line."""
    return [_line(t, first, last, stays) for first, last, stays in _runs(_by_day(parts))]


def _line(t: Texts, first: date, last: date, stays: dict[str, Stay | None]) -> str:
    if len(stays) == len(HALVES) and stays["morning"] == stays["afternoon"]:
        stay = stays["morning"]
        words = t("all day {stay}", stay=stay_words(t, stay)) if stay and first == last else stay_words(t, stay)
    else:
        halves = [f"{half_words(t, part)} {stay_words(t, stay)}" for part, stay in stays.items()]
        words = ", ".join(halves)
    return f"{span(t, first, last)}: {words}"


def _by_day(parts: Iterable[PartStay]) -> dict[date, dict[str, Stay | None]]:
    days: dict[date, dict[str, Stay | None]] = {}
    for part in parts:
        days.setdefault(part.day, {})[part.part] = part.stay
    return days


def _runs(days: dict[date, dict[str, Stay | None]]) -> Iterator[tuple[date, date, dict[str, Stay | None]]]:
    """First and last day of each run of neighbouring days with the same stays."""
    run: tuple[date, date, dict[str, Stay | None]] | None = None
    for day, stays in sorted(days.items()):
        if run and run[2] == stays and day - run[1] == timedelta(days=1):
            run = (run[0], day, stays)
            continue
        if run:
            yield run
        run = (day, day, stays)
    if run:
        yield run


def when_lines(t: Texts, parts: Iterable[PartStay]) -> list[str]:
    """Day-parts without their places: "di 24 nov, ’s middags"."""
    days = {day: set(stays) for day, stays in _by_day(parts).items()}
    whole = [PartStay(day, part, None) for day, halves in days.items() if len(halves) == len(HALVES) for part in HALVES]
    lines = [span(t, first, last) for first, last, _ in _runs(_by_day(whole))]
    halves = [f"{short_day(t, day)} {half_words(t, next(iter(h)))}" for day, h in sorted(days.items()) if len(h) == 1]
    return lines + halves
