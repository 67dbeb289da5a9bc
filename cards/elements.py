"""The few card elements Samen uses, and the sheet that grows a card and its text form line by line.

An element is made as it is sent. The library's types check each look of one (all but the words) when it is first drawn;
every card after it is a copy with its own words in it, which costs a twentieth. Whoever draws chooses a look among
constants of the code, so there are a few dozen.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Literal, NewType

from microsoft_teams.cards import core
from orjson import dumps

from cards.catalogue import Texts
from cards.drawing import Drawn

Element = NewType("Element", dict[str, Any])
Column = NewType("Column", dict[str, Any])
Action = NewType("Action", dict[str, Any])
Look = Mapping[str, Any]  # an element with nothing in it yet

Size = Literal["Small", "Medium", "Large"]
Weight = Literal["Default", "Bolder"]
Spacing = Literal["None", "ExtraSmall", "Small", "Default", "Medium", "Large"]
Style = Literal["default", "emphasis"]

# Teams shows six actions in a row at most; four leave room for words on a phone.
MOST_BUTTONS_IN_A_ROW = 4
MOST_LINES = 20
MOST_BYTES = 21_000  # of a card's body; with its frame and fallback text it stays under 25 KB
MOST_TEXT = 24_000  # bytes; Teams refuses messages of about 28 KB
# What a client without cards shows instead is the whole text form, unless both together would be too large.
MOST_TOGETHER = 22_000  # bytes


def button(t: Texts, title: str, verb: str, **data: object) -> Action:
    """A button that sends a verb with its data, without what is None; the card's language goes along as `l`."""
    said = {name: value for name, value in data.items() if value is not None}
    return Action({**_button(), "title": title, "data": {**said, "l": t.language}, "verb": verb})


def words(text: str, *, subtle: bool = False, weight: Weight | None = None, spacing: Spacing | None = None) -> Element:
    """A wrapping line of text."""
    return Element({**_line(None, weight, spacing, subtle), "text": text})


def small(text: str, *, subtle: bool = True, spacing: Spacing | None = None) -> Element:
    """A wrapping line in small letters."""
    return Element({**_line("Small", None, spacing, subtle), "text": text})


def heading(text: str, size: Size = "Medium", spacing: Spacing | None = None) -> Element:
    """A line that a screen reader jumps to."""
    return Element({**_heading(size, spacing), "text": text})


def row(*columns: Column, spacing: Spacing = "Small", separator: bool = False) -> Element:
    """Columns beside each other, with a line above them or not."""
    return Element({**_row(spacing, separator), "columns": list(columns)})


def column(
    width: str,
    *items: Element,
    select_action: Action | None = None,
    style: Style | None = None,
    min_height: str | None = None,
    centered: bool = False,
) -> Column:
    """A column "stretch", "auto" or so many pixels wide; `centered` from top to bottom."""
    if select_action is None:
        return Column({**_column(width, style, min_height, centered), "items": list(items)})
    look = _column(width, style, min_height, centered, pressed=True)
    return Column({**look, "selectAction": select_action, "items": list(items)})


def container(
    *items: Element, style: Style | None = None, spacing: Spacing | None = None, separator: bool = False
) -> Element:
    """Elements below each other, as one."""
    return Element({**_container(style, spacing, separator), "items": list(items)})


def button_row(actions: Sequence[Action], spacing: Spacing | None = None) -> Element:
    """Buttons beside each other."""
    return Element({**_button_row(spacing), "actions": list(actions)})


def element(one: core.CardElement) -> Element:
    """An element that is on few cards, checked by the library each time."""
    return Element(_dump(one))


def action(one: core.Action) -> Action:
    """A button that is on few cards, checked by the library each time."""
    return Action(_dump(one))


@cache
def _button() -> Look:
    return _dump(core.ExecuteAction(title="", verb="", data={}))


@cache
def _line(size: Size | None, weight: Weight | None, spacing: Spacing | None, subtle: bool) -> Look:
    line = core.TextBlock(text="", wrap=True, size=size, weight=weight, spacing=spacing, is_subtle=subtle or None)
    return _dump(line)


@cache
def _heading(size: Size, spacing: Spacing | None) -> Look:
    return _dump(core.TextBlock(text="", wrap=True, size=size, weight="Bolder", style="heading", spacing=spacing))


