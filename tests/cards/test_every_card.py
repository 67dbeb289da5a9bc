"""What holds for every card: it fits, it can be read and pressed by everybody, and its words stand alone."""

import json

import pytest

from cards.drawing import View
from cards.renderers import RENDERERS, draw
from tests.cards.cases import CASES
from tests.cards.elements import faults, presses, texts_of

LIMIT = 25_000  # bytes; Teams refuses messages of about 28 KB, and the activity around the card needs room
LANGUAGES = ("nl", "en")


def size(card) -> int:
    return len(json.dumps(card, ensure_ascii=False).encode())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_a_card_has_no_faults_and_fits(case, language):
    card = draw(CASES[case](), language).card
    assert card is None or (faults(card) == [] and size(card) < LIMIT)


@pytest.mark.parametrize("people", [0, 1, 6, 40, 400])
def test_boards_stay_small(people):
    bound = {0: 3_000, 1: 3_500, 6: 5_000, 40: 9_500, 400: 8_000}[people]
    card = draw(CASES[f"board_{people}"](), "nl").card
    assert size({key: value for key, value in card.items() if key != "fallbackText"}) < bound
    assert size(card) < LIMIT


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_the_text_form_says_all_that_the_card_says(case, language):
    drawn = draw(CASES[case](), language)
    if drawn.card is None:
        assert drawn.text
        return
    # The plan says a cell's words in a sentence about its day, and a large team's names stand in the text at once.
    if case.startswith(("plan_", "pattern", "home", "board_400")):
        return
    missing = [text for text in texts_of(drawn.card) if text.removeprefix("✓ ") not in drawn.text]
    assert [text for text in missing if text not in {"Weghalen", "Terugzetten", "Remove", "Restore"}] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", [case for case in CASES if case.startswith(("plan_", "home"))])
def test_the_text_form_of_a_plan_names_every_place_on_it(case, language):
    drawn = draw(CASES[case](), language)
    assert drawn.card is not None
    lines = drawn.text.casefold()
    cells = [text.casefold().removeprefix("▾ ") for text in texts_of(drawn.card)]
    assert [cell for cell in cells if cell in {"thuis", "stadskantoor", "home"} and cell not in lines] == []


@pytest.mark.parametrize("case", [case for case, view in CASES.items() if draw(view(), "nl").card])
def test_every_card_with_buttons_says_what_to_type_instead(case):
    drawn = draw(CASES[case](), "nl")
    assert not presses(drawn.card) or "/" in drawn.text


def test_every_view_has_a_renderer_and_a_case():
    # By name: a dataclass with slots is made twice, and both stay subclasses.
    views = {view.__name__ for view in View.__subclasses__() if view.__module__.startswith("cards.")}
    assert (
        views
        == {view.__name__ for view in RENDERERS if view.__module__.startswith("cards.")}
        == {type(make()).__name__ for make in CASES.values()}
    )


def test_a_button_carries_the_language_the_card_was_drawn_in():
    for language in LANGUAGES:
        assert {press["data"]["l"] for press in presses(draw(CASES["home"](), language).card)} == {language}


def test_a_fault_is_found():
    """The walk itself can fail: each planted fault is named."""
    planted = {
        "type": "AdaptiveCard",
        "body": [
            {"type": "Table"},
            {"type": "TextBlock", "text": "x"},
            {"type": "Input.Text", "id": "x"},
            {"type": "Badge"},
            {"type": "ActionSet", "actions": [{"type": "Action.ShowCard"}, {"type": "Action.Execute"}]},
        ],
    }
    found = "\n".join(faults(planted))
    for word in ("Table", "wrap", "label", "Badge", "ShowCard", "verb", "title", "language", "speak"):
        assert word in found
