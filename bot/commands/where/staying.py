"""Whoever chooses a place on the card of their day, or of its end, stays on that card."""

from dataclasses import replace

from bot.domain.where.intents import Card, SetPlan
from bot.services import Services
from bot.services.done import at_its_end, done_view
from bot.services.today import today_view
from bot.turn import Answer, Ask
from cards.where import ChangedView


async def on_its_card(ask: Ask, intent: SetPlan, answer: Answer, services: Services) -> Answer:
    """The answer to a change, on the card that it was pressed on, drawn as things are now; else as it is."""
    changed = answer.show
    if intent.on_card not in (Card.TODAY, Card.DONE) or not isinstance(changed, ChangedView):
        return answer
    evening = at_its_end(ask, services)
    # On the morning after, the card of the evening before would tell somebody who begins that they are done.
    if intent.on_card is Card.DONE and all(part.day > evening.today for part in changed.parts):
        async with services.units.read(ask.turn.key.tenant) as unit:
            silent = not ask.quiet and await unit.quiet_days.has(ask.user_id, evening.today)
            return Answer(replace(await done_view(evening, unit, silent=silent), changed=changed))
    return Answer(replace(await today_view(ask, services), changed=changed))
