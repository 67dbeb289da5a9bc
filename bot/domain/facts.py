"""What holds for a whole tenant: few things, that seldom change and that almost every turn needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.people import Membership, Person, Team
from bot.domain.places import NamedPlace
from bot.domain.sites import Closure
from bot.domain.together import Together


@dataclass(frozen=True, slots=True)
class Facts:
    """The tenant's named places (retired ones included: old plans name them), switches, closed sites and days together.

    `version` goes up with every change of any of them, whoever makes it.
    """

    version: int = 0
    places: tuple[NamedPlace, ...] = ()
    switches: Mapping[str, bool] = field(default_factory=dict)
    closures: tuple[Closure, ...] = ()
    together: Mapping[str, Together] = field(default_factory=dict)  # by team id


NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as far as is kept: the person, the team spoken in, whether a guest there, the tenant's facts, my teams."""

    person: Person | None
    team: Team | None
    guest: bool
    facts: Facts
    memberships: tuple[Membership, ...]  # by the team's name
