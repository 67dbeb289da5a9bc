"""What is answered about a team's counter, to its members only."""

from dataclasses import replace
from datetime import UTC

from bot.commands.counter.views import choice, need_of, zone_of
from bot.domain import counter as rules
from bot.domain.counter import BUSY_CARD, AskForHelp, Busy, Help, Intent, Need, SetNeed, ShowCounter, Unclear
from bot.domain.people import Team
from bot.domain.where.intents import Change
from bot.domain.where.plan import limits, previous_values
from bot.services import ReadUnit, Services
from bot.services.closing import at_closed_for, closures_for
from bot.services.people import know
from bot.services.stays import names_of, parts_of
from bot.services.teams import MyTeams, my_teams
from bot.turn import Answer, Ask, Reference
from cards import View
from cards.counter import (
    BUSY,
    NEED,
    AskedView,
    CounterProblemView,
    CounterSiteView,
    CounterView,
    NeedRow,
    NeedSet,
    WhichCounterView,
)
from cards.notices import OldCardView, TroubleView
from cards.where import ChangedView, NoTeamView


async def handle(ask: Ask, intent: Intent, services: Services) -> Answer:
    """Members only: the roster is asked first."""
    said = None if isinstance(intent, Unclear) else intent.team
    wanted = said or (ask.team.id if ask.team else None)
    mine = await my_teams(ask, services, of=wanted)
    team = mine.find(wanted) if wanted else next(iter(mine.teams), None)
    if team is None or team.id not in mine.rosters:
        return Answer(_without_team(mine, pressed=ask.turn.press is not None and said is not None))
    if isinstance(intent, Help):
        return await _help(ask, intent, services, (mine, team))
    several = wanted is None and len(mine.teams) > 1
    if isinstance(intent, AskForHelp):
        which = WhichCounterView(tuple(choice(one) for one in mine.teams), BUSY)
        return Answer(which) if several else await _busy(ask, services, team)
    if isinstance(intent, SetNeed) and several:
        choices = tuple(choice(one) for one in mine.teams)
        return Answer(WhichCounterView(choices, NEED, _need_set(ask, intent), intent.named))
    return await _show(ask, intent, services, (mine, team))


def _without_team(mine: MyTeams, *, pressed: bool) -> View:
    if mine.unreachable:
        return TroubleView()
    return OldCardView() if pressed else NoTeamView(tuple(choice(team) for team in mine.teams))


async def _show(
    ask: Ask, intent: ShowCounter | SetNeed | Unclear, services: Services, where: tuple[MyTeams, Team]
) -> Answer:
    """Set what is to be set, and show the week ahead."""
    mine, team = where
    if not isinstance(intent, SetNeed):
        async with services.units.read(ask.turn.key.tenant) as unit:
            view = await _view(ask, unit, services, team)
    else:
        async with services.units.write(ask.turn.key) as unit:
            if not unit.repeated:
                await unit.counter.set(team.id, intent.parts, intent.people, intent.named)
                unit.cards.touch_team(team.id)
            view = await _view(ask, unit, services, team)
            # Delivered twice: told as it is now, which may be something newer than this message said.
            view = view if unit.repeated else replace(view, changed=_need_set(ask, intent))
    others = tuple(choice(other) for other in mine.teams if other.id != team.id) if ask.team is None else ()
    return Answer(replace(view, problem=intent.problem if isinstance(intent, Unclear) else None, others=others))


async def _view(ask: Ask, unit: ReadUnit, services: Services, team: Team) -> CounterView:
    now, zone = services.clock.now(), zone_of(team, services)
    today = now.astimezone(zone).date()
    coming = rules.next_slots(await unit.counter.needs(team.id), now, zone)
    last = max((slot.day for slot, _ in coming), default=today)
    plans = await unit.plans.shared_between(team.id, today, last) if coming else {}
    names = names_of(ask.places)
    rows = tuple(
        NeedRow(
            slot.day,
            slot.part.value,
            need.people,
            rules.is_covered(need, slot, plans),
            names.get(need.named) if need.named else None,
            closed=rules.is_closed(need, slot, closures_for(ask)),
        )
        for slot, need in coming
    )
    return CounterView(choice(team), today, rows)


