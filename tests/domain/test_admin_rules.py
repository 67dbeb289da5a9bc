"""What counts as a decision, whatever somebody types."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.admin import (
    HIGHEST_MINIMUM,
    LONGEST_LINE,
    Decision,
    Draft,
    clean_line,
    decided,
    leading_date,
    reference_and_agreement,
    wrong_minimum,
)
from bot.domain.words import Lexicon
from cards.words import load

TODAY = date(2026, 11, 23)
LEXICON = Lexicon.of(load())


@given(st.text(max_size=300), st.text(max_size=300), st.dates())
def test_a_decision_is_clean_short_and_not_of_the_future(reference, agreed, day):
    """Nothing invisible, no line break, no link is ever kept."""
    decision = decided(Draft(day, clean_line(reference), clean_line(agreed)), TODAY)
    if not isinstance(decision, Decision):
        assert isinstance(decision, str)
        return
    assert decision.day <= TODAY
    for line in (decision.reference, decision.agreed_by):
        assert 0 < len(line) <= LONGEST_LINE
        assert all(c == " " or unicodedata.category(c)[0] not in "CZ" for c in line)
        assert "://" not in line


@given(st.text(max_size=200))
def test_any_text_has_two_sides(text):
    """And each is clean already, so that it is kept as it is shown."""
    for side in reference_and_agreement(text, LEXICON):
        assert side == clean_line(side)


@pytest.mark.parametrize(("text", "sides"), [
    ("OR-besluit 2026/113, akkoord: OR en directie", ("OR-besluit 2026/113", "OR en directie")),
    ("besluit 12 akkoord OR", ("besluit 12", "OR")),
    ("akkoord van de raad 12, akkoord: OR", ("akkoord van de raad 12", "OR")),
    ("Council decision 12; agreed by: works council", ("Council decision 12", "works council")),
    ("akkoordverklaring 12", ("akkoordverklaring 12", "")),
    ("akkoord: OR", ("", "OR")),
])  # fmt: skip
def test_the_word_for_agreed_divides(text, sides):
    assert reference_and_agreement(text, LEXICON) == sides


@pytest.mark.parametrize(("text", "day", "rest"), [
    ("20-11-2026 x", date(2026, 11, 20), "x"),
    ("20/11/2026, x", date(2026, 11, 20), ", x"),
    ("2026-11-20 x", date(2026, 11, 20), "x"),
    ("20 nov 2026 x", date(2026, 11, 20), "x"),
    ("20 november 2026", date(2026, 11, 20), ""),
    ("vandaag x", TODAY, "x"),
    ("today x", TODAY, "x"),
    ("31-2-2026 x", None, "x"),
    ("20 brumaire 2026 x", None, "x"),
    ("20-11-26 x", None, "20-11-26 x"),
    ("20-11-20261 x", None, "20-11-20261 x"),
    ("besluit 12", None, "besluit 12"),
])  # fmt: skip
def test_a_decision_begins_with_its_day(text, day, rest):
    found, left = leading_date(text, LEXICON, TODAY)
    assert (found, left.strip()) == (day, rest)


@given(st.integers(), st.integers(min_value=5, max_value=HIGHEST_MINIMUM))
def test_a_minimum_is_never_lowered(number, now):
    assert (wrong_minimum(number, now) is None) == (now <= number <= HIGHEST_MINIMUM)
