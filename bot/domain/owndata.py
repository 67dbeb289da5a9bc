"""What is kept about a person: how each table declares it, and what one person has in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class OnForget(StrEnum):
    """What `/forget` does with a person's rows."""

    DELETE = "delete"
    KEEP = "keep"  # `Keeping.kept` says how long; `/forget` says so too
    DETACH = "detach"  # the row goes on without the person: the user id is emptied


@dataclass(frozen=True, slots=True)
class Keeping:
    """Why a table about people exists, who sees a row and how long it stays; `subject` is the column with the user id.

    `/privacy`, `/mydata`, `/forget`, the nightly deletion and the register of processing are made from these (design,
    section 9). The texts are sentences of the catalogue, listed in `cards/keeping.py`.
    """

    title: str
    purpose: str
    seen_by: str
    kept: str
    subject: str | None
    on_forget: OnForget = OnForget.DELETE


@dataclass(frozen=True, slots=True)
class Kept:
    """One person's rows in one table, every column but the tenant's; `keeping` is what the table declares."""

    name: str
    keeping: Keeping
    rows: Sequence[Mapping[str, object]]
