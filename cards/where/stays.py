"""What the views of `/where` are made of: places, day-parts, people in rows, teams to choose."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a card names it: the class ("home", "site", ...) and a name where it has one."""

    place: str
    name: str | None = None
    named: str | None = None  # the named place's id, for buttons


@dataclass(frozen=True, slots=True)
class Stay:
    """A spot and the kind of work there ("focus", "together", ...), for one day-part."""

    spot: Spot
    kind: str | None = None
    usual: bool = False  # as the pattern says: on one's own plan only


@dataclass(frozen=True, slots=True)
class PartStay:
    """One day-part of a plan: "morning" or "afternoon"; `stay` None = not filled in."""

    day: date
    part: str
    stay: Stay | None


@dataclass(frozen=True, slots=True)
class UsualStay:
    """A line of a weekly pattern: `weeks` are "every", "even" or "odd", Monday is 0; `stay` None = nothing.

    `soonest` is the first day of an even or odd week to come that it is about.
    """

    weekday: int
    part: str
    stay: Stay | None
    weeks: str = "every"
    soonest: date | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """A person in a row: `half` says which day-part when it is not the whole day; `other` what the other half is."""

    name: str
    half: str | None = None
    other: Stay | None = None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    spot: Spot
    people: tuple[Who, ...]


@dataclass(frozen=True, slots=True)
class KindRows:
    """One kind of work and the places where it happens; `kind` None = no kind said; "not_working" comes last."""

    kind: str | None
    places: tuple[PlaceRow, ...]


@dataclass(frozen=True, slots=True)
class TeamChoice:
    id: str
    name: str
