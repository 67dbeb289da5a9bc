"""Reads the lists of sentences of `/focus`: what was typed, and what is meant by it.

"start @26-11T09:00 120m >11:00 quiet learning «rapport»": when, how long or until when, how, what about; what is not
said stays None. A time after ">" is on the day of "@", else today. "stop", "show", "settings 25m end_line=off"; an
offer follows after a bar. "move of=26-11T09:00 @26-11T14:00", "calloff of=26-11.morning" and "endat of=T13:00 >13:30" are about
one that is planned; "own": its time is on the day of that one; "sure": outside working hours, too. "⏎" is a new line.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.days import DayPart
from bot.domain.focus.grammar import Context
from bot.domain.focus.intents import (
    At,
    CallOff,
    EndAt,
    Extend,
    Intent,
    Move,
    Offered,
    Problem,
    Retry,
    Settings,
    ShowFocus,
    SignIn,
    Start,
    Stop,
    Unclear,
    Which,
)
from bot.domain.focus.session import Mode

LISTS = ("nl_nl", "nl_be", "en")
_WHEN = re.compile(r"(\d+)-(\d+)(?:T(\d\d):(\d\d)|\.(morning|afternoon))?")
_ORDERS: dict[str, Intent] = {"show": ShowFocus(), "connect": SignIn(), "retry": Retry(), "new": ShowFocus(new=True)}
_ON = {"on": True, "off": False}


@dataclass(frozen=True)
class SentenceList:
    name: str
    context: Context
    accepted: tuple[tuple[str, Intent], ...]
    refused: tuple[tuple[str, Unclear], ...]
    under_way: tuple[tuple[str, Intent], ...]  # said while a session is on


def load(name: str) -> SentenceList:
    table = tomllib.loads((Path(__file__).parent / f"focus_sentences_{name}.toml").read_text("utf-8"))
    now = datetime.fromisoformat(table["now"]).replace(tzinfo=ZoneInfo(table["zone"]))
    context = Context(now, table["language"])
    lines = {kind: [_line(line) for line in text.splitlines() if line] for kind, text in table["sentences"].items()}
    meant = {kind: tuple((said, intent(text, now)) for said, text in found) for kind, found in lines.items()}
    return SentenceList(name, context, **meant)


def busy(context: Context) -> Context:
    """The same, while a session is on from 8:40 until 9:30."""
    begin, end = (context.now.replace(hour=hour, minute=minute) for hour, minute in ((8, 40), (9, 30)))
    return replace(context, under_way=(begin.astimezone(UTC), end.astimezone(UTC)))


def intent(meant: str, now: datetime) -> Intent:
    if meant in _ORDERS:
        return _ORDERS[meant]
    what, *parts = meant.split()
    if what == "move":
        to = next((part[1:] for part in parts if part[0] == "@"), None)
        return Move(_at(to, now.date()) if to else None, _which(parts, now.date()), "sure" in parts, "own" in parts)
    if what == "calloff":
        return CallOff(_which(parts, now.date()))
    if what == "endat":
        end = next(part[1:] for part in parts if part[0] == ">")
        return EndAt(_which(parts, now.date()), int(end[:2]) * 60 + int(end[3:]))
    first, *offers = meant.split("|")
    first = first.strip().removesuffix(":")
    if first in list(Problem):
        return Unclear(Problem(first), tuple(_act(offer.strip(), now) for offer in offers))
    return _act(first, now)


def _which(parts: list[str], today: date) -> Which:
    """Such as "of=26-11T09:00", "of=26-11.morning", "of=T14:00"."""
    said = next((part[3:] for part in parts if part.startswith("of=")), "")
    if said.startswith("T"):
        return Which(minute=int(said[1:3]) * 60 + int(said[4:]))
    if not said:
        return Which()
    at = _at(said.partition(".")[0], today)
    return Which((at.day,), at.minute, said.partition(".")[2] or None)


def _line(line: str) -> tuple[str, str]:
    said, meant = line.split("=>")
    return said.strip().replace("⏎", "\n"), meant.strip()


def _act(meant: str, now: datetime) -> Offered:
    what, _, rest = meant.partition(" ")
    if what == "stop":
        return Stop()
    if what == "extend":
        return Extend(now.replace(hour=int(rest[:2]), minute=int(rest[3:])).astimezone(UTC))
    return _settings(rest.split()) if what == "settings" else _start(rest, now)


def _settings(words: list[str]) -> Settings:
    switches = {word.partition("=")[0]: _ON[word.partition("=")[2]] for word in words if "=" in word}
    return Settings(_minutes(words), _mode(words), **switches)


def _start(rest: str, now: datetime) -> Start:
    said, _, subject = rest.partition("«")
    words = said.split()
    at = next((_at(word[1:], now.date()) for word in words if word[0] == "@"), None)
    until = next((word[1:] for word in words if word[0] == ">"), None)
    if until and "T" not in until:
        day = at.day if at else now.date()
        until = f"{day.day}-{day.month}T{until}"
    end = _at(until, now.date()) if until else None
    return Start(
        at, _minutes(words), end, _mode(words), "learning" in words, subject.removesuffix("»") or None, "sure" in words
    )


def _minutes(words: list[str]) -> int | None:
    return next((int(word[:-1]) for word in words if word[:-1].isdecimal() and word[-1] == "m"), None)


def _mode(words: list[str]) -> Mode | None:
    return next((Mode(word) for word in words if word in list(Mode)), None)


def _at(text: str, today: date) -> At:
    found = _WHEN.fullmatch(text)
    assert found, text
    day, month = int(found[1]), int(found[2])
    minute = int(found[3]) * 60 + int(found[4]) if found[3] else None
    return At(date(today.year + (month < today.month), month, day), minute, DayPart(found[5]) if found[5] else None)
