"""Making a person known: with their first choice, and only then (promise 1)."""

from bot.services.units import WriteUnit
from bot.turn import Ask


async def know(ask: Ask, unit: WriteUnit, **settings: object) -> None:
    """Keep these settings of the asker, and how to reach them: before anything else that they chose.

    Written each time: what the ask knows may be older than a `/forget`, and no choice may stay without its person. Whoever
    forgets at the same moment waits for the row, or is waited for.
    """
    await unit.people.change(ask.user_id, **settings, contact=ask.contact, leaving_since=None)
