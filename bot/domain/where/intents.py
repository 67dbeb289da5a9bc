"""What somebody can mean by `/where`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.days import DayPart, Slot, Usual
from bot.domain.places import Kind, Place, WorkLocation


@dataclass(frozen=True, slots=True)
class Change:
    """One day-part set to an absolute value; None empties it."""

    slot: Slot
    location: WorkLocation | None


class Card(StrEnum):
    """A card of mine to choose places on: whoever chooses there stays there."""

    PLAN = "plan"
    TODAY = "today"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class SetPlan:
    """Set my own day-parts. Never empty; at most one change per slot; in order of time."""

    changes: tuple[Change, ...]
    undo: bool = False  # the values come from an undo button: confirmed without offering to undo again
    expected: tuple[Change, ...] = ()  # undo only day-parts that still have these values; none given = all
    on_card: Card | None = None  # pressed on this card: answered with that card
    follow: bool = False  # set to what the pattern says, whatever values stand in the changes


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a weekly pattern set to an absolute value; None empties it."""

    usual: Usual
    location: WorkLocation | None


@dataclass(frozen=True, slots=True)
class SetPattern:
    """Set lines of my weekly pattern and leave the others. Never empty; in order of the week."""

    lines: tuple[Line, ...]
    undo: bool = False  # the values come from an undo button, every line of them as it was
    expected: tuple[Line, ...] = ()  # undo only lines that still have these values; None = no such line


@dataclass(frozen=True, slots=True)
class ShowPattern:
    """My pattern card; `opened` holds the lines whose choices are open, `kind` the kind of work chosen so far."""

    opened: tuple[Usual, ...] = ()
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class ShowBoard:
    """Today's (or another day's) board; `team` None = the team spoken in, or all of mine in a personal chat."""

    day: date
    team: str | None = None
    page: int | None = None  # None = the overview; from 0 = the pages of names of a large team
    looked_up_name: bool = False  # the asker typed a name: the board comes with "I do not look up one person"
    alone: bool = False  # in my own chat too: without my plan below it


@dataclass(frozen=True, slots=True)
class ShowWeek:
    """A team's week. `monday` None = the week that matters now; `team` None = the one spoken in, or my first."""

    monday: date | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Find:
    """Who of those who share with me is at this place, or does this kind of work; one of the two at least.

    `named` narrows the place class to one named place; `part` None = at any time of the day.
    """

    day: date
    part: DayPart | None = None
    place: Place | None = None
    named: str | None = None
    kind: Kind | None = None


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
    DATED = "dated"  # a date or "tomorrow" in a pattern, which has days of the week only
    NO_WEEKDAY = "no_weekday"  # a pattern without a day of the week
    NO_PATTERN = "no_pattern"  # follow the pattern on a day for which it says nothing
    WHICH_WEEKS = "which_weeks"  # "om de week vr vrij, ma thuis": Monday in every week, or in the same ones?


@dataclass(frozen=True, slots=True)
class Unclear:
    """What was understood so far, and what stands in the way. Holds no word of the sentence but those we know."""

    problem: Problem
    slots: tuple[Slot, ...] = ()
    location: WorkLocation | None = None
    kind: Kind | None = None
    offers: tuple[SetPlan, ...] = ()  # complete readings to choose from, best first (typo, day-part, two places)
    leftover: tuple[str, ...] = ()  # the words not understood: to compare with names in memory, never shown or kept
    weekly: bool = False  # said of the weekly pattern: `patterns` are its complete readings
    patterns: tuple[SetPattern, ...] = ()


Intent = SetPlan | SetPattern | ShowPattern | ShowBoard | ShowWeek | Find | ShowPlan | Share | Unclear
