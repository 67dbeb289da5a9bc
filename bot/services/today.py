"""My day: what the cards of `/today` and `/done` show, for whoever asks or is sent it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain import together
from bot.domain.capabilities import Capability, switched_on
from bot.domain.counter import Busy, Need, at_it, is_closed, is_covered, is_over
from bot.domain.days import SATURDAY, Slot, whole_day
from bot.domain.people import Role, Roster, Team
from bot.domain.places import Kind, WorkLocation
from bot.domain.prompts import Prompt, PromptKind
from bot.domain.sites import closed_at, open_sites
from bot.domain.today import Company, company, is_working_day, next_working_day, offered, open_days
from bot.domain.where.board import AtPlace, Line, Plan
from bot.domain.working import LOOK_AHEAD, works
from bot.outgoing import Delivery, Receiver
from bot.services.closing import at_closed_for, closures_for
from bot.services.services import Services
from bot.services.stays import Names, names_of, part, spot, stay
from bot.services.teams import MyTeams, my_teams, rosters_of
from bot.services.units import ReadUnit
from bot.turn import Actor, Ask, Reference, Scope, Turn, TurnKey
from cards.today import Choosing, HelpAsked, Near, TeamTime, TodayView
from cards.where import PartStay, PlaceRow, Spot, TeamChoice, Who

# Looked at for one card: those I share with come first.
MOST_TEAMS = 5


@dataclass(frozen=True, slots=True)
class _Day:
    """What was read of my day: my plan from today on, and of each team who shows what today."""

    plan: Plan
    left: tuple[Slot, ...]  # of today's halves those that are not over
    people: Mapping[str, Mapping[str, Plan]]  # team id -> user id -> plan


async def today_view(ask: Ask, services: Services) -> TodayView:
    """The asker's day. A network read: call it outside a unit. Looking makes no row of anything."""
    mine = await my_teams(ask, services)
    now = services.clock.now()
    rosters = _here(ask, services, await rosters_of(ask, services, mine), mine, now)
    async with services.units.read(ask.turn.key.tenant) as unit:
        plan = await unit.plans.of(ask.user_id, ask.today, ask.today + LOOK_AHEAD)
        works_today = is_working_day(ask.today, plan)
        people = {team: await unit.plans.shared_with(team, ask.today) for team in rosters} if works_today else {}
        left = tuple(slot for slot in whole_day(ask.today) if not is_over(slot, now, ZoneInfo(ask.zone)))
        day = _Day(plan, left, people)
        view = await _mine(ask, unit, day)
        if works_today:
            view = await _with_teams(ask, unit, view, day, (mine, rosters, services))
    return view


def _here(
    ask: Ask, services: Services, rosters: Mapping[str, Roster], mine: MyTeams, now: datetime
) -> dict[str, Roster]:
    """The teams whose people are shown: where my day is not over yet, and not more than a few."""
    found: dict[str, Roster] = {}
    for team in mine.teams:
        zone = ZoneInfo(team.zone or services.defaults.zone)
        if team.id in rosters and now.astimezone(zone).date() <= ask.today and len(found) < MOST_TEAMS:
            found[team.id] = rosters[team.id]
    return found


async def _mine(ask: Ask, unit: ReadUnit, day: _Day) -> TodayView:
    """What the card shows of me alone."""
    names, plan = names_of(ask.places), day.plan
    works_today = is_working_day(ask.today, plan)
    here = {slot: plan[slot] for slot in day.left if slot in plan}
    later = {slot: at for slot, at in plan.items() if slot.day > ask.today}
    asked_weekly = await unit.prompts.of(ask.user_id, PromptKind.WEEK)
    daily = await unit.prompts.of(ask.user_id, PromptKind.TODAY)
    return TodayView(
        today=ask.today,
        parts=tuple(part(slot, plan.get(slot), names) for slot in whole_day(ask.today)),
        choosing=choosing(ask, day.left, plan) if works_today else None,
        free=None if works_today else "weekend" if ask.today.weekday() >= SATURDAY else "off",
        next=() if works_today else next_day(ask, plan),
        closed=at_closed_for(ask, here) if works_today else None,
        later_closed=at_closed_for(ask, later),
        open_days=open_days(ask.today, plan) if asked_weekly else (),
        daily=at_words(daily),
        late=works_today and len(day.left) < len(whole_day(ask.today)),
        quiet=ask.quiet,
    )


