"""`/today` (`/vandaag`): my day on one card, when I ask or each day at the time I chose."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.dispatcher import Command, Kind
from bot.domain import daily
from bot.domain.capabilities import Capability
from bot.domain.daily import Intent, SendDaily, ShowToday, to_send
from bot.domain.prompts import Prompt, PromptKind
from bot.domain.words import Lexicon
from bot.outgoing import Delivery, Receiver
from bot.services import Services
from bot.services.prompting import send_due, switch_on, zone_here
from bot.services.today import as_if_asked, at_words, today_view
from bot.turn import Answer, Ask, Scope
from cards.today import DailyView, TodayView

CARD = "today.card"


def understand(text: str, lexicon: Lexicon, ask: Ask) -> Intent | None:
    """Its own words; anything else behind it is said about today: "vandaag thuis"."""
    return daily.parse(text, lexicon, slashed=ask.slashed)


def guess(text: str, lexicon: Lexicon, ask: Ask) -> Intent | None:
    """Words behind its slash that nobody understands, not as a place for today either: how to have it sent."""
    match = lexicon.command(text)
    return ShowToday("words") if ask.slashed and match and match.key == "today" else None


async def handle(ask: Ask, intent: Intent, services: Services) -> Answer:
    if isinstance(intent, SendDaily):
        return await _send(ask, intent, services)
    return Answer(replace(await today_view(ask, services), problem=intent.problem))


async def _send(ask: Ask, intent: SendDaily, services: Services) -> Answer:
    """Have it sent on the asker's working days, or no longer; delivered twice it is told as it is now."""
    zone = zone_here(ask)
    asked = Prompt(PromptKind.TODAY, None, intent.minute, zone) if intent.minute is not None else None
    first: datetime | None = None
    async with services.units.write(ask.turn.key) as unit:
        before = await unit.prompts.of(ask.user_id, PromptKind.TODAY) if unit.repeated or intent.keep else None
        if unit.repeated:
            asked = before
        elif asked:
            asked = replace(asked, minute=before.minute) if before else asked
            first = await switch_on(ask, unit, services, asked)
        else:
            await unit.prompts.remove(ask.user_id, PromptKind.TODAY)
    day = first.astimezone(ZoneInfo(zone)).date() if first else None
    return Answer(DailyView(ask.today, at_words(asked), day, ask.quiet))


async def due(now: datetime, services: Services) -> None:
    """Send it to whoever's moment it is."""
    await send_due(PromptKind.TODAY, CARD, now, services)


async def word(delivery: Delivery, receiver: Receiver, services: Services) -> TodayView | None:
    """The receiver's day as it is now; None where that day is over, they are off after all, or want it no longer."""
    if delivery.subject != receiver.today.isoformat():
        return None
    ask = await as_if_asked(delivery, receiver, services)
    view = await today_view(ask, services) if ask else None
    return view if view and view.daily and not view.free else None


def _show(_data: Mapping[str, Any], _ask: Ask) -> ShowToday:
    return ShowToday()


def _off(_data: Mapping[str, Any], _ask: Ask) -> SendDaily:
    return SendDaily(None)


TODAY = Command(
    name="today",
    parse=understand,
    handle=handle,
    guess=guess,
    verbs={
        "today.show": _show,
        "today.daily": lambda data, _: to_send(data.get("minute")),
        "today.off": _off,
    },
    menus=frozenset({Scope.PERSONAL}),
    capability=Capability.WHERE,
    kinds={CARD: Kind(word, again=False)},
    due=due,
)