async def _busy(ask: Ask, services: Services, team: Team) -> Answer:
    """Ask the team once an hour, in its own conversation."""
    now, zone = services.clock.now(), zone_of(team, services)
    local = now.astimezone(zone)
    slot = rules.now_slot(now, zone)
    if slot is None:
        return Answer(CounterProblemView("night"))
    here = ask.team is not None and ask.team.id == team.id
    async with services.units.write(ask.turn.key) as unit:
        needs = await unit.counter.needs(team.id)
        if not rules.is_open(slot.day, needs):
            return Answer(CounterProblemView("weekend"))
        if rules.is_closed(need_of(needs, slot), slot, closures_for(ask)):
            return Answer(_closed(ask, need_of(needs, slot)))
        before = await unit.counter.ask_busy(team.id, slot, now)
        if before is None and not unit.repeated:
            need, plans = need_of(needs, slot), await unit.plans.shared_between(team.id, slot.day, slot.day)
            busy = Busy(slot, now, rules.at_it(need.named if need else None, slot, plans))
            to = _spoken_in(ask) if here else await unit.teams.reference(team.id)
            if to:
                until = rules.ends(slot, zone).astimezone(UTC)
                await unit.cards.post(BUSY_CARD, busy.subject, team.id, to, until=until, plan_day=slot.day)
    if before:
        return Answer(AskedView(choice(team), before.astimezone(zone).strftime("%H:%M"), again=True))
    openly = here and ask.turn.press is None and not ask.turn.private
    return Answer(None if openly else AskedView(choice(team), local.strftime("%H:%M")))


def _spoken_in(ask: Ask) -> Reference:
    """The whole conversation, not a thread of it, where few look."""
    return replace(ask.turn.reference, conversation=ask.turn.reference.conversation.partition(";")[0])


async def _help(ask: Ask, intent: Help, services: Services, where: tuple[MyTeams, Team]) -> Answer:
    """The presser's own plan for that day-part becomes the counter; who sees it is said with it."""
    mine, team = where
    now, zone = services.clock.now(), zone_of(team, services)
    if rules.is_over(intent.slot, now, zone) or limits([intent.slot], now.astimezone(zone).date()):
        return Answer(CounterProblemView("over"))
    async with services.units.write(ask.turn.key) as unit:
        before = await unit.plans.of(ask.user_id, intent.slot.day, intent.slot.day)
        need = need_of(await unit.counter.needs(team.id), intent.slot)
        if rules.is_closed(need, intent.slot, closures_for(ask)):
            return Answer(_closed(ask, need))
        there = rules.at_counter(need.named if need else None, before.get(intent.slot), ask.places)
        changes = (Change(intent.slot, before.get(intent.slot) if unit.repeated else there),)
        if not unit.repeated:
            await know(ask, unit)
            await unit.plans.put(ask.user_id, changes, zone=ask.zone)
        closed = at_closed_for(ask, {change.slot: change.location for change in changes})
    names = names_of(ask.places)
    return Answer(
        ChangedView(
            ask.today,
            parts_of(changes, names),
            parts_of(previous_values(changes, before), names),
            shown_to=tuple(choice(one) for one in mine.teams if one.id in mine.sharing),
            offer=() if team.id in mine.sharing else (choice(team),),
            still_asking=True,
            quiet=ask.quiet,
            closed=closed,
        ),
        more=_which_site(ask, changes),
    )


def _closed(ask: Ask, need: Need | None) -> CounterProblemView:
    return CounterProblemView("closed", names_of(ask.places).get(need.named or "") if need else None)


def _which_site(ask: Ask, changes: tuple[Change, ...]) -> tuple[View, ...]:
    """Asked where it could be any of several sites."""
    sites = tuple((site.id, site.name) for site in rules.sites_of(ask.places))
    unsaid = [change.slot for change in changes if change.location == rules.ANY_COUNTER]
    if not unsaid or len(sites) <= 1:
        return ()
    return (CounterSiteView(unsaid[0].day, unsaid[0].part.value, ask.today, sites),)


def _need_set(ask: Ask, intent: SetNeed) -> NeedSet:
    parts = tuple((part.weekday, part.part.value) for part in intent.parts)
    return NeedSet(parts, intent.people, names_of(ask.places).get(intent.named) if intent.named else None)
