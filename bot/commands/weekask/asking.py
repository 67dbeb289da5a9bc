"""The question itself: sent at the moment somebody chose, with the week as it stands then."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from bot.domain.days import monday_of
from bot.domain.places import NamedPlace, Place
from bot.domain.prompts import PromptKind
from bot.domain.weekask import asked_week, offered, shown
from bot.domain.where.pattern import usual
from bot.outgoing import Delivery, Receiver
from bot.services import ReadUnit, Services
from bot.services.prompting import send_due
from bot.services.stays import names_of, part, spot
from cards.weekask import WeekAskedView
from cards.where import PartStay, TeamChoice

MESSAGE = "week.ask"
_TO_SUNDAY = timedelta(days=6)


async def due(now: datetime, services: Services) -> None:
    """Ask everybody whose moment it is, once a week."""
    await send_due(PromptKind.WEEK, MESSAGE, now, services)


async def word(delivery: Delivery, receiver: Receiver, services: Services) -> WeekAskedView | None:
    """The week after the day it is sent for; None when that week has begun, is free, or nobody asked for it any more."""
    day = date.fromisoformat(delivery.subject)
    if receiver.person is None or monday_of(receiver.today) != monday_of(day):
        return None
    user_id = receiver.person.user_id
    async with services.units.read(delivery.tenant) as unit:
        if await unit.prompts.of(user_id, PromptKind.WEEK) is None:
            return None
        view = await week_view(unit, user_id, asked_week(day), await unit.places.all(retired=True))
    return None if all(_is_free(each) for each in view.parts) else view


async def week_view(unit: ReadUnit, user_id: str, monday: date, places: Collection[NamedPlace]) -> WeekAskedView:
    """Somebody's week as pattern and plan have it, who sees it, and which places they may choose where there is none."""
    plan = await unit.plans.of(user_id, monday, monday + _TO_SUNDAY)
    pattern = await unit.patterns.of(user_id)
    names = names_of(places)
    differing = {
        slot: plan.get(slot) for slot in shown(monday, plan) if usual(pattern, slot) not in (None, plan.get(slot))
    }
    return WeekAskedView(
        monday,
        tuple(part(slot, plan.get(slot), names) for slot in shown(monday, plan)),
        spots=tuple(spot(at, names) for at in offered(places)),
        differing=tuple(part(slot, at, names) for slot, at in differing.items()),
        shown_to=await _shown_to(unit, user_id),
    )


async def _shown_to(unit: ReadUnit, user_id: str) -> tuple[TeamChoice, ...]:
    """The teams that see somebody's places; none that Samen was removed from."""
    found = [await unit.teams.get(team_id) for team_id in sorted(await unit.sharing.teams_of(user_id))]
    awake = sorted((team for team in found if team and not team.asleep_since), key=lambda team: team.name.casefold())
    return tuple(TeamChoice(team.id, team.name) for team in awake)


def _is_free(each: PartStay) -> bool:
    return each.stay is not None and each.stay.spot.place == Place.NOT_WORKING
