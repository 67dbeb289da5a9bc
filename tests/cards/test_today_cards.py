"""What the cards of `/today` and `/done` say and send."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.commands import COMMANDS
from bot.domain import daily
from bot.domain.daily import SendDaily, ShowToday
from bot.domain.words import Lexicon
from cards.catalogue import texts
from cards.renderers import draw
from cards.today.card import daily_example, off_example
from cards.today.done import KIND
from cards.where import Who
from cards.words import load
from tests.cards.elements import presses
from tests.cards.invented import TODAY
from tests.cards.today_cases import DONE, FULL, LARGE, TODAY_CASES, WAITING

LEXICON = Lexicon.of(load())
VERBS = {verb: read for command in COMMANDS for verb, read in command.verbs.items()}
each_language = pytest.mark.parametrize("language", ["nl", "en"])


@pytest.mark.parametrize("case", TODAY_CASES)
def test_every_button_means_something_to_the_bot(case):
    card = draw(TODAY_CASES[case](), "nl").card
    assert card is not None
    ask = SimpleNamespace(today=TODAY, places=())
    for press in presses(card):
        assert VERBS[press["verb"]](press["data"], ask) is not None, press


@each_language
def test_what_the_cards_say_to_type_is_understood(language):
    """Each hint, in the words of its language, is the intent of the button beside it."""
    t = texts(language)
    said = {daily_example(t): SendDaily(510), off_example(t): SendDaily(None), t("/today"): ShowToday()}
    for example, intent in (said | {t("/today every day 9:00"): SendDaily(540)}).items():
        command = LEXICON.command(example)
        assert command.key == "today"
        assert daily.parse(command.rest, LEXICON) == intent
    for example, key in {t("/done"): None, t("/done not yet"): "undo"}.items():
        command = LEXICON.command(example)
        assert command.key == "done"
        assert (LEXICON.phrase("done", command.rest) or SimpleNamespace(key=None)).key == key


@each_language
def test_a_card_can_be_sent_or_no_longer_not_both(language):
    for view, verb in ((FULL, "today.daily"), (WAITING, "today.off")):
        verbs = {press["verb"] for press in presses(draw(view, language).card)}
        assert verbs & {"today.daily", "today.off"} == {verb}


def test_above_twenty_names_no_name_stands_on_the_card():
    """Counted by place, rounded: the sum says nothing of how many share."""
    text = draw(LARGE, "en").text
    assert "Stadskantoor (in the morning): about 30 people" in text
    assert "Noord 7" not in text
    few = replace(FULL, others=(), near=(replace(FULL.near[0], people=tuple(Who(f"Naam {n}") for n in range(20))),))
    assert "Naam 19" in draw(few, "en").text


@each_language
def test_a_kind_sentence_says_nothing_of_work_done_nor_of_the_hour(language):
    """For whoever stops at noon, at night or before a holiday; no praise, no exclamation."""
    t = texts(language)
    said = [t(sentence) for sentence in KIND]
    assert len(set(said)) == len(KIND) > 4
    for words in (
        "!",
        "goed gedaan",
        "well done",
        "productie",
        "productiv",
        "avond",
        "evening",
        "weekend",
        "trots",
        "proud",
    ):
        assert not [one for one in said if words in one.casefold()]
    assert {draw(replace(DONE, kind=n), language).text.split("\n\n")[1] for n in range(99)} == set(said)


def test_flemish_days_are_flemish():
    assert "in de voormiddag" in draw(DONE, "nl-BE").text.replace("\u00a0", " ")
