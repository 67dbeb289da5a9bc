"""A capability that only rings: what the proof asks for, in a turn, and what then has to happen by itself."""

from dataclasses import dataclass
from datetime import timedelta

from bot.dispatcher import Command, Kind
from bot.domain.places import NamedPlace, Place
from bot.domain.words import Lexicon
from bot.outgoing import Delivery, LivingCard, Receiver
from bot.services import Services
from bot.turn import Answer, Ask, Reference, Scope
from cards import Drawn, View
from cards.renderers import RENDERERS

# Rung once more when nobody knows whether it was heard, and rung at most once.
RING, WHISPER = "bell.ring", "bell.whisper"
BOARD, SUBJECT = "bell.board", "all"
TEAM = "19:team@thread.tacv2"


@dataclass(frozen=True, slots=True)
class Said(View):
    text: str


@dataclass(frozen=True, slots=True)
class Rung:
    """Ring, or whisper to, the people `first` to `last`."""

    kind: str
    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Pealed:
    """Whisper so many times to the team and to each of the first `people`."""

    name: str
    count: int
    people: int


@dataclass(frozen=True, slots=True)
class Touched:
    """Write a name on the board that everybody in the team sees; the first one has it posted."""

    name: str


def person(number: int) -> str:
    return f"aaaaaaaa-0000-4000-8000-{number:012d}"


def chat(number: int) -> str:
    """The conversation of a person's own chat."""
    return f"a:p{number}"


def parse(text: str, _lexicon: Lexicon, _ask: Ask) -> Rung | Pealed | Touched | None:
    """ "ring NAME 1 20", "whisper NAME 1 20", "peal NAME 30 3" or "touch NAME"."""
    match text.split():
        case ["ring" | "whisper" as how, name, first, last]:
            return Rung(f"bell.{how}", name, int(first), int(last))
        case ["peal", name, count, people]:
            return Pealed(name, int(count), int(people))
        case ["touch", name]:
            return Touched(name)
        case _:
            return None


async def handle(ask: Ask, intent: Rung | Pealed | Touched, services: Services) -> Answer:
    now = services.clock.now()
    async with services.units.write(ask.turn.key) as unit:
        if isinstance(intent, Rung):
            for number in range(intent.first, intent.last + 1):
                await unit.deliveries.add(intent.kind, intent.name, user_id=person(number), due_at=now)
        elif isinstance(intent, Pealed):
            for subject in (f"{intent.name}{n}" for n in range(1, intent.count + 1)):
                await unit.deliveries.add(WHISPER, subject, team_id=TEAM, due_at=now)
                await unit.deliveries.add_each(WHISPER, subject, [person(k + 1) for k in range(intent.people)], now)
        else:
            await unit.places.save(NamedPlace(f"board.{intent.name}", intent.name, Place.SITE))
            await unit.cards.post(BOARD, SUBJECT, TEAM, _team(ask), until=now + timedelta(days=1))
            unit.cards.touch(BOARD, SUBJECT)
    return Answer(Said(f"asked {intent.name}"))


def _team(ask: Ask) -> Reference:
    own = ask.turn.reference
    return Reference(own.tenant, TEAM, own.service_url, own.channel, own.bot_id, own.bot_name, Scope.CHANNEL)


async def word(delivery: Delivery, _receiver: Receiver, _services: Services) -> Said:
    return Said(f"{delivery.kind.partition('.')[2]} {delivery.subject}")


async def draw(card: LivingCard, _receiver: Receiver, services: Services) -> Said:
    async with services.units.read(card.tenant) as unit:
        names = sorted((place.name for place in await unit.places.all()), key=lambda name: (len(name), name))
    return Said(f"board {' '.join(names)}")


RENDERERS[Said] = lambda view, _language: Drawn(None, view.text)  # type: ignore[index]

BELL = Command(
    "bell",
    lambda *_: None,
    handle,
    guess=parse,
    kinds={RING: Kind(word, again=True), WHISPER: Kind(word, again=False)},
    living={BOARD: draw},
)
