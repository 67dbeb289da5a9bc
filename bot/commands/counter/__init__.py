"""`/counter` (`/balie`): how many a team needs at the counter, and asking it for help, naming nobody."""

from bot.commands.counter.answering import handle
from bot.commands.counter.asking import draw_busy, draw_short, due
from bot.commands.counter.presses import to_busy, to_help, to_need, to_show
from bot.dispatcher import Command
from bot.domain import counter as rules
from bot.domain.capabilities import Capability
from bot.domain.counter import BUSY_CARD, SHORT_CARD, Intent, Unclear
from bot.domain.where.sentence import Context
from bot.domain.words import Lexicon
from bot.turn import Ask, Scope


def understand(text: str, lexicon: Lexicon, ask: Ask) -> Intent | None:
    """The counter's own words; without its slash anything else is said about oneself ("balie morgen")."""
    places = tuple(place for place in ask.places if not place.retired)
    intent = rules.parse(text, lexicon, Context(ask.today, ask.language, ask.country, places))
    # Days, a half of them and a number that nobody can mean: only the counter can be meant.
    unclear = isinstance(intent, Unclear) and intent.problem != "number"
    return None if unclear and not ask.slashed else intent


COUNTER = Command(
    name="counter",
    parse=understand,
    handle=handle,
    verbs={
        "counter.show": to_show,
        "counter.busy": to_busy,
        "counter.need": to_need,
        "counter.help": to_help,
    },
    menus=frozenset({Scope.GROUP, Scope.CHANNEL, Scope.MEETING}),
    capability=Capability.COUNTER,
    living={SHORT_CARD: draw_short, BUSY_CARD: draw_busy},
    due=due,
)
