"""Few conversations in which much is said: some of what `make proof` does at full size."""

from pathlib import Path

import pytest

from tests.proof.few import Much, few

pytestmark = [pytest.mark.process, pytest.mark.thorough]

# With as many answers before, what Samen says by itself waits for some seconds; then six are told things at once.
MUCH = Much(answers=36, messages=8, touches=8)


def test_together_they_keep_the_limits_of_each_conversation_and_all_arrives(database_url: str, tmp_path: Path):
    found = few(tmp_path, database_url, MUCH, processes=1 if database_url.startswith("sqlite") else 2)
    assert found["wrong"] == [], found
