"""What an organisation decided, as the tests of `/beheer` ask for it."""

from tests.conversations.town import Button
from tests.fakes.botframework import TENANT

DECIDED = "/beheer aan waar 20-11-2026 OR-besluit 2026/113, akkoord: OR en directie"


async def switches(town):
    async with town.store.units.read(TENANT) as unit:
        return await unit.organisation.switches()


async def minimum(town):
    async with town.store.units.read(TENANT) as unit:
        return await unit.organisation.minimum()


async def acts(town):
    async with town.store.units.read(TENANT) as unit:
        return [(act.act, act.subject) for act in await unit.organisation.acts(50)]


def filled(button, **fields):
    """A button pressed with the card's fields filled in, as a client sends them."""
    return Button(button.title, button.verb, {**button.data, **fields})
