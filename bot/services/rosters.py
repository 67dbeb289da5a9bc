"""Who is in a team: Teams' own member list, mirrored for an hour."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.people import Member, Roster, Team
from bot.errors import Blocked, ConnectorError, NotFound, Refused
from bot.logs import get_logger
from bot.services.clock import Clock
from bot.services.units import Units
from bot.turn import Reference

log = get_logger(__name__)

# Teams tells us of members who come and go, so an hour only bounds what a missed event can do (design, section 4).
FRESH = timedelta(hours=1)
REMEMBERED = 300  # rosters; one of 30 people takes some 15 KB


class Rosters(Protocol):
    async def of(self, tenant: str, team: Team, listed_at: datetime | None = None) -> Roster:
        """Everybody in the team. Call it before a unit, never in it.

        `listed_at`, where it is known, is when the list that is kept was fetched: that spares looking it up again.
        """

    async def address(self, tenant: str, team: Team, channel_user_id: str) -> str | None:
        """How Teams addresses a member, for a link to a chat or a call: asked each time, kept nowhere; None = unknown.

        Call it outside a unit.
        """


class MemberList(Protocol):
    """Where the members come from: the connector's paged members."""

    async def members(self, reference: Reference) -> Sequence[Member]: ...

    async def address(self, reference: Reference, channel_user_id: str) -> str | None: ...


class MirroredRosters:
    """Rosters that ask Teams at most once an hour for a team, and keep the answer for everybody's next question."""

    def __init__(self, units: Units, source: MemberList, clock: Clock) -> None:
        self._units, self._source, self._clock = units, source, clock
        # Only what the database says is still the one it has is answered from here: replicas need not share it.
        self._known: OrderedDict[tuple[str, str], Roster] = OrderedDict()

    async def of(self, tenant: str, team: Team, listed_at: datetime | None = None) -> Roster:
        now, known = self._clock.now(), self._known.get((tenant, team.id))
        if known and known.fetched_at == listed_at and now - known.fetched_at < FRESH:
            return known
        self._known.pop((tenant, team.id), None)
        async with self._units.read(tenant) as unit:
            roster = await unit.members.of(team.id)
            if roster and now - roster.fetched_at < FRESH:
                self._remember(tenant, team, roster)
                return roster
            reference = await unit.teams.reference(team.id)
        if reference is None:
            return roster or Roster((), now)
        try:
            members = tuple(await self._source.members(reference))
        except (Blocked, NotFound, Refused) as error:
            # Teams does answer, and says no: whoever was on the old list is not known to be in the team any more.
            log.info("roster_refused", status=error.status, reason=type(error).__name__)
            async with self._units.mirror(tenant) as unit:
                await unit.members.forget(team.id)
            return Roster((), now)
        except ConnectorError as error:
            if roster is None:
                raise
            # A list of an hour old still shows the right faces; it is kept for a day at most.
            log.warning("roster_not_refreshed", status=error.status, reason=type(error).__name__)
            return roster
        async with self._units.mirror(tenant) as unit:
            await unit.members.replace(team.id, members, now)
        return Roster(members, now)

    def _remember(self, tenant: str, team: Team, roster: Roster) -> None:
        self._known[tenant, team.id] = roster
        self._known.move_to_end((tenant, team.id))
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    async def address(self, tenant: str, team: Team, channel_user_id: str) -> str | None:
        async with self._units.read(tenant) as unit:
            reference = await unit.teams.reference(team.id)
        try:
            return await self._source.address(reference, channel_user_id) if reference else None
        except ConnectorError as error:
            # An answer without links still says how somebody wants to be reached.
            log.warning("address_not_told", status=error.status, reason=type(error).__name__)
            return None
