"""What somebody says of their own settings: the usual length and mode, the line at the end, the status message."""

from dataclasses import replace

from bot.domain.focus.intents import FEWEST, MOST, Problem, Settings, Unclear
from bot.domain.focus.lengths import counted
from bot.domain.focus.session import Mode
from bot.domain.focus.text import Words

_MODES = {"quiet": Mode.QUIET, "reachable": Mode.REACHABLE}


def settings(words: Words) -> Settings | Unclear | None:
    """A whole sentence about what is usual; None for one that is not."""
    at = 0
    found = Settings()
    while (at := words.past_filler(at)) < len(words):
        piece = _setting(words, at, found)
        if piece is None or isinstance(piece[0], Unclear):
            return piece and piece[0]
        found, at = piece[0], piece[1]
    return found if len(words) and words.keys("focus_setting", words.past_filler(0))[1] else None


def half_a_setting(words: Words) -> Settings | None:
    """What "standaard 25 nota" would set without its last words."""
    end = words.after("focus_setting", "usual", 0)
    found = _usual(words, end, Settings()) if end else None
    return found[0] if found and isinstance(found[0], Settings) and found[0] != Settings() else None


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
    while (at := words.past_filler(at)) < len(words):
        end, keys = words.keys("focus", at)
        mode = next((_MODES[key] for key in sorted(keys & set(_MODES))), None)
        minutes = None if mode else counted(words, at)
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
        on, end = _on(words, words.past_filler(end))
    if on is None:
        offers = (_switched(found, name, on=True), _switched(found, name, on=False))
        return (Unclear(Problem.ON_OR_OFF, offers), end) if words.past_filler(end) >= len(words) else None
    return _switched(found, name, on=on), end


def _switched(found: Settings, name: str, *, on: bool) -> Settings:
    return replace(found, end_line=on) if name == "end_line" else replace(found, status=on)


def _on(words: Words, at: int) -> tuple[bool | None, int]:
    end, keys = words.keys("focus_setting", at)
    return (("on" in keys), end) if keys & {"on", "off"} and words.ends(end) else (None, at)
