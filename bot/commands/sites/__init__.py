"""`/office` (`/kantoor`): a site closes and people move; what is expected at each site."""

from collections.abc import Mapping
from typing import Any

from bot.commands.sites.counting import count, show_numbers
from bot.commands.sites.showing import show
from bot.commands.sites.switching import switch
from bot.commands.sites.telling import tell_closed, tell_opened
from bot.dispatcher import Command, Kind
from bot.domain import sites
from bot.domain.capabilities import Capability
from bot.domain.sites import CLOSED, OPENED, ChooseLater, Intent, ShowNumbers, ShowSites, SwitchSite
from bot.domain.where.sentence import Context
from bot.domain.words import Lexicon
from bot.services import Services
from bot.turn import Answer, Ask, Scope
from cards.sites import MoveLaterView


def understand(text: str, lexicon: Lexicon, ask: Ask) -> Intent | None:
    """What is asked about sites; None for "kantoor morgen" without a slash, which somebody says about themselves."""
    if not text.strip():
        return ShowSites() if ask.slashed else None
    intent = sites.understand(
        text, lexicon, Context(ask.today, ask.language, ask.country, sites.open_sites(ask.places))
    )
    return ShowSites("unknown_act") if intent is None and ask.slashed else intent


def press(data: Mapping[str, Any], *, close: bool) -> SwitchSite | None:
    """A button that closes or opens a site."""
    place_id, slots = data.get("site"), sites.unpacked(data.get("slots"))
    return SwitchSite(place_id, slots, close) if isinstance(place_id, str) and slots else None


async def handle(ask: Ask, intent: Intent, services: Services) -> Answer:
    if isinstance(intent, SwitchSite):
        return await switch(ask, intent, services)
    if isinstance(intent, ShowNumbers):
        return await show_numbers(ask, services)
    if isinstance(intent, ChooseLater):
        return Answer(MoveLaterView(ask.today))
    return await show(ask, intent, services)


SITES = Command(
    name="sites",
    parse=understand,
    handle=handle,
    verbs={
        "sites.show": lambda _data, _ask: ShowSites(),
        "sites.close": lambda data, _: press(data, close=True),
        "sites.open": lambda data, _: press(data, close=False),
        "sites.later": lambda _data, _ask: ChooseLater(),
    },
    menus=frozenset({Scope.PERSONAL}),
    capability=Capability.CLOSING,
    kinds={CLOSED: Kind(tell_closed, again=True), OPENED: Kind(tell_opened, again=True)},
    due=count,
)
