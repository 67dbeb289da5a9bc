"""Short orders to `/focus` other than to start: stop, show, make it longer."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain.focus.habits import settings
from bot.domain.focus.intents import FEWEST, MOST, At, Extend, Intent, Problem, ShowFocus, Start, Stop, Unclear
from bot.domain.focus.lengths import counted
from bot.domain.focus.pieces import Clock, Either, Length, Until
from bot.domain.focus.rules import Interval, extended, moment
from bot.domain.focus.text import Words
from bot.domain.focus.timing import timing


def order(words: Words, now: datetime, under_way: Interval | None) -> Intent | None:
    """A whole sentence that is an order; None for one that is not, or not wholly."""
    if _is_all(words, "stop"):
        return Stop()
    if _is_all(words, "show"):
        return ShowFocus()
    return settings(words) or _longer(words, now, under_way)


def begins_to_stop(words: Words) -> bool:
    """Whether it begins as "stop" does, and goes on."""
    return words.after("focus", "stop", words.silent(0)) is not None


def _is_all(words: Words, key: str) -> bool:
    at = words.after("focus", key, words.past_filler(0))
    return at is not None and words.ends(at) and words.past_filler(at) >= len(words)


@dataclass(frozen=True, slots=True)
class _More:
    """How much longer. `from_now`: said of the time that is left, or of the end."""

    minutes: int = 0
    until: Clock | None = None
    from_now: bool = False


def _longer(words: Words, now: datetime, under_way: Interval | None) -> Intent | None:
    more = _said_longer(words)
    if more is None:
        return None
    if under_way is None:
        return Unclear(Problem.NOTHING_ON, _instead(more, now))
    if more.until:
        return extended(under_way, _end(more.until, now), now)
    if more.minutes < 1:
        return Unclear(Problem.TOO_SHORT)
    later = timedelta(minutes=more.minutes)
    if not more.from_now:
        return extended(under_way, under_way[1] + later, now)
    # From the end on, or from now on: the second may be no longer than it is already.
    ends = [end + later for end in (under_way[1], now.astimezone(UTC)) if end + later > under_way[1]]
    found = [extended(under_way, end, now) for end in ends]
    offers = tuple(each for each in found if isinstance(each, Extend))
    return Unclear(Problem.DOUBTFUL, offers) if len(offers) > 1 else found[0]


def _instead(more: _More, now: datetime) -> tuple[Start, ...]:
    """The same as a start, with nothing on to make longer."""
    if more.until:
        return (Start(until=At(now.date(), more.until.minute)),)
    return (Start(minutes=more.minutes),) if FEWEST <= more.minutes <= MOST else ()


def _end(until: Clock, now: datetime) -> datetime:
    end = moment(At(now.date(), until.minute), now.tzinfo or UTC, now)
    over_midnight = end <= now and end + timedelta(days=1) - now <= timedelta(minutes=MOST)
    return end + timedelta(days=over_midnight)


def _said_longer(words: Words) -> _More | None:
    """Such as "verleng tot 12:00", "verleng met 30", "+30", "30 min langer", "nog 30 min"."""
    at = words.past_filler(0)
    begins = at + 1 if words.text(at) == "+" else words.after("focus", "extend", at)
    still = words.after("focus", "still", at)
    said = _by(words, words.past_filler(begins or still or at))
    if said is None:
        return None
    end = words.past_filler(said[1])
    behind = words.after("focus", "longer", end)
    end = words.past_filler(behind) if behind else end
    if end < len(words) or not (begins or still or behind):
        return None
    return replace(said[0], from_now=bool(still and not behind and not said[0].until))


def _by(words: Words, at: int) -> tuple[_More, int] | None:
    at = words.after("focus", "by", at) or at
    if found := counted(words, at):
        return _More(found[0]), found[1]
    if hour := words.after("length", "hour", at):
        return _More(60), hour  # "another hour"
    match timing(words, at):
        case (Until(until), end):
            return _More(until=until), end
        case (Either(Length(minutes)), end):
            return _More(minutes), end
    return None
