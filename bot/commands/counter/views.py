"""What several answers of the counter share."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.counter import Need
from bot.domain.days import Slot
from bot.domain.people import Team
from bot.services import Services
from cards.counter import HelpWantedView
from cards.where import TeamChoice


def need_of(needs: tuple[Need, ...], slot: Slot) -> Need | None:
    return next((need for need in needs if (need.weekday, need.part) == (slot.day.weekday(), slot.part)), None)


def help_wanted(team: Team, slot: Slot, today: date, need: Need | None, names: Mapping[str, str]) -> HelpWantedView:
    site = names.get(need.named) if need and need.named else None
    return HelpWantedView(team.id, slot.day, slot.part.value, today, need.people if need else None, site)


def zone_of(team: Team, services: Services) -> ZoneInfo:
    return ZoneInfo(team.zone or services.defaults.zone)


def choice(team: Team) -> TeamChoice:
    return TeamChoice(team.id, team.name)