async def _with_teams(
    ask: Ask, unit: ReadUnit, view: TodayView, day: _Day, where: tuple[MyTeams, Mapping[str, Roster], Services]
) -> TodayView:
    """The same with who else works today, my teams' time together, and who still asks for help."""
    mine, rosters, services = where
    names = names_of(ask.places)
    teams = tuple(team for team in mine.teams if team.id in rosters)
    seen = _people(ask, rosters, day)
    met = company(day.plan, seen, ask.today, one_office=not open_sites(ask.places))
    times = []
    for team in teams:
        halves = tuple(each.value for each in together.on(ask.facts.together.get(team.id, ()), ask.today))
        times += [TeamTime(_choice(team), halves)] if halves else []
    return replace(
        view,
        together=tuple(times),
        near=_near(met, names, _shut(ask, day.plan)),
        others=tuple(_row(at, names) for at in met.others),
        teams=tuple(_choice(team) for team in teams),
        sharing=any(team.id in mine.sharing for team in teams),
        helps=await _helps(ask, unit, teams, day, services),
    )


def _people(ask: Ask, rosters: Mapping[str, Roster], day: _Day) -> list[tuple[str, Plan]]:
    """Name and plan of everybody who shows it to one of these teams and is in it; each once, never myself."""
    found: dict[str, tuple[str, Plan]] = {}
    for team_id, roster in rosters.items():
        names = roster.names()
        found |= {user: (names[user], plan) for user, plan in day.people[team_id].items() if user in names}
    found.pop(ask.user_id, None)
    return list(found.values())


def at_words(prompt: Prompt | None) -> str | None:
    """The time at which it is sent: "8:30"."""
    return f"{prompt.at.hour}:{prompt.at.minute:02}" if prompt else None


def choosing(ask: Ask, slots: Sequence[Slot], plan: Plan) -> Choosing | None:
    """A few places for those of these day-parts that have none; None where all have."""
    names = names_of(ask.places)
    empty = tuple(part(slot, None, names) for slot in slots if slot not in plan)
    return Choosing(empty, tuple(spot(at, names) for at in offered(ask.places, plan))) if empty else None


def next_day(ask: Ask, plan: Plan) -> tuple[PartStay, ...]:
    """Both halves of the asker's next working day; nothing where that is not within two weeks."""
    day = next_working_day(ask.today, plan)
    names = names_of(ask.places)
    return tuple(part(slot, plan.get(slot), names) for slot in whole_day(day)) if day else ()


async def _helps(
    ask: Ask, unit: ReadUnit, teams: Sequence[Team], day: _Day, services: Services
) -> tuple[HelpAsked, ...]:
    """What these teams were asked about their counter today, where it is still short and I could go."""
    if Capability.COUNTER not in ask.capabilities:
        return ()
    now = services.clock.now()
    mine = [slot for slot in day.left if works(slot, day.plan) and not _at_counter(slot, day.plan)]
    open_: list[tuple[Team, Slot, Need | None]] = []
    needs = {team: await unit.counter.needs(team.id) for team in teams} if mine else {}
    asked = await _asked(ask, unit, teams, day) if mine else {}
    for team, own in needs.items():
        zone = ZoneInfo(team.zone or services.defaults.zone)
        for slot in mine:
            need = next((one for one in own if (one.weekday, one.part) == (slot.day.weekday(), slot.part)), None)
            if is_over(slot, now, zone) or is_closed(need, slot, closures_for(ask)):
                continue
            if any(question(need) for question in asked.get((team.id, slot), ())):
                open_.append((team, slot, need))
    names = names_of(ask.places)
    return tuple(
        HelpAsked(_choice(team), slot.part.value, names.get(need.named or "") if need else None)
        for team, slot, need in open_
    )


