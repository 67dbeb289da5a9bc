"""What somebody means by the words after `/today`: show it, or send it every day at a time."""

from dataclasses import dataclass

from bot.domain.clock import read_time
from bot.domain.words import Lexicon, fold

USUAL = 8 * 60 + 30  # minutes after midnight
# Nothing is sent before working hours, and a day that is nearly over needs no card.
EARLIEST, LATEST = 8 * 60, 17 * 60
LONGEST = 200  # characters; a day and a time take thirty
_AROUND = " \n.,:;!?"


@dataclass(frozen=True, slots=True)
class ShowToday:
    """My day now; `problem`: "time", "hours" or "words", why it will not be sent."""

    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SendDaily:
    """Send it on each working day, so many minutes after midnight; None = no longer.

    `keep`: no time was said, so that one which was chosen before stays.
    """

    minute: int | None
    keep: bool = False


Intent = ShowToday | SendDaily


def parse(text: str, lexicon: Lexicon, *, slashed: bool = True) -> Intent | None:
    """Nothing, "every day 8:30", a time alone, or "off"; None for words that are about something else.

    Without the slash a time alone ("today 14:00") is asked about: it may be said of anything.
    """
    if not any(character.isalnum() for character in text):
        return ShowToday()
    said = _said(text, lexicon) if len(text) <= LONGEST else _NOTHING
    if said.off:
        return None if said.rest or said.times else SendDaily(None)
    if said.on or (said.times and not said.rest):
        return _send(said, lexicon, slashed=slashed)
    return None


def _send(said: "_Said", lexicon: Lexicon, *, slashed: bool) -> Intent:
    if said.rest or len(said.times) > 1:
        return ShowToday("time" if _begins_a_time(said.rest, lexicon) else "words")
    if not said.times:
        return SendDaily(USUAL, keep=True)
    if said.times[0] is None:
        return ShowToday("time")
    if not (said.on or slashed):
        return ShowToday("words")
    return to_send(said.times[0]) or ShowToday("hours")


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said about sending it, in any order; `rest` is what is about something else, from there on."""

    on: bool
    off: bool
    times: tuple[int | None, ...]  # minutes after midnight; None = no time of the day
    rest: str


_NOTHING = _Said(on=False, off=False, times=(), rest="")


def _said(text: str, lexicon: Lexicon) -> _Said:
    whole = rest = fold(text).strip(_AROUND)
    keys, times = set[str](), list[int | None]()
    while rest:
        match = lexicon.phrase("daily", rest)
        if match:
            keys.add(match.key)
            rest = match.rest.strip(_AROUND)
            continue
        time = read_time(rest, lexicon)
        if time is None:
            break
        times.append(time[0])
        rest = time[1].strip(_AROUND)
    alone = len(whole.removesuffix(rest).split()) == 1
    if rest and alone and not _begins_a_time(rest, lexicon):
        return _NOTHING  # one word belongs to what follows: "on leave", "aan de balie"
    return _Said("on" in keys, "off" in keys, tuple(times), rest)


def _begins_a_time(text: str, lexicon: Lexicon) -> bool:
    return text[:1].isdecimal() or lexicon.phrase("clock", text) is not None


def to_send(minute: object) -> SendDaily | None:
    """Sending it at this minute of the day; None for anything that is no such time."""
    return SendDaily(minute) if type(minute) is int and EARLIEST <= minute <= LATEST else None
