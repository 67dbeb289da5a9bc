"""`/weekask` (`/weekvraag`): asked once a week, for whoever wants it, how the next week is; one tap says it is right."""

from bot.commands.weekask.answering import handle
from bot.commands.weekask.asking import MESSAGE, due, word
from bot.dispatcher import Command, Kind
from bot.domain import weekask as rules
from bot.domain.capabilities import Capability
from bot.domain.weekask import SwitchOff

WEEKASK = Command(
    name="weekask",
    parse=lambda text, lexicon, _ask: rules.parse(text, lexicon),
    handle=handle,
    verbs={
        "weekask.on": lambda data, _ask: rules.press_choose(data),
        "weekask.off": lambda _data, _ask: SwitchOff(),
        "weekask.ok": lambda data, ask: rules.press_confirm(data, ask.today),
        "weekask.set": lambda data, ask: rules.press_fill_in(data, ask.today),
    },
    capability=Capability.WHERE,
    # Missed, it comes again next week; twice, it would be a reminder.
    kinds={MESSAGE: Kind(word, again=False)},
    due=due,
)
