"""What somebody means by the words after `/today`: show it, or send it every day at a time."""

import re
from dataclasses import dataclass

from bot.domain.words import Lexicon, fold

USUAL = 8 * 60 + 30  # minutes after midnight
# Nothing is sent before working hours, and a day that is nearly over needs no card.
EARLIEST, LATEST = 8 * 60, 17 * 60
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.u]\s*(\d{2}))?")
_HOUR, _HOURS = 60, 24


@dataclass(frozen=True, slots=True)
class ShowToday:
    """My day now; `problem`: "time" or "hours", why it will not be sent."""

    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SendDaily:
    """Send it on each working day, so many minutes after midnight; None = no longer."""

    minute: int | None


Intent = ShowToday | SendDaily


def parse(text: str, lexicon: Lexicon) -> Intent | None:
    """Nothing, "every day 8:30" or "off"; None for words that are about something else."""
    if not any(character.isalnum() for character in text):
        return ShowToday()
    match = lexicon.phrase("daily", text)
    if match is None:
        return None
    if match.key == "off":
        return None if match.rest.strip() else SendDaily(None)
    if match.key != "on":
        return None
    said = match.rest if match.rest.strip() else str(USUAL // _HOUR) + ":" + str(USUAL % _HOUR)
    return _at(said, lexicon)


def _at(text: str, lexicon: Lexicon) -> Intent:
    before = lexicon.phrase("daily", text)
    words = fold(before.rest if before and before.key == "at" else text).strip()
    found = _TIME.match(words)
    after = words[found.end() :].strip(" .") if found else ""
    if found is None or (after and after not in lexicon.texts("daily", "hour")):
        return ShowToday("time")
    hour, minutes = int(found[1]), int(found[2] or 0)
    if hour >= _HOURS or minutes >= _HOUR:
        return ShowToday("time")
    return to_send(hour * _HOUR + minutes) or ShowToday("hours")


def to_send(minute: object) -> SendDaily | None:
    """Sending it at this minute of the day; None for anything that is no such time."""
    return SendDaily(minute) if type(minute) is int and EARLIEST <= minute <= LATEST else None
