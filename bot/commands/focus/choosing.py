"""What is usual for my focus time."""

from dataclasses import replace

from bot.domain.focus.intents import Settings
from bot.domain.focus.session import Choices
from bot.services import Services
from bot.services.people import know
from bot.turn import Answer, Ask
from cards.focus import FocusSet, FocusSettingsView


async def choose(ask: Ask, intent: Settings, services: Services) -> Answer:
    """Set what is usual and leave the rest; nothing said = show it."""
    said = {name: value for name in _NAMES if (value := getattr(intent, name)) is not None}
    if not said:
        async with services.units.read(ask.turn.key.tenant) as unit:
            return Answer(_view(await unit.focus.choices(ask.user_id)))
    async with services.units.write(ask.turn.key) as unit:
        before = await unit.focus.choices(ask.user_id)
        after = replace(before, **said)
        if unit.repeated or after == before:
            return Answer(replace(_view(before), changed="same"))
        await know(ask, unit)
        await unit.focus.choose(ask.user_id, after)
    undo = FocusSet(before.minutes, before.mode.value, before.end_line, before.status)
    return Answer(replace(_view(after), changed="saved", undo=undo))


_NAMES = ("minutes", "mode", "end_line", "status")


def _view(choices: Choices) -> FocusSettingsView:
    return FocusSettingsView(
        choices.minutes, choices.mode.value, choices.end_line, choices.status, unapproved=choices.unapproved
    )
