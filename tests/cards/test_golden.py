"""Every view draws exactly the card and the words that were looked at."""

import json
from pathlib import Path
from typing import Any

import pytest

from cards.renderers import draw
from tests.cards.cases import CASES

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("nl", "en")


def _dumped(card: dict[str, Any]) -> str:
    return json.dumps(card, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_a_view_draws_the_golden_card_and_text(case, language, write_golden):
    drawn = draw(CASES[case](), language)
    wanted = {GOLDEN / language / f"{case}.txt": drawn.text + "\n"}
    if drawn.card is not None:
        wanted[GOLDEN / language / f"{case}.json"] = _dumped(drawn.card)
    for path, content in wanted.items():
        if write_golden:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
        assert path.read_text("utf-8") == content


def test_there_is_no_golden_file_without_a_case():
    found = {path.stem for path in GOLDEN.glob("*/*.*")}
    assert found == set(CASES)
