"""What parts of a sentence of `/focus` say, before it is known which of them go together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.domain.focus.intents import Problem
from bot.domain.focus.session import Mode


@dataclass(frozen=True, slots=True)
class Length:
    """So many minutes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Number(Length):
    """A number without anything: minutes, where it can be."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day in minutes after midnight; `sure`: said with am, pm or a zero, or after noon.

    `early`: said as an hour before dawn, and taken for that of the afternoon.
    """

    minute: int
    sure: bool = False
    early: bool = False


@dataclass(frozen=True, slots=True)
class Either:
    """Such as "2u" and "1:30": a length or a time of the day. `usually`: a length, unless a day was said."""

    length: Length
    clock: Clock
    usually: bool = False
    colon: bool = False  # with a day this is a time
    bare: bool = False  # a number alone, which may count what the subject is about
    then: Length | None = None  # the rest of it, as a time: "2u 30 min" may be half an hour from two o'clock on


@dataclass(frozen=True, slots=True)
class Until:
    clock: Clock


@dataclass(frozen=True, slots=True)
class Between:
    """Such as "13-15u"; `loose`: bare numbers that may be no times at all."""

    start: Clock
    end: Clock
    loose: bool = False


@dataclass(frozen=True, slots=True)
class In:
    """Such as "over een half uur": so many minutes from now."""

    minutes: int


@dataclass(frozen=True, slots=True)
class OnDay:
    """A day; `other` is the second that may be meant. `part` is a key of the table of day-parts, "evening", or "later"."""

    day: date
    part: str | None = None
    other: date | None = None
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class As:
    """A way to focus: a mode, or a learning block."""

    mode: Mode | None = None


@dataclass(frozen=True, slots=True)
class Sure:
    """Such as "toch": outside working hours as well."""


@dataclass(frozen=True, slots=True)
class Silent:
    """Says nothing."""


@dataclass(frozen=True, slots=True)
class Impossible:
    """Such as "25:00"."""

    problem: Problem


Piece = Length | Clock | Either | Until | Between | In | OnDay | As | Sure | Silent | Impossible
Found = tuple[Piece, int] | None  # and the place of the token behind it
Read = Callable[[int], Found]  # the piece at a place; None where a word says no more than itself
