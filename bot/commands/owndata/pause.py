"""`/pause 2 weeks` (`/pauze 2 weken`): nothing of mine is shown and nothing is sent to me until a day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.dispatcher import Command
from bot.domain.focus.session import CalledOff
from bot.domain.owndata import LONGEST_PAUSE, Length, pause_end, start_of
from bot.domain.where.grammar import Context, parse
from bot.domain.where.intents import ShowBoard, Unclear
from bot.domain.words import Lexicon, fold
from bot.services import Services
from bot.services.people import know
from bot.turn import Answer, Ask
from cards.owndata import PauseView

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}
MOST_DIGITS = 3
OFFERS = (("week", 1, Length.WEEK), ("weeks", 2, Length.WEEK), ("month", 1, Length.MONTH))


@dataclass(frozen=True, slots=True)
class AskPause:
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Until this day, which itself is no longer part of it."""

    until: date


Intent = AskPause | Pause


def understand(text: str, lexicon: Lexicon, ask: Ask) -> Intent | None:
    """`2 weeks`, `until friday`, `through 3 dec`, or nothing: then it asks."""
    if not text.strip():
        return AskPause()
    match = lexicon.phrase("pause", text)
    if match and match.key == "for":
        text, match = match.rest, lexicon.phrase("pause", match.rest)
    until = _counted(text, lexicon, ask.today) or _dated(text, lexicon, ask)
    if until:
        return _checked(until, ask.today)
    # Without its slash "pauze van de vergadering" is a sentence like any other.
    return AskPause("unclear") if ask.slashed else None


def _checked(until: date, today: date) -> Intent:
    if until <= today:
        return AskPause("past")
    return AskPause("too_far") if until > today + LONGEST_PAUSE else Pause(until)


def _counted(text: str, lexicon: Lexicon, today: date) -> date | None:
    """The end of "2 weeks", "two weeks" or "week"."""
    digits = "".join(character for character in fold(text).lstrip()[: MOST_DIGITS + 1] if character.isdecimal())
    number = lexicon.phrase("pause", text)
    count, rest = 1, text
    if digits and len(digits) <= MOST_DIGITS:
        count, rest = int(digits), fold(text).lstrip()[len(digits) :]
    elif number and number.key in NUMBERS:
        count, rest = NUMBERS[number.key], number.rest
    unit = lexicon.phrase("pause", rest)
    if unit is None or unit.rest.strip() or unit.key not in set(Length):
        return None
    return pause_end(count, Length(unit.key), today)


def _dated(text: str, lexicon: Lexicon, ask: Ask) -> date | None:
    """The end of "until friday", "through 3 dec" or "3 dec", read as `/where` reads its days."""
    match = lexicon.phrase("pause", text)
    known = match if match and match.key in {"until", "through"} else None
    meant = parse(known.rest if known else text, lexicon, Context(ask.today, ask.language, ask.country))
    if isinstance(meant, ShowBoard):
        day = meant.day
    elif known and isinstance(meant, Unclear) and meant.slots and not meant.leftover:
        day = meant.slots[0].day  # "until next week"
    else:
        return None
    return day + timedelta(days=1) if known and known.key == "through" else day


def press(data: Mapping[str, Any], ask: Ask) -> Intent | None:
    """A length that was offered, as the day it ended on when the card was drawn."""
    try:
        return _checked(date.fromisoformat(data["until"]), ask.today)
    except (KeyError, TypeError, ValueError):
        return None


async def handle(ask: Ask, intent: Intent, services: Services) -> Answer:
    """Kept with the person; every sharing choice stays, and holds again by itself at the end.

    Focus time that was planned for the pause is called off: it would be seen. What is under way, and what they start after
    this, is theirs.
    """
    now = services.clock.now()
    asked = PauseView(ask.today, offers=tuple((name, pause_end(n, of, ask.today)) for name, n, of in OFFERS))
    if isinstance(intent, AskPause):
        return Answer(replace(asked, problem=intent.problem))
    until = start_of(intent.until, ask.zone)
    async with services.units.write(ask.turn.key) as unit:
        if unit.repeated and (ask.person is None or ask.person.paused_until != until):
            return Answer(asked)  # delivered twice, and chosen otherwise since
        ahead = await unit.focus.ahead(ask.user_id, now)
        off = [one for one in ahead if now < one.starts_at < until]
        if not unit.repeated:
            await know(ask, unit, paused_until=until, stopped=False)
            for one in off:
                await unit.focus.change(one.id, stopped_at=now, called_off=CalledOff.PAUSED)
        teams = tuple(await unit.own.shown_to(ask.user_id))
    zone = ZoneInfo(ask.zone)
    return Answer(
        PauseView(
            ask.today,
            intent.until,
            teams,
            under_way=next((one.ends_at.astimezone(zone) for one in ahead if one.is_on(now)), None),
            off=tuple((one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)) for one in off),
        )
    )


PAUSE = Command(
    name="pause",
    parse=understand,
    handle=handle,
    verbs={"pause.ask": lambda _data, _ask: AskPause(), "pause.set": press},
)