_Question = Callable[[Need | None], bool]  # whether it is still asked, where so much is needed


async def _asked(ask: Ask, unit: ReadUnit, teams: Sequence[Team], day: _Day) -> dict[tuple[str, Slot], list[_Question]]:
    """What these teams read today about their counter, each as a question that may be answered by now."""
    found: dict[tuple[str, Slot], list[_Question]] = {}
    ids = {team.id for team in teams}
    for team_id, slot in await unit.counter.asked(ids, ask.today):
        found.setdefault((team_id, slot), []).append(partial(_is_short, slot, day.people[team_id]))
    for team_id, busy in await unit.counter.busy(ids, ask.today):
        found.setdefault((team_id, busy.slot), []).append(partial(_is_busy, busy, day.people[team_id]))
    return found


def _is_short(slot: Slot, people: Mapping[str, Plan], need: Need | None) -> bool:
    return need is not None and not is_covered(need, slot, people)


def _is_busy(busy: Busy, people: Mapping[str, Plan], need: Need | None) -> bool:
    return at_it(need.named if need else None, busy.slot, people) <= busy.there


def _at_counter(slot: Slot, plan: Plan) -> bool:
    at = plan.get(slot)
    return at is not None and at.kind is Kind.COUNTER


def _shut(ask: Ask, plan: Plan) -> frozenset[Slot]:
    """The halves of today that I planned at a site which is closed then."""
    return frozenset(closed_at({slot: plan.get(slot) for slot in whole_day(ask.today)}, closures_for(ask)))


def _near(met: Company, names: Names, shut: Collection[Slot]) -> tuple[Near, ...]:
    return tuple(
        Near(
            _spot(at.location, names),
            at.slots[0].part.value if len(at.slots) == 1 else None,
            _who(at.lines, names),
            closed=all(slot in shut for slot in at.slots),
        )
        for at in met.near
    )


def _row(at: AtPlace, names: Names) -> PlaceRow:
    return PlaceRow(_spot(at.location, names), _who(at.lines, names))


def _spot(location: tuple[object, str | None], names: Names) -> Spot:
    place, named = location
    return spot(WorkLocation(place, named), names)  # type: ignore[arg-type]


def _who(lines: Sequence[Line], names: Names) -> tuple[Who, ...]:
    return tuple(Who(line.name, line.half.value if line.half else None, stay(line.other, names)) for line in lines)


def _choice(team: Team) -> TeamChoice:
    return TeamChoice(team.id, team.name)


async def as_if_asked(delivery: Delivery, receiver: Receiver, services: Services) -> Ask | None:
    """The receiver of a message as if they asked for it now, in their own chat; None where they cannot be reached."""
    person = receiver.person
    if person is None or person.contact is None:
        return None
    contact, now = person.contact, services.clock.now()
    async with services.units.glance(delivery.tenant) as unit:
        asker = await unit.askers.look(person.user_id, None)
    key = TurnKey(delivery.tenant, contact.conversation or "", delivery.id)
    actor = Actor(delivery.tenant, person.user_id, contact.channel_user_id, "")
    chat = Reference(
        delivery.tenant,
        contact.conversation or "",
        contact.service_url,
        contact.channel,
        contact.bot_id,
        contact.bot_name,
        Scope.PERSONAL,
    )
    return Ask(
        turn=Turn(key, now, actor, Scope.PERSONAL, chat),
        language=receiver.language.partition("-")[0],
        country=receiver.country,
        zone=receiver.zone,
        today=receiver.today,
        team_today=now.astimezone(ZoneInfo(services.defaults.zone)).date(),
        roles=frozenset({Role.MEMBER}),
        person=person,
        facts=asker.facts,
        memberships=asker.memberships,
        capabilities=switched_on(asker.facts.switches, all_on=services.defaults.all_on),
        quiet=person.is_quiet(now),
    )
