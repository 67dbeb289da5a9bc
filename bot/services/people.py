"""Making a person known: with their first choice, and only then (promise 1)."""

from bot.services.units import WriteUnit
from bot.turn import Ask


async def know(ask: Ask, unit: WriteUnit, **settings: object) -> None:
    """Keep these settings of the asker, and how to reach them; costs nothing when nothing of it is new."""
    known = ask.person
    if known is None or known.contact != ask.contact or known.leaving_since:
        settings = {**settings, "contact": ask.contact, "leaving_since": None}
    if settings:
        await unit.people.change(ask.user_id, **settings)
