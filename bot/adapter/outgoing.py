"""From a drawn view to what Teams receives."""

from typing import Any

from cards import Drawn, View, draw

CARD = "application/vnd.microsoft.card.adaptive"
SUMMARY = 120  # characters: a notification shows one line


def message(view: View, language: str) -> dict[str, Any]:
    """A message that shows a view."""
    return message_of(draw(view, language))


def message_of(drawn: Drawn) -> dict[str, Any]:
    """A message with a card, or with its sentence. A client that cannot draw a card reads its text form."""
    if drawn.card is None:
        return {"type": "message", "text": drawn.text, "textFormat": drawn.form}
    return {
        "type": "message",
        "summary": _first_line(drawn.text),
        "attachments": [attachment(drawn)],
    }


def attachment(drawn: Drawn) -> dict[str, Any]:
    """The card as an attachment, with its complete text form for clients that cannot draw it."""
    return {"contentType": CARD, "content": card(drawn)}


def card(drawn: Drawn) -> dict[str, Any]:
    """The card, with its complete text form as `fallbackText`."""
    return {"fallbackText": drawn.text, **(drawn.card or {})}


def _first_line(text: str) -> str:
    line = text.strip().partition("\n")[0].strip()
    return line if len(line) <= SUMMARY else f"{line[: SUMMARY - 1].rstrip()}…"