@cache
def _row(spacing: Spacing, separator: bool) -> Look:
    return _dump(core.ColumnSet(columns=[], spacing=spacing, separator=separator or None))


@cache
def _column(width: str, style: Style | None, min_height: str | None, centered: bool, pressed: bool = False) -> Look:
    return _dump(
        core.Column(
            width=width,
            items=[],
            style=style,
            min_height=min_height,
            vertical_content_alignment="Center" if centered else None,
            select_action=core.ExecuteAction() if pressed else None,
        )
    )


@cache
def _container(style: Style | None, spacing: Spacing | None, separator: bool) -> Look:
    return _dump(core.Container(items=[], style=style, spacing=spacing, separator=separator or None))


@cache
def _button_row(spacing: Spacing | None) -> Look:
    return _dump(core.ActionSet(actions=[], spacing=spacing))


@cache
def _frame(language: str) -> Look:
    return _dump(core.AdaptiveCard(version="1.5", lang=language, fallback_text="", speak="", body=[]))


def _dump(one: core.SerializableObject) -> dict[str, Any]:
    return one.model_dump(by_alias=True, exclude_none=True)


class Sheet:
    """A card in the making. Whatever is said appears in the card and in its text form alike."""

    def __init__(self, t: Texts) -> None:
        self.t = t
        self.body: list[Element] = []
        self.paragraphs: list[str] = []

    def title(self, text: str, under: str | None = None) -> None:
        """What the card is, and below it the day or team it is about."""
        self.body.append(heading(text, "Large"))
        if under:
            self.body.append(words(under, subtle=True, spacing="None"))
        self.paragraphs.append(f"{text}\n\n{under}" if under else text)

    def heading(self, text: str) -> None:
        # A heading without a size of its own is drawn as large as the title.
        self.body.append(heading(text, spacing="Medium"))
        self.paragraphs.append(text)

    def say(self, text: str, *, subtle: bool = False) -> None:
        self.body.append(words(text, subtle=subtle))
        self.paragraphs.append(text)

    def bullets(self, lines: Sequence[str], most: int = MOST_LINES) -> None:
        """Short lines, one below the other; a very long list is whole in the text form only."""
        shown = [*lines[:most], *(["…"] if len(lines) > most else [])]
        self.body.append(container(*(words(line, spacing="None" if n else None) for n, line in enumerate(shown))))
        self.write(lines)

    def hint(self, text: str) -> None:
        """What can be typed instead of pressing."""
        self.body.append(small(text, spacing="Medium"))
        self.paragraphs.append(text)

    def add(self, *elements: Element) -> None:
        """Put elements on the card whose words stand in the text form by another call."""
        self.body.extend(elements)

    def write(self, lines: Sequence[str]) -> None:
        """Put a list in the text form only."""
        if lines:
            self.paragraphs.append("\n".join(f"- {line}" for line in lines))

    def buttons(self, actions: Sequence[Action]) -> None:
        """Rows of buttons. Each must also stand as words to type somewhere."""
        for start in range(0, len(actions), MOST_BUTTONS_IN_A_ROW):
            chunk = actions[start : start + MOST_BUTTONS_IN_A_ROW]
            self.body.append(button_row(chunk, "Small" if start else None))

    def join(self, other: "Sheet", instead: Sequence[Action]) -> None:
        """Put another sheet below this one, behind a line; where it would not fit, buttons that lead to it."""
        if self.size() + other.size() <= MOST_BYTES:
            self.body.append(container(*other.body, separator=True, spacing="Large"))
        else:
            self.buttons(instead)
        self.paragraphs.extend(other.paragraphs)

    def size(self) -> int:
        """Bytes of the card so far, without its frame and its fallback text."""
        return len(dumps(self.body))

    def done(self) -> Drawn:
        """The finished card and its text form."""
        text = "\n\n".join(self.paragraphs)
        first = self.paragraphs[0].split("\n", 1)[0] if self.paragraphs else ""
        card = {
            **_frame(self.t.language),
            "fallbackText": text if self.size() + len(text.encode()) <= MOST_TOGETHER else first,
            "speak": first,
            "body": self.body,
        }
        return Drawn(card, _cut(text))


def _cut(text: str) -> str:
    """The text, without the lines that would make the message too large."""
    if len(text.encode()) <= MOST_TEXT:
        return text
    return text.encode()[:MOST_TEXT].decode(errors="ignore").rsplit(", ", 1)[0] + " …"
