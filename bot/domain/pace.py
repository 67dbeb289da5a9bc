"""How fast Samen speaks: to Teams as a whole, and in one conversation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit: 60 messages in 30 s in one conversation. What
# drips out at one a second with at most 30 waiting never makes more of them than that.
GAP = 1.0
BURST = 30.0
# Somewhat slower than the limit: what leaves late by this much of a second is still no second's one too many.
SHARE = 0.95
# A moment further ahead than it takes to come back from asking for it, and to write down that it is used.
HEADROOM = 0.1
# Nobody gets a moment further ahead: it would hold messages that others could send.
AHEAD = 2.0
# Teams never asks for more than an hour, and nobody holds all of Samen for more than a minute.
LONGEST_HOLD = 3600.0
LONGEST_HOLD_OF_ALL = 60.0
ALL = "all"
_WINDOW = "+"


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment to speak (seconds since 1970; None: any), or the one before which it is of no use to ask again.

    `everywhere`: nobody gets a moment in any conversation before.
    """

    at: float | None
    mine: bool = True
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A moment for one message in a conversation, at least `ahead` seconds from now.

    `missed` is one that was given out for it before and not used: it is not in its way.
    """

    name: str
    ahead: float = HEADROOM
    missed: float | None = None


@dataclass(frozen=True, slots=True)
class Allotted:
    """Who speaks when, and the moments that are free next, by name."""

    slots: tuple[Slot, ...]
    free: Mapping[str, float]


def window_of(name: str) -> str:
    """The name under which a conversation's budget of 60 messages in 30 s is kept."""
    return name + _WINDOW


def beyond_belief(free: Mapping[str, float], now: float) -> Sequence[str]:
    """The names whose next free moment nobody can have given out, unless by a clock that is or was ahead."""
    longest = {ALL: LONGEST_HOLD_OF_ALL}
    return [name for name, at in free.items() if at > now + longest.get(name, LONGEST_HOLD) + AHEAD]


def allot(wanted: Sequence[Wanted], free: Mapping[str, float], now: float, rate: float) -> Allotted:
    """Moments for messages, `rate` a second in all and GAP seconds apart in each conversation.

    `free` holds the next free moments that are known. A conversation that is not free at its moment gets none.
    """
    after = dict(free)
    slots: list[Slot] = []
    at = max(free.get(ALL, 0.0), now + max((one.ahead for one in wanted), default=0.0))
    if at > now + AHEAD:
        return Allotted(tuple(Slot(at - AHEAD, mine=False, everywhere=True) for _ in wanted), {})
    for one in wanted:
        window = window_of(one.name)
        spaced = after.get(one.name, 0.0)
        if one.missed is not None and spaced == one.missed + GAP:
            spaced = 0.0
        free_at = max(spaced, after.get(window, 0.0) - BURST)
        if free_at > at:
            slots.append(Slot(free_at, mine=False))
            continue
        slots.append(Slot(at))
        after[one.name] = at + GAP
        if window in free:
            after[window] = spoken(after[window], at)
        at += 1 / (rate * SHARE)
    changed = {name: moment for name, moment in after.items() if moment != free.get(name)}
    return Allotted(tuple(slots), changed | {ALL: at} if changed else {})


def spoken(free_at: float, at: float) -> float:
    """A conversation's budget after one more message at that moment."""
    return max(free_at, at) + GAP
