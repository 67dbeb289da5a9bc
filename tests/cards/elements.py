"""Walking through a card as a reviewer would."""

from collections.abc import Iterator
from typing import Any

# What Adaptive Cards 1.5 knows (and Teams with it); anything else needs a fallback.
KNOWN = {
    "AdaptiveCard",
    "ActionSet",
    "Action.Execute",
    "Action.OpenUrl",
    "Column",
    "ColumnSet",
    "Container",
    "Input.ChoiceSet",
    "Input.Date",
    "Input.Number",
    "Input.Text",
    "Input.Time",
    "TextBlock",
}

# Within Teams, or to sign in: the token service sends one on to Microsoft.
TEAMS = ("https://teams.microsoft.com/l/", "https://token.botframework.com/api/oauth/signin?")


def walk(element: Any) -> Iterator[dict[str, Any]]:
    """Every element and action of a card, the card itself first."""
    if isinstance(element, list):
        for one in element:
            yield from walk(one)
    elif isinstance(element, dict):
        if "type" in element:
            yield element
        for key, value in element.items():
            if key != "data":
                yield from walk(value)


def faults(card: dict[str, Any]) -> list[str]:
    """Everything in a card that a person or Teams would stumble over."""
    return [fault for element in walk(card) for fault in _faults(element)]


def _faults(element: dict[str, Any]) -> Iterator[str]:
    kind = element["type"]
    if kind not in KNOWN and "fallback" not in element:
        yield f"{kind} is newer than 1.5 and has no fallback"
    if kind in {"Action.ShowCard", "Table"}:
        yield f"{kind} is not for us"
    if kind == "Action.Execute":
        yield from _action_faults(element)
    if kind == "Action.OpenUrl" and not (element.get("title") and element["url"].startswith(TEAMS)):
        yield f"a link that leads out of Teams, or without a title: {element}"
    if kind.startswith("Input.") and not (element.get("label") and element.get("id")):
        yield f"{kind} without a label or id"
    if kind == "TextBlock" and not (element.get("wrap") and element.get("text")):
        yield f"text that does not wrap: {element}"
    if kind == "ActionSet" and not 0 < len(element["actions"]) <= 6:
        yield f"{len(element['actions'])} buttons in a row"
    if kind == "AdaptiveCard":
        yield from (f"the card has no {key}" for key in ("lang", "speak", "fallbackText") if not element.get(key))


def _action_faults(action: dict[str, Any]) -> Iterator[str]:
    if not action.get("title"):
        yield f"a button without a title: {action}"
    if not action.get("verb"):
        yield f"a button without a verb: {action}"
    if not action.get("data", {}).get("l"):
        yield f"a button that does not carry its language: {action}"


def presses(card: dict[str, Any]) -> list[dict[str, Any]]:
    """Every button of a card."""
    return [element for element in walk(card) if element["type"] == "Action.Execute"]


def texts_of(card: dict[str, Any]) -> list[str]:
    """Every line of text of a card."""
    return [element["text"] for element in walk(card) if element["type"] == "TextBlock"]
