"""The few card elements Samen uses, and the sheet that grows a card and its text form line by line."""

from collections.abc import Sequence
from typing import Any, Literal

from microsoft_teams.cards.core import (
    Action,
    ActionSet,
    AdaptiveCard,
    CardElement,
    Column,
    ColumnSet,
    Container,
    ExecuteAction,
    SerializableObject,
    TextBlock,
)
from orjson import dumps

from cards.catalogue import Texts
from cards.drawing import Drawn

Weight = Literal["Default", "Bolder"]
Spacing = Literal["None", "ExtraSmall", "Small", "Default", "Medium", "Large"]

# Teams shows six actions in a row at most; four leave room for words on a phone.
MOST_BUTTONS_IN_A_ROW = 4
MOST_LINES = 20
MOST_BYTES = 21_000  # of a card's body; with its frame and fallback text it stays under 25 KB
MOST_TEXT = 24_000  # bytes; Teams refuses messages of about 28 KB
# What a client without cards shows instead is the whole text form, unless both together would be too large.
MOST_TOGETHER = 22_000  # bytes


def button(t: Texts, title: str, verb: str, **data: object) -> ExecuteAction:
    """A button that sends a verb with its data; the language the card was drawn in goes along as `l`."""
    return ExecuteAction(title=title, verb=verb, data={**data, "l": t.language})


def words(
    text: str, *, subtle: bool = False, weight: Weight | None = None, spacing: Spacing | None = None
) -> TextBlock:
    """A wrapping line of text."""
    return TextBlock(text=text, wrap=True, is_subtle=subtle or None, weight=weight, spacing=spacing)


def small(text: str, *, subtle: bool = True, spacing: Spacing | None = None) -> TextBlock:
    """A wrapping line in small letters."""
    return TextBlock(text=text, wrap=True, is_subtle=subtle or None, size="Small", spacing=spacing)


def row(*columns: Column, spacing: Spacing = "Small", separator: bool = False) -> ColumnSet:
    """Columns beside each other, with a line above them or not."""
    return ColumnSet(columns=list(columns), spacing=spacing, separator=separator or None)


def column(width: str, *items: CardElement, **more: Any) -> Column:
    """A column "stretch", "auto" or so many pixels wide."""
    return Column(width=width, items=list(items), **more)


class Sheet:
    """A card in the making. Whatever is said appears in the card and in its text form alike."""

    def __init__(self, t: Texts) -> None:
        self.t = t
        self.body: list[CardElement] = []
        self._dumped: list[dict[str, Any]] = []  # the body so far, as it is sent: each element is dumped once
        self.paragraphs: list[str] = []

    def title(self, text: str, under: str | None = None) -> None:
        """What the card is, and below it the day or team it is about."""
        self.body.append(TextBlock(text=text, wrap=True, size="Large", weight="Bolder", style="heading"))
        if under:
            self.body.append(words(under, subtle=True, spacing="None"))
        self.paragraphs.append(f"{text}\n\n{under}" if under else text)

    def heading(self, text: str) -> None:
        # A heading without a size of its own is drawn as large as the title.
        heading = TextBlock(text=text, wrap=True, size="Medium", weight="Bolder", style="heading", spacing="Medium")
        self.body.append(heading)
        self.paragraphs.append(text)

    def say(self, text: str, *, subtle: bool = False) -> None:
        self.body.append(words(text, subtle=subtle))
        self.paragraphs.append(text)

    def bullets(self, lines: Sequence[str], most: int = MOST_LINES) -> None:
        """Short lines, one below the other; a very long list is whole in the text form only."""
        shown = [*lines[:most], *(["…"] if len(lines) > most else [])]
        self.body.append(Container(items=[words(line, spacing="None" if n else None) for n, line in enumerate(shown)]))
        self.write(lines)

    def hint(self, text: str) -> None:
        """What can be typed instead of pressing."""
        self.body.append(small(text, spacing="Medium"))
        self.paragraphs.append(text)

    def add(self, *elements: CardElement) -> None:
        """Put elements on the card whose words stand in the text form by another call."""
        self.body.extend(elements)

    def write(self, lines: Sequence[str]) -> None:
        """Put a list in the text form only."""
        if lines:
            self.paragraphs.append("\n".join(f"- {line}" for line in lines))

    def buttons(self, actions: Sequence[Action]) -> None:
        """Rows of buttons. Each must also stand as words to type somewhere."""
        for start in range(0, len(actions), MOST_BUTTONS_IN_A_ROW):
            chunk = list(actions[start : start + MOST_BUTTONS_IN_A_ROW])
            self.body.append(ActionSet(actions=chunk, spacing="Small" if start else None))

    def join(self, other: "Sheet", instead: Sequence[Action]) -> None:
        """Put another sheet below this one, behind a line; where it would not fit, buttons that lead to it."""
        if self.size() + other.size() <= MOST_BYTES:
            below = Container(items=other.body, separator=True, spacing="Large")
            self._dumped.append({**_dump(below.model_copy(update={"items": []})), "items": other.elements()})
            self.body.append(below)
        else:
            self.buttons(instead)
        self.paragraphs.extend(other.paragraphs)

    def size(self) -> int:
        """Bytes of the card so far, without its frame and its fallback text."""
        return len(dumps(self.elements()))

    def elements(self) -> list[dict[str, Any]]:
        """The body so far, as it is sent."""
        self._dumped += [_dump(element) for element in self.body[len(self._dumped) :]]
        return self._dumped

    def done(self) -> Drawn:
        """The finished card and its text form."""
        text = "\n\n".join(self.paragraphs)
        first = self.paragraphs[0].split("\n", 1)[0] if self.paragraphs else ""
        card = AdaptiveCard(
            version="1.5",
            lang=self.t.language,
            speak=first,
            fallback_text=text if self.size() + len(text.encode()) <= MOST_TOGETHER else first,
            body=[],
        )
        return Drawn({**_dump(card), "body": self.elements()}, _cut(text))


def _dump(element: SerializableObject) -> dict[str, Any]:
    return element.model_dump(by_alias=True, exclude_none=True)


def _cut(text: str) -> str:
    """The text, without the lines that would make the message too large."""
    if len(text.encode()) <= MOST_TEXT:
        return text
    return text.encode()[:MOST_TEXT].decode(errors="ignore").rsplit(", ", 1)[0] + " …"
