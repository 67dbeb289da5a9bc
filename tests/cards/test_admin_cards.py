"""The cards for administrators: every word there is, and harmless whatever was typed."""

import json
from datetime import UTC, date, datetime

import pytest

from bot.domain.health import Failure
from cards.admin import ActLine, AdminView, DecisionView, LogView, SwitchLine
from cards.admin.wording import ACTS, CHANGES, FAILURES, NAMES, PROBLEMS, TYPE_OFF, TYPE_ON
from cards.catalogue import texts
from cards.notices import CAPABILITIES
from cards.renderers import draw

LONGEST = (
    "Ondernemingsraad, directie en de privacyfunctionaris, besproken op het overleg van de eerste week van november 20"
)


@pytest.mark.parametrize("table", [NAMES, TYPE_ON, TYPE_OFF, CHANGES, PROBLEMS, ACTS, FAILURES, CAPABILITIES])
def test_every_key_has_words_in_dutch(table):
    t = texts("nl")
    assert [key for key, message in table.items() if t(message) == message] == []


def test_every_kind_of_failure_has_words():
    assert set(FAILURES) == set(Failure)


def test_a_long_reference_is_shown_whole():
    """A decision that is cut off is no record."""
    day = date(2026, 11, 20)
    switch = SwitchLine("where", True, day, day, LONGEST, LONGEST)
    assert draw(AdminView((switch,), 0, (), 5), "nl").text.count(LONGEST) == 2


def test_the_fullest_log_and_overview_fit():
    line = ActLine(datetime(2026, 11, 20, tzinfo=UTC), "Ś" * 200, "keeper_removed", "Ś" * 200)
    switches = tuple(
        SwitchLine(each, True, date(2026, 11, 20), date(2026, 11, 20), "Ś" * 120, "Ś" * 120) for each in NAMES
    )
    overview = AdminView(switches, 1000, ("Ś" * 200,) * 30, 100, acts=(line,) * 3)
    for view in (LogView((line,) * 20, page=2, more=True), overview):
        assert len(json.dumps(draw(view, "nl").card, ensure_ascii=False).encode()) < 25_000


def test_what_was_filled_in_stands_in_the_form_again():
    view = DecisionView("where", date(2026, 11, 23), date(2026, 11, 20), "Besluit 9", "", problem="no_agreed")
    inputs = {each["id"]: each for each in draw(view, "nl").card["body"] if each["type"].startswith("Input.")}
    assert inputs["decided"]["value"] == "2026-11-20"
    assert inputs["decided"]["max"] == "2026-11-23"
    assert inputs["reference"]["value"] == "Besluit 9"
    assert all(each["isRequired"] and each["errorMessage"] and each["label"] for each in inputs.values())
