"""Units of work: everything kept, read or changed as one, in one tenant."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Protocol

from bot.domain.people import Member, Person, Roster, Team
from bot.domain.places import NamedPlace
from bot.domain.where.board import Plan
from bot.domain.where.intents import Change
from bot.turn import Reference, TurnKey


class People(Protocol):
    """People known because they chose something (promise 1)."""

    async def get(self, user_id: str) -> Person | None: ...

    async def save(self, person: Person) -> None:
        """Keep exactly these settings; makes the person known."""

    async def change(self, user_id: str, **settings: object) -> None:
        """Keep these of `Person`'s settings and leave the others; makes the person known."""


class Plans(Protocol):
    async def of(self, user_id: str, first: date, last: date) -> Plan:
        """One's own plan, both days included."""

    async def put(self, user_id: str, changes: Sequence[Change], *, zone: str) -> None:
        """Set day-parts to absolute values, None empties; `zone` decides when a day is over for this person."""

    async def shared_with(self, team_id: str, day: date) -> Mapping[str, Plan]:
        """user id -> that day's plan, of everybody who shares with this team and has something that day."""


class Sharing(Protocol):
    async def teams_of(self, user_id: str) -> frozenset[str]: ...

    async def set(self, user_id: str, team_id: str, on: bool) -> None: ...


class Teams(Protocol):
    async def get(self, team_id: str) -> Team | None: ...

    async def reference(self, team_id: str) -> Reference | None:
        """How to speak to the team's own conversation."""

    async def save(self, team: Team, reference: Reference) -> None: ...

    async def remove(self, team_id: str) -> None: ...

    async def of_member(self, user_id: str) -> tuple[Team, ...]:
        """Teams whose mirrored roster has this person (no guest), or with which this person shares, by name."""

    async def unlisted(self, most: int) -> tuple[Team, ...]:
        """Some teams whose mirrored roster has lapsed, at most so many."""


class Members(Protocol):
    """The mirrored rosters, kept for a day."""

    async def of(self, team_id: str) -> Roster | None: ...

    async def is_guest(self, team_id: str, user_id: str) -> bool:
        """Whether the mirrored roster lists this person as a guest."""

    async def replace(self, team_id: str, members: Sequence[Member], fetched_at: datetime) -> None: ...

    async def forget(self, team_id: str) -> None: ...


class NamedPlaces(Protocol):
    async def all(self, *, retired: bool = False) -> tuple[NamedPlace, ...]:
        """In order of name; the retired ones only when asked for."""

    async def save(self, place: NamedPlace) -> None:
        """Add, rename or retire: keep exactly this. Raises `NameTaken` for a name that another one in use has."""


class Capabilities(Protocol):
    """What the organisation switched on and off."""

    async def switches(self) -> Mapping[str, bool]:
        """Capability -> on or off, of those that were ever switched."""


class Deliveries(Protocol):
    """Messages that Samen will send by itself, kept in the transaction that asks for them."""

    async def add(
        self, kind: str, subject: str, *, user_id: str | None = None, team_id: str | None = None, due_at: datetime
    ) -> None:
        """Send it from `due_at` on, once for a kind, subject and receiver however often it is added."""


class Audit(Protocol):
    async def add(self, actor_id: str, act: str, subject: str) -> None:
        """Record an administrative act: a constant name and an id, no content."""


class ReadUnit(Protocol):
    """A consistent look at one tenant's rows."""

    @property
    def people(self) -> People: ...
    @property
    def plans(self) -> Plans: ...
    @property
    def sharing(self) -> Sharing: ...
    @property
    def teams(self) -> Teams: ...
    @property
    def members(self) -> Members: ...
    @property
    def places(self) -> NamedPlaces: ...
    @property
    def capabilities(self) -> Capabilities: ...


class WriteUnit(ReadUnit, Protocol):
    """One transaction. When `repeated`, this activity was handled before: all changes will be rolled back."""

    @property
    def repeated(self) -> bool: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def deliveries(self) -> Deliveries: ...


class Units(Protocol):
    def read(self, tenant: str) -> AbstractAsyncContextManager[ReadUnit]: ...

    def write(self, key: TurnKey) -> AbstractAsyncContextManager[WriteUnit]:
        """Open the turn's one unit and record its key; on a repeat everything done inside is rolled back."""

    def mirror(self, tenant: str) -> AbstractAsyncContextManager[WriteUnit]:
        """A unit that belongs to no turn: for what Samen itself keeps true (rosters, teams). Records no key."""

    async def tenants(self) -> tuple[str, ...]:
        """The tenants that have a team, for timed work."""
