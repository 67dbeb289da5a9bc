"""An unclear sentence: what was understood, and buttons to finish it."""

from bot.commands.where.views import names_of, part, parts_of, spot
from bot.domain.days import whole_day
from bot.domain.where.intents import Problem, Unclear
from bot.domain.where.plan import choices
from bot.turn import Ask
from cards.where import Offer, UnclearView

# Where a place is what is missing, the card offers every place for the day that was understood. For today only where
# nothing at all was said: "morgen niet thuis" must not put today in front of somebody's thumb.
WANTS_A_PLACE = frozenset({Problem.NO_PLACE, Problem.ADDRESS, Problem.LEFTOVER, Problem.EMPTY_CHOICE})


def unclear_view(ask: Ask, intent: Unclear) -> UnclearView:
    """What to show for a sentence that was not enough to act on; nothing was stored."""
    names = names_of(ask.places)
    slots = intent.slots or (whole_day(ask.today) if intent.problem is Problem.EMPTY_CHOICE else ())
    wants_place = intent.problem in WANTS_A_PLACE and intent.location is None and bool(slots)
    options, _ = choices(ask.places, intent.kind) if wants_place else ((), 0)
    return UnclearView(
        problem=intent.problem.value,
        today=ask.today,
        parts=tuple(part(slot, intent.location, names) for slot in slots),
        spot=spot(intent.location, names) if intent.location else None,
        kind=intent.kind.value if intent.kind else None,
        spots=tuple(spot(option, names) for option in options),
        offers=tuple(Offer(parts_of(offer.changes, names)) for offer in intent.offers),
    )
