"""An element is a copy of a look that was checked once: what is drawn is still what the library knows, and stands alone."""

from copy import deepcopy
from typing import Any

import pytest
from microsoft_teams.cards import core

from cards.catalogue import texts
from cards.elements import button
from cards.renderers import draw
from tests.cards.cases import CASES
from tests.cards.elements import walk

LANGUAGES = ("nl", "en")
KINDS = {
    kind.model_fields["type"].default: kind
    for kind in vars(core).values()
    if isinstance(kind, type) and issubclass(kind, core.SerializableObject) and "type" in kind.model_fields
}


def unknown(element: dict[str, Any]) -> list[str]:
    """The properties of an element that the library does not know. Raises ValidationError for a value it refuses."""
    read = KINDS[element["type"]].model_validate(element)
    return list(read.model_extra or ())


def emptied(node: Any) -> None:
    """Take everything out of a card, at every depth."""
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        emptied(each)
    if isinstance(node, (dict, list)):
        node.clear()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_the_library_knows_every_element_of_a_card(case, language):
    card = draw(CASES[case](), language).card
    assert [(element["type"], unknown(element)) for element in walk(card) if unknown(element)] == []


@pytest.mark.parametrize("case", CASES)
def test_a_card_shares_nothing_with_the_next_one(case):
    first = draw(CASES[case](), "nl").card
    seen = deepcopy(first)
    emptied(first)
    assert draw(CASES[case](), "nl").card == seen


def test_an_unknown_property_is_found():
    """The check itself can fail."""
    assert unknown({"type": "TextBlock", "text": "x", "wrapp": True}) == ["wrapp"]
    with pytest.raises(ValueError, match="spacing"):
        unknown({"type": "TextBlock", "text": "x", "spacing": "Wide"})


def test_a_button_says_nothing_of_what_is_none():
    """Who reads a press looks whether a value is there."""
    said = button(texts("nl"), "Ja", "team.show", team=None, day="2026-11-23")
    assert said["data"] == {"day": "2026-11-23", "l": "nl"}
