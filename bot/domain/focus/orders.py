"""Short orders to `/focus` other than to start: stop, show, make it longer, and what is usual for me."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain.focus.intents import (
    FEWEST,
    MOST,
    At,
    Extend,
    Intent,
    Problem,
    Settings,
    ShowFocus,
    Start,
    Stop,
    Unclear,
)
from bot.domain.focus.lengths import length
from bot.domain.focus.pieces import Clock, Either, Length, Until
from bot.domain.focus.rules import Interval, extended, moment
from bot.domain.focus.session import Mode
from bot.domain.focus.text import Words
from bot.domain.focus.timing import timing

_MODES = {"quiet": Mode.QUIET, "reachable": Mode.REACHABLE}


def order(words: Words, now: datetime, under_way: Interval | None) -> Intent | None:
    """A whole sentence that is an order; None for one that is not, or not wholly."""
    if _is_all(words, "stop"):
        return Stop()
    if _is_all(words, "show"):
        return ShowFocus()
    return _settings(words) or _longer(words, now, under_way)


def begins_to_stop(words: Words) -> bool:
    """Whether it begins as "stop" does, and goes on."""
    return words.after("focus", "stop", words.silent(0)) is not None


def half_a_setting(words: Words) -> Settings | None:
    """What "standaard 25 nota" would set without its last words."""
    end = words.after("focus_setting", "usual", 0)
    found = _usual(words, end, Settings()) if end else None
    return found[0] if found and isinstance(found[0], Settings) and found[0] != Settings() else None


def _is_all(words: Words, key: str) -> bool:
    at = words.after("focus", key, _past_filler(words, 0))
    return at is not None and words.ends(at) and _past_filler(words, at) >= len(words)


def _past_filler(words: Words, at: int) -> int:
    while (further := words.after("focus", "filler", words.silent(at))) is not None:
        at = further
    return words.silent(at)


def _settings(words: Words) -> Intent | None:
    at = 0
    found = Settings()
    while (at := _past_filler(words, at)) < len(words):
        piece = _setting(words, at, found)
        if piece is None or isinstance(piece[0], Unclear):
            return piece and piece[0]
        found, at = piece[0], piece[1]
    return found if len(words) and words.keys("focus_setting", _past_filler(words, 0))[1] else None


def _setting(words: Words, at: int, found: Settings) -> tuple[Settings | Unclear, int] | None:
    end, keys = words.keys("focus_setting", at)
    if not words.ends(end):
        return None
    if "open" in keys:
        return found, end
    if "usual" in keys:
        return _usual(words, end, found)
    return _switch(words, at, found)


def _usual(words: Words, at: int, found: Settings) -> tuple[Settings | Unclear, int] | None:
    """The usual length, the usual mode, or both."""
    begin = at
    while (at := _past_filler(words, at)) < len(words):
        end, keys = words.keys("focus", at)
        mode = next((_MODES[key] for key in sorted(keys & set(_MODES))), None)
        minutes = None if mode else _minutes(words, at)
        if mode and not found.mode and words.ends(end):
            found, at = replace(found, mode=mode), end
        elif minutes and found.minutes is None:
            if not FEWEST <= minutes[0] <= MOST:
                return _no_length(minutes[0]), minutes[1]
            found, at = replace(found, minutes=minutes[0]), minutes[1]
        else:
            break
    return (found, at) if at > begin or at >= len(words) else None


def _no_length(minutes: int) -> Unclear:
    if minutes < FEWEST:
        return Unclear(Problem.TOO_SHORT, (Settings(FEWEST),))
    return Unclear(Problem.TOO_LONG, (Settings(MOST),))


def _switch(words: Words, at: int, found: Settings) -> tuple[Settings | Unclear, int] | None:
    """Such as "eindregel uit", "geen statusbericht"."""
    on, at = _on(words, at)
    end, keys = words.keys("focus_setting", at)
    name = next((key for key in ("end_line", "status") if key in keys), None)
    if name is None or getattr(found, name) is not None or not words.ends(end):
        return None
    if on is None:
        on, end = _on(words, _past_filler(words, end))
    if on is None:
        offers = (_switched(found, name, on=True), _switched(found, name, on=False))
        return (Unclear(Problem.ON_OR_OFF, offers), end) if _past_filler(words, end) >= len(words) else None
    return _switched(found, name, on=on), end


def _switched(found: Settings, name: str, *, on: bool) -> Settings:
    return replace(found, end_line=on) if name == "end_line" else replace(found, status=on)


def _on(words: Words, at: int) -> tuple[bool | None, int]:
    end, keys = words.keys("focus_setting", at)
    return (("on" in keys), end) if keys & {"on", "off"} and words.ends(end) else (None, at)


def _minutes(words: Words, at: int) -> tuple[int, int] | None:
    found = length(words, at)
    if found:
        return found[0].minutes, found[1]
    return (int(words.text(at)), at + 1) if words.is_number(at, 4) and words.ends(at + 1) else None


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
    end = moment(At(now.date(), until.minute), now.tzinfo or now.astimezone().tzinfo, now)  # type: ignore[arg-type]
    over_midnight = end <= now and end + timedelta(days=1) - now <= timedelta(minutes=MOST)
    return end + timedelta(days=over_midnight)


def _said_longer(words: Words) -> _More | None:
    """Such as "verleng tot 12:00", "verleng met 30", "+30", "30 min langer", "nog 30 min"."""
    at = _past_filler(words, 0)
    begins = at + 1 if words.text(at) == "+" else words.after("focus", "extend", at)
    still = words.after("focus", "still", at)
    said = _by(words, _past_filler(words, begins or still or at))
    if said is None:
        return None
    end = _past_filler(words, said[1])
    behind = words.after("focus", "longer", end)
    end = _past_filler(words, behind) if behind else end
    if end < len(words) or not (begins or still or behind):
        return None
    return replace(said[0], from_now=bool(still and not behind and not said[0].until))


def _by(words: Words, at: int) -> tuple[_More, int] | None:
    at = words.after("focus", "by", at) or at
    if found := _minutes(words, at):
        return _More(found[0]), found[1]
    if hour := words.after("length", "hour", at):
        return _More(60), hour  # "another hour"
    match timing(words, at):
        case (Until(until), end):
            return _More(until=until), end
        case (Either(Length(minutes)), end):
            return _More(minutes), end
    return None
