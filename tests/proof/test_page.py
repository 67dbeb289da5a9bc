"""docs/proof.md says what docs/proof.json holds."""

import json

from tests.proof.page import JSON, PAGE, page


def test_the_page_is_made_of_the_results():
    assert PAGE.read_text() == page(json.loads(JSON.read_text()))


def test_nothing_in_the_results_is_wrong():
    found = json.loads(JSON.read_text())
    assert '"wrong": [\n' not in JSON.read_text(), [name for name in found if '"wrong": ["' in json.dumps(found[name])]
