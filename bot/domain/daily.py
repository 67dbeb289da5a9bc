"""What somebody means by the words after `/today`: show it, or send it every day at a time."""

from dataclasses import dataclass

from bot.domain.clock import read_time
from bot.domain.words import Lexicon

USUAL = 8 * 60 + 30  # minutes after midnight
# Nothing is sent before working hours, and a day that is nearly over needs no card.
EARLIEST, LATEST = 8 * 60, 17 * 60


@dataclass(frozen=True, slots=True)
class ShowToday:
    """My day now; `problem`: "time" or "hours", why it will not be sent."""

    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SendDaily:
    """Send it on each working day, so many minutes after midnight; None = no longer.

    `keep`: no time was said, so that one which was chosen before stays.
    """

    minute: int | None
    keep: bool = False


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
    return _at(match.rest, lexicon) if match.rest.strip() else SendDaily(USUAL, keep=True)


def _at(text: str, lexicon: Lexicon) -> Intent:
    before = lexicon.phrase("daily", text)
    time = read_time(before.rest if before and before.key == "at" else text, lexicon)
    if time is None or time[0] is None or time[1]:
        return ShowToday("time")
    return to_send(time[0]) or ShowToday("hours")


def to_send(minute: object) -> SendDaily | None:
    """Sending it at this minute of the day; None for anything that is no such time."""
    return SendDaily(minute) if type(minute) is int and EARLIEST <= minute <= LATEST else None
