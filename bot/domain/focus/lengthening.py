"""Another end for what is under way: "tot 10u", "stop om 10u", "verleng met 30", "een kwartier korter"."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain.focus.clocks import clock
from bot.domain.focus.intents import FEWEST, MOST, At, Extend, Intent, Problem, ShowFocus, Start, Stop, Unclear
from bot.domain.focus.lengths import counted
from bot.domain.focus.pieces import Clock, Either, Found, In, Length, Until
from bot.domain.focus.rules import Interval, extended, moment
from bot.domain.focus.text import Words
from bot.domain.focus.timing import timing

_USUALLY_MORE, _SOONER = 30, (15, 30)  # minutes
_LONGER = {"extend", "longer", "still"}


def until_when(words: Words, now: datetime, under_way: Interval) -> Extend | Unclear | None:
    """A whole sentence that says when it is to end; None for another."""
    end = _ends(words, now)
    if end is None:
        return None
    longer = words.after("focus", "extend", words.past_filler(0))
    return extended(under_way, end, now) if longer else _changed(under_way, end, now)


def by_how_much(words: Words, now: datetime, under_way: Interval | None) -> Intent | None:
    """A whole sentence that says that it is to be longer or shorter; None for another."""
    return _longer(words, now, under_way) or _shorter(words, now, under_way)


@dataclass(frozen=True, slots=True)
class _More:
    """How much longer. `from_now`: said of the time that is left, or of the end."""

    minutes: int = 0
    until: Clock | None = None
    from_now: bool = False


def _ends(words: Words, now: datetime) -> datetime | None:
    """Another end, as a whole sentence: "tot 10u", "stop om 10u", "eindig over 10 minuten", "verleng naar 10u"."""
    at = words.past_filler(0)
    stop = words.after("focus", "stop", at)
    change = words.after("focus", "extend", at) or words.after("focus", "shorten", at)
    begin = words.past_filler(stop or change or at)
    to = words.after("focus", "to", begin) if stop or change else None
    found = clock(words, to, bare=True) if to else _said_end(words, begin, stopping=stop is not None)
    if found is None or words.past_filler(found[1]) < len(words):
        return None
    match found[0]:
        case (Clock() as until) | Until(until):
            return _end(until, now)
        case In(minutes):
            return now.astimezone(UTC) + timedelta(minutes=minutes)
    return None


def _said_end(words: Words, at: int, *, stopping: bool) -> Found:
    """Until when; where it is to stop, a time alone says that as well."""
    found = timing(words, at)
    said = (Until, Clock, In) if stopping else (Until,)
    return found if found and isinstance(found[0], said) else None


def _changed(under_way: Interval, end: datetime, now: datetime) -> Extend | Unclear:
    """With that end; one that is over or too soon may mean that it is to stop now."""
    found = extended(under_way, end, now)
    if isinstance(found, Unclear) and found.problem in (Problem.PAST, Problem.TOO_SHORT):
        return Unclear(found.problem, (Stop(),))
    return found


def _shorter(words: Words, now: datetime, under_way: Interval | None) -> Intent | None:
    """Such as "een kwartier korter", "verkort met 10", "korter", and while one is on "-20"."""
    at = words.past_filler(0)
    less = under_way and words.text(at) == "-" and words.is_glued(at + 1)
    begins = at + 1 if less else words.after("focus", "shorten", at)
    said = _by(words, words.past_filler(begins or at))
    end = words.past_filler(said[1] if said else begins or at)
    behind = words.after("focus", "shorter", end)
    if not (begins or behind) or words.past_filler(behind or end) < len(words) or (said and said[0].until):
        return None
    if under_way is None:
        return ShowFocus()
    if said and said[0].minutes:
        return _changed(under_way, under_way[1] - timedelta(minutes=said[0].minutes), now)
    sooner = [extended(under_way, under_way[1] - timedelta(minutes=minutes), now) for minutes in _SOONER]
    return Unclear(Problem.DOUBTFUL, (*(each for each in sooner if isinstance(each, Extend)), Stop()))


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
    if _is_bare(words):
        return _More(_USUALLY_MORE)
    at = words.past_filler(0)
    begins = at + 1 if words.text(at) == "+" else words.after("focus", "extend", at)
    still = words.after("focus", "still", at)
    said = _by(words, words.past_filler(begins or still or at))
    if said is None:
        return None
    end = words.past_filler(said[1])
    behind = words.after("focus", "longer", end)
    if behind and (amount := _amount_around(words, said, behind)):
        said, behind = amount, amount[1]
    end = words.past_filler(behind) if behind else end
    if end < len(words) or not (begins or still or behind):
        return None
    return replace(said[0], from_now=bool(still and not behind and not said[0].until))


def _amount_around(words: Words, said: tuple[_More, int], behind: int) -> tuple[_More, int] | None:
    """The amount of "10 more minutes", where how much longer stands before its unit."""
    for key, minutes in (("minute", 1), ("hour", 60)):
        if said[0].minutes and words.text(said[1] - 1).isdecimal() and (end := words.after("length", key, behind)):
            return _More(said[0].minutes * minutes), end
    return None


def _is_bare(words: Words) -> bool:
    """Whether it is "verleng", "langer" or "nog even", without how much."""
    at, told = words.past_filler(0), False
    while at < len(words):
        end, keys = words.keys("focus", at)
        if not keys & _LONGER or not words.ends(end):
            return False
        at, told = words.past_filler(end), True
    # "Nog" alone says nothing.
    return told and (len(words) > 1 or not words.after("focus", "still", 0))


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
