"""`/weekask` (`/weekvraag`): asked once a week, for whoever wants it, how the next week is; one tap says it is right."""

from bot.commands.weekask.answering import handle
from bot.commands.weekask.asking import MESSAGE, due, word
from bot.dispatcher import Command, Kind
from bot.domain import weekask as rules
from bot.domain.capabilities import Capability
from bot.domain.weekask import Intent, ShowState, SwitchOff
from bot.domain.words import Lexicon
from bot.turn import Ask


def understand(text: str, lexicon: Lexicon, ask: Ask) -> Intent:
    """The words behind it; a bare "weekvraag?" asks how it stands, and switches nothing on."""
    asks = not text.strip() and ask.turn.text.rstrip().endswith("?")
    return ShowState() if asks else rules.parse(text, lexicon)


WEEKASK = Command(
    name="weekask",
    parse=understand,
    handle=handle,
    verbs={
        "weekask.show": lambda _data, _ask: ShowState(),
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
