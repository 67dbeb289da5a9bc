"""Units of work: everything kept, read or changed as one, in one tenant."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.domain.facts import Asker
from bot.domain.people import Member, Membership, Person, Roster, Team
from bot.domain.places import NamedPlace
from bot.domain.prompts import PromptKind
from bot.services.counter import Counter
from bot.services.focus import FocusSessions
from bot.services.living import LivingCards
from bot.services.organisation import Organisation
from bot.services.owndata import OwnData
from bot.services.prompts import Prompts
from bot.services.quiet_days import QuietDays
from bot.services.reach import Reach, ReachSharing
from bot.services.sites import Sites
from bot.services.together import TogetherParts
from bot.services.where import Patterns, Plans, Sharing
from bot.turn import Reference, TurnKey


class Askers(Protocol):
    async def look(self, user_id: str | None, team_id: str | None) -> Asker:
        """Who asks in this team (None: in their own chat), with the tenant's facts: one statement, as a rule."""


class People(Protocol):
    """People known because they chose something (promise 1)."""

    async def get(self, user_id: str) -> Person | None: ...

    async def of_each(self, user_ids: Collection[str]) -> Mapping[str, Person]:
        """user id -> the person, of those who are known."""

    async def save(self, person: Person) -> None:
        """Keep exactly these settings; makes the person known."""

    async def change(self, user_id: str, **settings: object) -> None:
        """Keep these of `Person`'s settings and leave the others; makes the person known."""


class Teams(Protocol):
    async def get(self, team_id: str) -> Team | None: ...

    async def reference(self, team_id: str) -> Reference | None:
        """How to speak to the team's own conversation."""

    async def save(self, team: Team, reference: Reference) -> None:
        """Keep its name, kind and settings and how to speak to it; asleep or not stays as it is."""

    async def introduce(self, team_id: str) -> bool:
        """Claim the one introduction in a team; whether it was still to be given."""

    async def sleep(self, team_id: str, at: datetime) -> None:
        """Show and send nothing of this team from now on, and forget its mirrored roster."""

    async def wake(self, team_id: str) -> None: ...

    async def reached(self, team_id: str) -> None:
        """It was heard of: messages to it are sent again."""

    async def remove(self, team_id: str) -> None:
        """Delete all that is kept of a team, what people chose to show there included."""

    async def of_member(self, user_id: str) -> tuple[Membership, ...]:
        """Teams whose mirrored roster has this person (no guest), or with which this person shares, by name.

        None that is asleep.
        """

    async def unlisted(self, most: int) -> tuple[Team, ...]:
        """Some teams whose mirrored roster has lapsed, at most so many; none that is asleep."""


class Members(Protocol):
    """The mirrored rosters, kept for a day."""

    async def of(self, team_id: str) -> Roster | None: ...

    async def replace(self, team_id: str, members: Sequence[Member], fetched_at: datetime) -> None:
        """Keep this roster. Whoever is no longer on it has left the team; whoever is back gets their choices back."""

    async def left(self, team_id: str, ids: Collection[str], at: datetime) -> None:
        """These people left, by user id or channel user id: what they show there waits, and who is nowhere else leaves."""

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

    async def add_each(self, kind: str, subject: str, user_ids: Collection[str], due_at: datetime) -> None:
        """The same for many people."""


class Audit(Protocol):
    async def add(self, actor_id: str, act: str, subject: str) -> None:
        """Record an administrative act: a constant name and an id, no content."""


class ReadUnit(Protocol):
    """A consistent look at one tenant's rows."""

    @property
    def askers(self) -> Askers: ...
    @property
    def people(self) -> People: ...
    @property
    def plans(self) -> Plans: ...
    @property
    def patterns(self) -> Patterns: ...
    @property
    def sharing(self) -> Sharing: ...
    @property
    def teams(self) -> Teams: ...
    @property
    def members(self) -> Members: ...
    @property
    def places(self) -> NamedPlaces: ...
    @property
    def together(self) -> TogetherParts: ...
    @property
    def capabilities(self) -> Capabilities: ...
    @property
    def counter(self) -> Counter: ...
    @property
    def focus(self) -> FocusSessions: ...
    @property
    def reach(self) -> Reach: ...
    @property
    def reach_sharing(self) -> ReachSharing: ...
    @property
    def own(self) -> OwnData: ...
    @property
    def organisation(self) -> Organisation: ...
    @property
    def sites(self) -> Sites: ...
    @property
    def prompts(self) -> Prompts: ...
    @property
    def quiet_days(self) -> QuietDays: ...


class WriteUnit(ReadUnit, Protocol):
    """One transaction. When `repeated`, this activity was handled before: all changes will be rolled back."""

    @property
    def repeated(self) -> bool: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def cards(self) -> LivingCards: ...


class Units(Protocol):
    def read(self, tenant: str) -> AbstractAsyncContextManager[ReadUnit]: ...

    def glance(self, tenant: str) -> AbstractAsyncContextManager[ReadUnit]:
        """A look whose statements need not agree with each other: for one of them, cheaper than `read`."""

    def write(self, key: TurnKey, *, whole: bool = False) -> AbstractAsyncContextManager[WriteUnit]:
        """Open the turn's one unit and record its key; on a repeat everything done inside is rolled back.

        `whole`: what other units do meanwhile is there as a whole or not at all. Raises `Overtaken` when one of them
        is under way on the same rows: try again.
        """

    def mirror(self, tenant: str) -> AbstractAsyncContextManager[WriteUnit]:
        """A unit that belongs to no turn: for what Samen itself keeps true (rosters, teams). Records no key."""

    async def tenants(self) -> tuple[str, ...]:
        """The tenants that have a team, for timed work."""

    async def prompted(self, kind: PromptKind, now: datetime) -> tuple[str, ...]:
        """The tenants where somebody's prompt of this kind is to be looked at, for timed work."""
