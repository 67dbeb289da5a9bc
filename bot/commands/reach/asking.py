"""How to reach a colleague: only what they show to a team that the asker is in too.

Whoever shows nothing, chose nothing, pauses or does not exist is answered about with the same card, after the same
statements: the answer tells nobody which of these it is.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.commands.reach.own import show_mine
from bot.domain.capabilities import Capability
from bot.domain.days import SATURDAY, whole_day
from bot.domain.people import Member, Person
from bot.domain.places import NamedPlace, WorkLocation
from bot.domain.reach.find import matching
from bot.domain.reach.intents import FindColleague
from bot.domain.reach.rules import DAY, NOON, Rules, Today, Urgency, now_and_later, open_today
from bot.services import ReadUnit, Services
from bot.services.teams import my_teams, rosters_of
from bot.turn import Answer, Ask, Scope
from cards.reach import ChooseColleagueView, ReachView, UnknownReachView, Way
from cards.where import Spot, Stay

NOBODY = Member("", "", "")
LONGEST_ADDRESS = 320


@dataclass(frozen=True, slots=True)
class _Shown:
    """What somebody shows to the asker: rules, today's places where those are shared too, and in which team."""

    rules: Rules
    today: Today
    now: datetime  # in their own zone
    team: str
    focus: datetime | None = None  # until when they are in focus, in their own zone


async def find(ask: Ask, intent: FindColleague, services: Services) -> Answer:
    """The answer about one person; several of that name are offered to choose from."""
    mine = await my_teams(ask, services)
    rosters = await rosters_of(ask, services, mine)
    people = matching(intent, list(rosters.values()), ask.user_id)
    if len(people) > 1:
        return Answer(ChooseColleagueView(tuple((member.user_id or "", member.name) for member in people)))
    member = people[0] if people else NOBODY
    if member.user_id == ask.user_id:
        return await show_mine(ask, services)
    together = frozenset(team for team, roster in rosters.items() if roster.has(member.user_id))
    mentioned = bool(ask.turn.mentions) and ask.turn.scope is not Scope.PERSONAL and not ask.turn.private
    async with services.units.read(ask.turn.key.tenant) as unit:
        shown = await _shown(ask, services, unit, member, together)
    if shown is None:
        return Answer(UnknownReachView(mentioned))
    team = mine.find(shown.team)
    # Only for somebody who shows something: whether Teams was asked tells no more than the answer itself does.
    address = await services.rosters.address(ask.turn.key.tenant, team, member.channel_user_id) if team else None
    return Answer(_view(ask, member.name, shown, address if _is_address(address) else None, mentioned=mentioned))


async def _shown(
    ask: Ask, services: Services, unit: ReadUnit, member: Member, together: frozenset[str]
) -> _Shown | None:
    """What this member shows to the asker. Always asks the store for the same, and decides afterwards."""
    user_id = member.user_id or ""
    person = await unit.people.get(user_id)
    now = services.clock.now().astimezone(ZoneInfo((person and person.zone) or services.defaults.zone))
    rules = await unit.reach.of(user_id)
    shown_in = await unit.reach_sharing.teams_of(user_id) & together
    places_in = await unit.sharing.teams_of(user_id) & together
    plan = await unit.plans.of(user_id, now.date(), now.date())
    until = (await unit.focus.until([user_id], now)).get(user_id) if Capability.FOCUS in ask.capabilities else None
    if not (rules or until) or not shown_in or not _is_there(person, services):
        return None
    seen = bool(places_in) and Capability.WHERE in ask.capabilities
    today = {slot.part: plan[slot] for slot in whole_day(now.date()) if slot in plan} if seen else {}
    return _Shown(rules, today, now, min(shown_in), until and until.astimezone(now.tzinfo))


def _is_there(person: Person | None, services: Services) -> bool:
    return person is not None and not person.is_quiet(services.clock.now())


def _view(ask: Ask, name: str, shown: _Shown, address: str | None, *, mentioned: bool) -> ReachView:
    minute = shown.now.hour * 60 + shown.now.minute
    ahead = _offset(shown.now.astimezone(ZoneInfo(ask.zone))) - _offset(shown.now)
    here, there = now_and_later(shown.today, minute)
    return ReachView(
        name=name,
        day=ask.today,
        ways=tuple(_way(urgency, shown, minute, ahead) for urgency in shown.rules),
        now=_stay(here, ask.places),
        later=_stay(there, ask.places),
        noon=_on_my_clock(NOON, ahead) or 0,
        address=address,
        mentioned=mentioned,
        focus=_on_my_clock(shown.focus.hour * 60 + shown.focus.minute, ahead) if shown.focus else None,
    )


def _way(urgency: Urgency, shown: _Shown, minute: int, ahead: int) -> Way:
    rule = shown.rules[urgency]
    # At the weekend hours hold only for who shows to be at work: nobody fills in "9-17" for their Sunday.
    if shown.now.weekday() >= SATURDAY and not shown.today:
        return Way(urgency.value, rule.route.value, "off")
    holds = open_today(rule, urgency, shown.today, minute)
    if holds is None:
        return Way(urgency.value, rule.route.value, "over")
    start, until = _on_my_clock(holds.start, ahead), _on_my_clock(holds.until, ahead)
    state = "later" if start is not None else "now" if until is not None else "working"
    return Way(urgency.value, rule.route.value, state, rule.within, start, until)


def _offset(moment: datetime) -> int:
    """Minutes ahead of UTC."""
    offset = moment.utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


def _on_my_clock(minute: int | None, ahead: int) -> int | None:
    return minute if minute is None or not ahead else (minute + ahead) % DAY


def _stay(location: WorkLocation | None, places: tuple[NamedPlace, ...]) -> Stay | None:
    if location is None:
        return None
    name = next((place.name for place in places if place.id == location.named), None)
    return Stay(Spot(location.place.value, name), location.kind.value if location.kind else None)


def _is_address(text: str | None) -> bool:
    """Whether this can stand in a link."""
    return text is not None and "@" in text and len(text) <= LONGEST_ADDRESS and not any(c.isspace() for c in text)
