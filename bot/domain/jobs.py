"""Work that must happen, by name: what a unit of work asks of the engine of jobs."""

import re
from dataclasses import dataclass
from enum import StrEnum

QUEUE = "work"
# Messages have a queue of their own: a card does not wait behind ten thousand of them.
MESSAGES = "messages"


class Work(StrEnum):
    """What there is to do; the engine's workflows have these names, so a name that ever ran stays."""

    COLLECT = "collect"  # find the deliveries that are due now and make batches of them
    DELIVER = "deliver"  # send one batch: tenant, batch
    REDRAW = "redraw"  # draw one living card as things are now: tenant, card id, redraw
    FOCUS = "focus"  # bring somebody's Teams and calendar in line with their focus session: tenant, session id

    @property
    def queue(self) -> str:
        """The engine's queue it waits in."""
        return MESSAGES if self is Work.DELIVER else QUEUE


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work. Asked for twice with the same key it is done once; `arguments` are ids only.

    `delay` is in seconds by the engine's own clock, and for a minute at most: what is later is a row's `due_at`, which
    the minute tick finds. One that is `patient` lets all others of its queue go first.
    """

    work: Work
    key: str
    arguments: tuple[str, ...] = ()
    delay: float = 0.0
    patient: bool = False


def sync_url(database: str) -> str:
    """The store's URL for the engine's own, synchronous drivers."""
    plain = re.sub(r"\+(asyncpg|aiosqlite)(?=://)", "", database, count=1)
    return re.sub(r"([?&])ssl=", r"\1sslmode=", plain) if plain.startswith("postgresql") else plain
