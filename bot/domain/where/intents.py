"""What somebody can mean by `/where`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.days import Slot
from bot.domain.places import Kind, WorkLocation


@dataclass(frozen=True, slots=True)
class Change:
    """One day-part set to an absolute value; None empties it."""

    slot: Slot
    location: WorkLocation | None


@dataclass(frozen=True, slots=True)
class SetPlan:
    """Set my own day-parts. Never empty; at most one change per slot; in order of time."""

    changes: tuple[Change, ...]
    undo: bool = False  # the values come from an undo button: confirmed without offering to undo again
    expected: tuple[Change, ...] = ()  # undo only day-parts that still have these values; none given = all
    on_plan_card: bool = False  # pressed on the plan card: answered with that card


@dataclass(frozen=True, slots=True)
class ShowBoard:
    """Today's (or another day's) board; `team` None = the team spoken in, or all of mine in a personal chat."""

    day: date
    team: str | None = None
    page: int | None = None  # None = the overview; from 0 = the pages of names of a large team
    looked_up_name: bool = False  # the asker typed a name: the board comes with "I do not look up one person"


@dataclass(frozen=True, slots=True)
class ShowPlan:
    """My own plan card; `opened` holds the day-parts whose choices are open, `kind` the kind of work chosen so far."""

    opened: tuple[Slot, ...] = ()
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Show my places to a team, or stop doing so; `team` None = the team spoken in."""

    on: bool
    team: str | None = None


class Problem(StrEnum):
    """Why a sentence was not enough to act on. Nothing is stored then."""

    NO_PLACE = "no_place"  # the day is clear, the place is missing
    NO_DAYPART = "no_daypart"  # "middag" in Flanders: before or after noon?
    WHICH_DAY = "which_day"  # "volgende vrijdag" on a Monday: in four days, or in eleven?
    TWO_PLACES = "two_places"  # two places for the same day-part
    PAST = "past"
    TOO_FAR = "too_far"
    NO_SUCH_DAY = "no_such_day"  # 31 November
    ADDRESS = "address"  # an address, postcode, coordinate, link or phone number
    LEFTOVER = "leftover"  # a word is left over
    TYPO = "typo"  # a word is left over that is nearly one we know: `offer` holds the guess
    EMPTY_CHOICE = "empty_choice"  # nothing to do was said


@dataclass(frozen=True, slots=True)
class Unclear:
    """What was understood so far, and what stands in the way. Holds no word of the sentence but those we know."""

    problem: Problem
    slots: tuple[Slot, ...] = ()
    location: WorkLocation | None = None
    kind: Kind | None = None
    offers: tuple[SetPlan, ...] = ()  # complete readings to choose from, best first (typo, day-part, two places)
    leftover: tuple[str, ...] = ()  # the words not understood: to compare with names in memory, never shown or kept


Intent = SetPlan | ShowBoard | ShowPlan | Share | Unclear
