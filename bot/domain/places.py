"""Where and what: the closed list of places and of kinds of work."""

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """A place class. The list is closed (promise 3): nothing else about a place is ever stored."""

    SITE = "site"
    HOME = "home"
    RESIDENT = "resident"
    NEIGHBOURHOOD = "neighbourhood"
    LIBRARY = "library"
    THIRD = "third"
    PARTNER = "partner"
    ROAD = "road"
    WALKING = "walking"
    ELSEWHERE = "elsewhere"
    NOT_WORKING = "not_working"


class Kind(StrEnum):
    """A kind of work."""

    FOCUS = "focus"
    TOGETHER = "together"
    COUNTER = "counter"
    FIELD = "field"
    LEARNING = "learning"
    CONSULTATION = "consultation"


# Own sites and public places an administrator may name; a home or a resident's place is never named.
NAMEABLE = frozenset({Place.SITE, Place.NEIGHBOURHOOD, Place.LIBRARY, Place.THIRD, Place.PARTNER})


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A site or public place that an administrator named; `id` is a short random text, unique in the tenant."""

    id: str
    name: str
    place: Place
    retired: bool = False


@dataclass(frozen=True, slots=True)
class WorkLocation:
    """A place for a day-part, with the kind of work; `named` is the id of a NamedPlace of the same class.

    Not working has neither a name nor a kind: the reason for absence is nobody's business.
    """

    place: Place
    named: str | None = None
    kind: Kind | None = None

    def __post_init__(self) -> None:
        if self.place is Place.NOT_WORKING and (self.named or self.kind):
            raise ValueError("not working has no name and no kind of work")
        if self.named and self.place not in NAMEABLE:
            raise ValueError(f"a place of class {self.place} has no name")
