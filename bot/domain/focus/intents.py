"""What somebody can mean by `/focus`."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.days import DayPart
from bot.domain.focus.session import LONGEST, SHORTEST, Mode

_MINUTE, _DAY = 60, 24 * 60
_NOON, _EVENING = 12 * 60, 18 * 60
_PARTS = {
    "morning": range(_NOON),
    "midday": range(_NOON, _EVENING),
    "afternoon": range(_NOON, _EVENING),
    "evening": range(_EVENING, _DAY),
}
FEWEST, MOST = (int(limit.total_seconds()) // _MINUTE for limit in (SHORTEST, LONGEST))
LONGEST_SUBJECT = 120  # characters; a calendar shows half of that


@dataclass(frozen=True, slots=True)
class At:
    """A time of a day on the person's own clock. `minute` counts from midnight; None = some time that day, or part of it."""

    day: date
    minute: int | None = None
    part: DayPart | None = None

    def __post_init__(self) -> None:
        if self.minute is not None and (not 0 <= self.minute < _DAY or self.part is not None):
            raise ValueError("no time of a day")

    @classmethod
    def of(cls, local: datetime) -> "At":
        """The minute that this moment lies in, as its own clock tells it."""
        return cls(local.date(), local.hour * _MINUTE + local.minute)


@dataclass(frozen=True, slots=True)
class Start:
    """Protected time; what is None is as the person has set it, or the usual.

    `at` None = now. `minutes` or `until` say how long, never both. `subject` is as typed, and goes nowhere but into
    the person's own private event. Raises ValueError for what no session can be.
    """

    at: At | None = None
    minutes: int | None = None
    until: At | None = None
    mode: Mode | None = None
    learning: bool = False
    subject: str | None = field(default=None, repr=False)
    sure: bool = False  # outside working hours as well

    def __post_init__(self) -> None:
        if self.minutes is not None and (self.until is not None or not FEWEST <= self.minutes <= MOST):
            raise ValueError("no length of a session")
        if self.until is not None and (self.until.minute is None or (self.at is not None and self.at.minute is None)):
            raise ValueError("no time to end at")
        if self.subject is not None and not (0 < len(self.subject) <= LONGEST_SUBJECT and self.subject.isprintable()):
            raise ValueError("no subject")


@dataclass(frozen=True, slots=True)
class Stop:
    """End what is under way."""


@dataclass(frozen=True, slots=True)
class Extend:
    """Let what is under way end at this moment (aware, UTC): twice the same changes nothing more."""

    until: datetime


@dataclass(frozen=True, slots=True)
class ShowFocus:
    """My card: what is under way or planned, or what can be started; `new`: what can be started, unless one is under way."""

    new: bool = False


@dataclass(frozen=True, slots=True)
class Which:
    """One of what is under way or to come, as somebody names it; nothing said: any of it.

    `days`: one of these. `minute` after midnight when it begins. `part` of the day: "morning", "midday", "afternoon" or "evening".
    """

    days: tuple[date, ...] = ()
    minute: int | None = None
    part: str | None = None

    def fits(self, begin: datetime) -> bool:
        """Whether it can be the one that begins then, on the person's own clock."""
        minute = begin.hour * _MINUTE + begin.minute
        in_part = self.part not in _PARTS or minute in _PARTS[self.part]
        return (not self.days or begin.date() in self.days) and self.minute in (None, minute) and in_part


@dataclass(frozen=True, slots=True)
class CallOff:
    """Not do what is planned, after all."""

    which: Which = Which()


@dataclass(frozen=True, slots=True)
class EndAt:
    """Have one of them end at another time of its day, in minutes after midnight."""

    which: Which
    minute: int


@dataclass(frozen=True, slots=True)
class Move:
    """Have one of what is planned begin at another time; None: now. `sure`: outside working hours as well.

    `own_day`: only the time was said, so it is meant on the day of that one; `at` has it today.
    """

    at: At | None = None
    which: Which = Which()
    sure: bool = False
    own_day: bool = False


@dataclass(frozen=True, slots=True)
class SignIn:
    """Connect my Microsoft 365."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Try once more what did not work in Teams or my calendar."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Set what is usual for me; what is None stays as it is. All None: show them."""

    minutes: int | None = None
    mode: Mode | None = None
    end_line: bool | None = None  # one line at the end
    status: bool | None = None  # a status message meanwhile

    def __post_init__(self) -> None:
        if self.minutes is not None and not FEWEST <= self.minutes <= MOST:
            raise ValueError("no length of a session")


class Problem(StrEnum):
    """Why nothing was done."""

    DOUBTFUL = "doubtful"  # it can be read in two ways: the offers are both
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    PAST = "past"  # that time is over
    ORDER = "order"  # it ends before it begins
    NO_SUCH_TIME = "no_such_time"  # "25:00", "31 november", or no time after "until"
    NO_TIME = "no_time"  # the day is clear, the time is missing
    TOO_FAR = "too_far"
    WHICH_DAY = "which_day"  # "next Friday": in two days, or in nine?
    REPEATED = "repeated"  # every day, every Monday: one session at a time
    NEXT = "next"  # another one begins before that
    NOTHING_ON = "nothing_on"  # nothing to make longer
    ON_OR_OFF = "on_or_off"  # a setting without its value
    LEFTOVER = "leftover"  # words behind a setting, or behind how much longer
    WHICH = "which"  # which of those that are planned
    LONG_SUBJECT = "long_subject"


@dataclass(frozen=True, slots=True)
class Unclear:
    """What stands in the way; `offers` are complete readings to choose from, best first."""

    problem: Problem
    offers: tuple["Offered", ...] = ()


Offered = Start | Stop | Extend | Settings  # what a button can say
Intent = Offered | ShowFocus | CallOff | Move | EndAt | SignIn | Retry | Unclear
