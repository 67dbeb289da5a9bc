"""Reads the lists of sentences: what was typed, and what is meant by it."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.domain.days import DayPart, Slot
from bot.domain.places import Kind, NamedPlace, Place, WorkLocation
from bot.domain.where.grammar import Context
from bot.domain.where.intents import Change, Problem, SetPlan

LISTS = ("nl_nl", "nl_be", "en")
_PARTS = {"am": (DayPart.MORNING,), "pm": (DayPart.AFTERNOON,)}


@dataclass(frozen=True)
class SentenceList:
    name: str
    context: Context
    accepted: tuple[tuple[str, SetPlan], ...]
    refused: tuple[tuple[str, Problem], ...]


def load(name: str) -> SentenceList:
    table = tomllib.loads((Path(__file__).parent / f"where_sentences_{name}.toml").read_text("utf-8"))
    places = tuple(NamedPlace(key, p["name"], Place(p["place"])) for key, p in table["places"].items())
    context = Context(table["today"], table["language"], table["country"], places)
    lines = {kind: [_line(line) for line in text.splitlines() if line] for kind, text in table["sentences"].items()}
    return SentenceList(
        name,
        context,
        tuple((said, plan(meant, context)) for said, meant in lines["accepted"]),
        tuple((said, Problem(meant)) for said, meant in lines["refused"]),
    )


def _line(line: str) -> tuple[str, str]:
    said, meant = line.split("=>")
    return said.strip(), meant.strip()


def plan(meant: str, context: Context) -> SetPlan:
    """ "26-11 am home focus; 1-12 site=markt" as a plan."""
    changes = [change for clause in meant.split(";") for change in _clause(clause, context)]
    return SetPlan(tuple(sorted(changes, key=lambda change: change.slot.sort_key())))


def _clause(clause: str, context: Context) -> list[Change]:
    words = clause.replace(",", " ").split()
    days = [day for word in words if word[0].isdigit() for day in _days(word, context.today)]
    rest = [word for word in words if not word[0].isdigit()]
    parts = _PARTS.get(rest[0], tuple(DayPart))
    place, *kind = rest[1:] if rest[0] in _PARTS else rest
    place, _, named = place.partition("=")
    location = WorkLocation(Place(place), named or None, Kind(kind[0]) if kind else None)
    return [Change(Slot(day, part), location) for day in days for part in parts]


def _days(word: str, today: date) -> list[date]:
    first, _, last = word.partition("..")
    start, end = _day(first, today), _day(last or first, today)
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    return [day for day in days if not last or day.weekday() < 5]


def _day(text: str, today: date) -> date:
    day, month = (int(part) for part in text.split("-"))
    return date(today.year + (month < today.month), month, day)
