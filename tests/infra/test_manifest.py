"""The app package's manifest, as Teams will read it once an organisation has filled in its own values."""

import json
import re

import jsonschema
import pytest

from tests.stack import ROOT

SCHEMA = ROOT.parent / "shared" / "reference" / "teams-manifest.schema.json"
FILLED_IN = {
    "MicrosoftAppId": "8d7b6c1a-2f34-4e5a-9b80-1c2d3e4f5a6b",
    "DeveloperName": "Gemeente Voorbeeldrecht",
    "DeveloperWebsite": "https://voorbeeldrecht.example/samen",
}


@pytest.fixture
def manifest():
    text = (ROOT / "infra/teams/manifest.json").read_text("utf-8")
    return json.loads(re.sub(r"\$\{\{(\w+)\}\}", lambda found: FILLED_IN[found[1]], text))


def test_is_valid_for_teams(manifest):
    if not SCHEMA.exists():
        pytest.skip("the schema of manifest 1.29 is not beside this checkout")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    # `const` came after draft 4, which the schema says it is; a newer validator looks at it, so both are asked.
    for validator in (jsonschema.Draft4Validator, jsonschema.Draft7Validator):
        assert [error.message for error in validator(schema).iter_errors(manifest)] == []
    manifest["bots"][0]["telepathy"] = True
    assert list(jsonschema.Draft4Validator(schema).iter_errors(manifest))


def test_every_scope_has_its_own_menu_and_only_groups_have_slash_commands(manifest):
    (bot,) = manifest["bots"]
    triggers = {scope: entry["triggers"] for entry in bot["commandLists"] for scope in entry["scopes"]}
    assert triggers == {"personal": ["mention"], "team": ["slash", "mention"], "groupChat": ["slash", "mention"]}
    assert set(bot["scopes"]) == set(triggers)
    assert bot["supportsTargetedMessages"]
    for entry in bot["commandLists"]:
        titles = [command["title"] for command in entry["commands"]]
        assert len(titles) == len(set(titles)) <= 10
