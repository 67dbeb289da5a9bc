"""From a drawn view to what Teams receives."""

from collections.abc import Mapping
from typing import Any, Self

from cards import Drawn, View
from cards.drawing import OfferedFile, OfferedSignIn
from cards.renderers import draw

EXECUTE = "Action.Execute"
FOR_ALL = "all"  # in a button's data
CARD = "application/vnd.microsoft.card.adaptive"
OFFER = "application/vnd.microsoft.teams.card.file.consent"
SIGN_IN = "application/vnd.microsoft.card.oauth"
SUMMARY = 120  # characters: a notification shows one line


class Finished(dict[str, Any]):
    """A card as it is sent, which nobody changes any more.

    botbuilder copies each activity that it sends at every depth; of a card that takes longer than to draw it.
    """

    def __deepcopy__(self, _: dict[int, Any]) -> Self:
        return self


def message(view: View, language: str) -> dict[str, Any]:
    """A message that shows a view."""
    return message_of(draw(view, language))


def message_of(drawn: Drawn) -> dict[str, Any]:
    """A message with a card, or with its sentence. A client that cannot draw a card reads its text form."""
    if drawn.file:
        offer = _offer(drawn.file, drawn.text)
        return {"type": "message", "summary": _first_line(drawn.text), "attachments": [offer]}
    if drawn.sign_in:
        way = _sign_in(drawn.sign_in, drawn.text)
        return {"type": "message", "summary": _first_line(drawn.text), "attachments": [way]}
    if drawn.card is None:
        return {"type": "message", "text": drawn.text, "textFormat": drawn.form}
    return {
        "type": "message",
        "summary": _first_line(drawn.text),
        "attachments": [attachment(drawn)],
    }


def message_for_all(drawn: Drawn) -> dict[str, Any]:
    """A message that everybody in a conversation sees: its buttons say so when they are pressed (`is_for_all`)."""
    message: dict[str, Any] = _marked(message_of(drawn))
    return message


def is_for_all(data: Mapping[str, Any]) -> bool:
    """Whether a button with this data stands on a card that everybody sees, as the card itself says."""
    return data.get(FOR_ALL) is True


def _marked(node: Any) -> Any:
    """The same, with every button's data marked."""
    if isinstance(node, list):
        return [_marked(each) for each in node]
    if not isinstance(node, dict):
        return node
    found = {key: _marked(value) for key, value in node.items()}
    return {**found, "data": {**found.get("data", {}), FOR_ALL: True}} if node.get("type") == EXECUTE else found


def attachment(drawn: Drawn) -> dict[str, Any]:
    """The card as an attachment, with its complete text form for clients that cannot draw it."""
    return {"contentType": CARD, "content": card(drawn)}


def card(drawn: Drawn) -> dict[str, Any]:
    """The card, with its complete text form as `fallbackText`."""
    return Finished({"fallbackText": drawn.text, **(drawn.card or {})})


def _offer(file: OfferedFile, description: str) -> dict[str, Any]:
    """learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4, "message requesting permission"."""
    return {
        "contentType": OFFER,
        "name": file.name,
        "content": {
            "description": description,
            "sizeInBytes": file.size,
            "acceptContext": dict(file.accept),
            "declineContext": dict(file.decline),
        },
    }


def _sign_in(offer: OfferedSignIn, text: str) -> dict[str, Any]:
    """learn.microsoft.com/microsoftteams/platform/bots/how-to/authentication/bot-sso-code: a client that can do single
    sign-on tries that by itself and shows the button only if it fails.
    """
    content: dict[str, Any] = {
        "text": text,
        "connectionName": offer.connection,
        "buttons": [{"type": "signin", "title": offer.title, "value": offer.link}],
    }
    if offer.exchange:
        content["tokenExchangeResource"] = dict(offer.exchange)
    return {"contentType": SIGN_IN, "content": content}


def _first_line(text: str) -> str:
    line = text.strip().partition("\n")[0].strip()
    return line if len(line) <= SUMMARY else f"{line[: SUMMARY - 1].rstrip()}…"
