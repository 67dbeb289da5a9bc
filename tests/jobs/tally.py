"""A capability for tests: a card that everybody sees and that says who pressed it; every press adds a name."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.dispatcher import Command
from bot.domain.places import NamedPlace, Place
from bot.outgoing import LivingCard, Receiver
from bot.services import Services
from bot.turn import Answer, Ask
from cards import Drawn, View
from cards.renderers import RENDERERS

KIND, SUBJECT = "tally.board", "all"
Meanwhile = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class TallyView(View):
    """Who pressed, in order of name; `day` makes it a card with places on it."""

    names: tuple[str, ...]
    language: str
    day: date | None = None

    @property
    def first_day(self) -> date | None:
        return self.day


def draw_tally(view: TallyView, _language: str) -> Drawn:
    button = {"type": "Action.Execute", "title": "+", "verb": "tally.press", "data": {}}
    card = {"type": "AdaptiveCard", "version": "1.5", "body": [], "actions": [button]}
    return Drawn(card, f"{view.language}: {' '.join(view.names)}")


RENDERERS[TallyView] = draw_tally  # type: ignore[index]


class Tally:
    """`drawn` counts how often it was read; `wrong` is raised then, `over`: there is nothing left to draw.

    `meanwhile` happens once, after the next reading.
    """

    def __init__(self) -> None:
        self.drawn = 0
        self.wrong: Exception | None = None
        self.over = False
        self.day: date | None = None
        self.meanwhile: Meanwhile | None = None

    async def handle(self, ask: Ask, _intent: object, services: Services) -> Answer:
        async with services.units.write(ask.turn.key) as unit:
            name = ask.turn.actor.name
            if ask.team and not ask.turn.press:
                until = services.clock.now() + timedelta(hours=8)
                await unit.cards.post(KIND, SUBJECT, ask.team.id, ask.team_reference, until=until)
            else:
                await unit.places.save(NamedPlace(name, name, Place.SITE))
                unit.cards.touch(KIND, SUBJECT)
        return Answer()

    async def draw(self, card: LivingCard, receiver: Receiver, services: Services) -> View | None:
        self.drawn += 1
        if self.wrong:
            raise self.wrong
        if self.over:
            return None
        async with services.units.read(card.tenant) as unit:
            names = tuple(place.name for place in await unit.places.all())
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            await meanwhile()
        return TallyView(names, receiver.language, self.day)

    def command(self) -> Command:
        def guess(text: str, *_: Any) -> str | None:
            return text if text == "turf" else None

        return Command(
            "tally",
            lambda *_: None,
            self.handle,
            verbs={"tally.press": lambda *_: "press"},
            guess=guess,
            living={KIND: self.draw},
        )
