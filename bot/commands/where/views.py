"""From domain values to what the cards of `/where` show."""

from collections.abc import Sequence
from datetime import date

from bot.domain.days import DayPart, Slot, whole_day
from bot.domain.people import Team
from bot.domain.places import WorkLocation
from bot.domain.where import board as rules
from bot.domain.where.board import Plan
from bot.domain.where.plan import card_days
from bot.services.stays import Names, names_of, part, parts_of, spot, stay
from bot.turn import Ask
from cards.where import BoardView, KindRows, PartStay, PlaceRow, TeamChoice, Who

__all__ = ["board_view", "choice", "grid", "names_of", "part", "parts_of", "spot", "stay"]


def grid(plan: Plan, today: date, opened: Sequence[Slot], names: Names) -> tuple[PartStay, ...]:
    """Every day-part of the plan card, in order of time."""
    days = card_days(today, {slot.day for slot in (*plan, *opened)})
    return tuple(part(slot, plan.get(slot), names) for day in days for slot in whole_day(day))


def choice(team: Team) -> TeamChoice:
    return TeamChoice(team.id, team.name)


def board_view(ask: Ask, team: Team, day: date, kinds: Sequence[rules.OfKind]) -> BoardView:
    """The board as the asker sees it, without what depends on the asker (see showing.py)."""
    names = names_of(ask.places)
    return BoardView(choice(team), day, ask.today, tuple(_kind(kind, names) for kind in kinds))


def _kind(kind: rules.OfKind, names: Names) -> KindRows:
    heading = (kind.kind.value if kind.kind else None) if kind.working else "not_working"
    return KindRows(heading, tuple(place_row(at, names) for at in kind.places))


def place_row(at: rules.AtPlace, names: Names) -> PlaceRow:
    place, named = at.location
    return PlaceRow(spot(WorkLocation(place, named), names), tuple(_who(line, names) for line in at.lines))


def _who(line: rules.Line, names: Names) -> Who:
    half = line.half.value if isinstance(line.half, DayPart) else None
    return Who(line.name, half, stay(line.other, names))
