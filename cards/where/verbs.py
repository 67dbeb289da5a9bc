"""The verbs of `/where`, and how a day-part travels in a button. bot/domain/where/presses.py reads them back."""

from collections.abc import Iterable, Sequence
from datetime import date

from cards.where.stays import PartStay, Spot, Stay, UsualStay

SET = "where.set"
CHOOSE = "where.choose"
CHOSEN = "chosen"  # the id of the drop-down of places
UNDO = "where.undo"
PLAN = "where.plan"
BOARD = "where.board"
SHARE = "where.share"
WEEK = "where.week"
FIND = "who.find"
FOLLOW = "where.follow"
PATTERN = "where.pattern"
SET_PATTERN = "where.pattern_set"
CHOOSE_PATTERN = "where.pattern_choose"
UNDO_PATTERN = "where.pattern_undo"

LETTERS = {"morning": "m", "afternoon": "a"}

Piece = PartStay | UsualStay  # of a plan, or of the pattern


def slot_text(part: Piece) -> str:
    """A day-part's own name: "2026-11-23.m", or "odd.4.m" of the pattern."""
    if isinstance(part, UsualStay):
        return f"{part.weeks}.{part.weekday}.{LETTERS[part.part]}"
    return f"{part.day.isoformat()}.{LETTERS[part.part]}"


def part_text(part: Piece, stay: Stay | None) -> str:
    """A day-part with its value: "2026-11-23.m.site.k3f9.counter"; an empty place empties the day-part."""
    if stay is None:
        return f"{slot_text(part)}..."
    return f"{slot_text(part)}.{stay.spot.place}.{stay.spot.named or ''}.{stay.kind or ''}"


def part_texts(parts: Iterable[Piece]) -> list[str]:
    """Day-parts with the stays they hold."""
    return [part_text(part, part.stay) for part in parts]


def with_spot(parts: Iterable[Piece], spot: Spot | None, kind: str | None) -> list[str]:
    """Day-parts set to one place, or emptied. Not working takes no kind of work."""
    stay = Stay(spot, None if spot.place == "not_working" else kind) if spot else None
    return [part_text(part, stay) for part in parts]


def opening(parts: Sequence[Piece]) -> str:
    """The slot that opens these day-parts: the day when there are two of it, else the one."""
    return slot_text(parts[0]) if len(parts) == 1 else slot_text(parts[0]).rpartition(".")[0]


def day_text(day: date) -> str:
    return day.isoformat()
