"""To whom deliveries go, in which language, and when they may be spoken to: looked up for many at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.dispatcher import Command, variant
from bot.domain.capabilities import switched_on
from bot.domain.days import DayPart, Slot
from bot.domain.people import Contact, Person, Team
from bot.domain.places import Place, WorkLocation
from bot.domain.where.board import Plan
from bot.domain.working import LOOK_AHEAD, next_team_moment, next_working_moment
from bot.outgoing import Delivery, Receiver
from bot.services import Defaults, ReadUnit, Services
from bot.turn import Reference, Scope

# People live in more than one zone: what is today for one of them is tomorrow for another.
_A_DAY = timedelta(days=1)
_AWAY = WorkLocation(Place.NOT_WORKING)


@dataclass(frozen=True, slots=True)
class Route:
    """To whom a delivery goes and how to speak there; `at` is when they may be spoken to."""

    receiver: Receiver
    to: Reference
    at: datetime
    only_for: str | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What the deliveries of a batch lean on: who is on, and everybody they are for."""

    on: frozenset[str]
    people: Mapping[str, Person]
    plans: Mapping[str, Plan]
    teams: Mapping[str, tuple[Team, Reference]]
    focus: Mapping[str, datetime]  # until when, of those who are in focus

    def is_lost(self, delivery: Delivery) -> bool:
        """Whether its receiver blocked or removed Samen and was not heard of since."""
        person, team = self.people.get(delivery.user_id or ""), self.teams.get(delivery.team_id or "")
        return bool((person and person.unreachable_since) or (team and team[0].unreachable_since))


class Routes:
    """Finds routes with a handful of statements, however many deliveries there are."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def look(self, tenant: str, deliveries: Sequence[Delivery], now: datetime) -> Looked:
        """Everything about those whom these deliveries of one tenant are for."""
        users = {one.user_id for one in deliveries if one.user_id}
        teams = {one.team_id for one in deliveries if one.team_id}
        async with self._services.units.read(tenant) as unit:
            switches = await unit.capabilities.switches()
            people = await unit.people.of_each(users) if users else {}
            return Looked(
                on=switched_on(switches, all_on=self._services.defaults.all_on),
                people=people,
                plans=await _plans(unit, people, now.date()) if people else {},
                focus=await unit.focus.until(people, now) if people else {},
                teams={team_id: found for team_id in teams if (found := await _team(unit, team_id))},
            )

    def route(self, delivery: Delivery, command: Command, looked: Looked, now: datetime) -> Route | None:
        """None: nobody to send it to, or the organisation switched it off meanwhile."""
        if command.capability and command.capability not in looked.on:
            return None
        if delivery.team_id:
            return self._to_team(delivery, looked, now)
        return self._to_person(delivery, looked, now)

    def _to_team(self, delivery: Delivery, looked: Looked, now: datetime) -> Route | None:
        team, to = looked.teams.get(delivery.team_id or "", (None, None))
        if team is None or to is None or team.asleep_since or team.unreachable_since:
            return None
        receiver = self._receiver(team.language, team.zone, now, team=team)
        return Route(receiver, to, next_team_moment(now, ZoneInfo(receiver.zone), delivery.made_at))

    def _to_person(self, delivery: Delivery, looked: Looked, now: datetime) -> Route | None:
        person = looked.people.get(delivery.user_id or "")
        if person is None or person.contact is None or person.unreachable_since:
            return None
        if person.is_quiet(now) or person.leaving_since:
            return None
        receiver = self._receiver(person.language, person.zone, now, person=person)
        # Nothing that Samen sends by itself is worth disturbing somebody in focus for. The pattern is in the plan already.
        at = next_working_moment(
            max(now, looked.focus.get(person.user_id, now)),
            ZoneInfo(receiver.zone),
            looked.plans.get(person.user_id, {}),
        )
        chat = _chat(delivery.tenant, person.contact)
        return Route(receiver, chat, at, person.contact.channel_user_id) if at else None

    def _receiver(self, language: str | None, zone: str | None, now: datetime, **who: object) -> Receiver:
        defaults: Defaults = self._services.defaults
        zone = zone or defaults.zone
        return Receiver(
            language=variant(language or defaults.language, defaults.country),
            country=defaults.country,
            zone=zone,
            today=now.astimezone(ZoneInfo(zone)).date(),
            **who,  # type: ignore[arg-type]  # person or team
        )


async def _plans(unit: ReadUnit, users: Collection[str], today: date) -> Mapping[str, Plan]:
    """Everybody's plan of the days ahead; somebody who wants no more messages on a day is away on it."""
    first, last = today - _A_DAY, today + LOOK_AHEAD + _A_DAY
    plans = {user_id: dict(plan) for user_id, plan in (await unit.plans.of_each(users, first, last)).items()}
    for user_id, day in await unit.quiet_days.of_each(users, first, last):
        plans.setdefault(user_id, {}).update({Slot(day, part): _AWAY for part in DayPart})
    return plans


async def _team(unit: ReadUnit, team_id: str) -> tuple[Team, Reference] | None:
    team, to = await unit.teams.get(team_id), await unit.teams.reference(team_id)
    return (team, to) if team and to else None


def _chat(tenant: str, contact: Contact) -> Reference:
    return Reference(
        tenant=tenant,
        conversation=contact.conversation or "",
        service_url=contact.service_url,
        channel=contact.channel,
        bot_id=contact.bot_id,
        bot_name=contact.bot_name,
        scope=Scope.PERSONAL,
    )
