"""The app package's manifest, as Teams will read it once an organisation has filled in its own values."""

import json
import re
import tomllib

import jsonschema
import pytest

from tests.stack import ROOT

SCHEMAS = ROOT.parent / "shared" / "reference"
TEAMS = ROOT / "infra" / "teams"
FILLED_IN = {
    "MicrosoftAppId": "8d7b6c1a-2f34-4e5a-9b80-1c2d3e4f5a6b",
    "DeveloperName": "Gemeente Voorbeeldrecht",
    "DeveloperWebsite": "https://voorbeeldrecht.example/samen",
    "SAMEN_DOMAIN": "samen.voorbeeldrecht.example",
    "Version": "1.2.3",
}
# Everything in a manifest that gives an app something: each must have its reason.
GIVEN = ("permissions", "devicePermissions", "validDomains")
SETTINGS = (
    "authorization", "composeExtensions", "configurableTabs", "staticTabs", "connectors", "webApplicationInfo", "extensions",
    "meetingExtensionDefinition", "activities", "defaultBlockUntilAdminAction", "defaultInstallScope", "supportedChannelTypes",
    "supportsChannelFeatures", "copilotAgents", "dashboardCards", "graphConnector", "agentConnectors", "agentSkills",
)  # fmt: skip
NO_FLAG = {"botId", "scopes", "commandLists"}


@pytest.fixture
def manifest():
    text = (TEAMS / "manifest.json").read_text("utf-8")
    return json.loads(re.sub(r"\$\{\{(\w+)\}\}", lambda found: FILLED_IN[found[1]], text))


@pytest.fixture
def english():
    return json.loads((TEAMS / "en.json").read_text("utf-8"))


def complaints(name, instance):
    path = SCHEMAS / name
    if not path.exists():
        pytest.skip(f"{name} is not beside this checkout")
    schema = json.loads(path.read_text("utf-8"))
    # `const` came after draft 4, which the schema says it is; a newer validator looks at it, so both are asked.
    validators = (jsonschema.Draft4Validator, jsonschema.Draft7Validator)
    return [error.message for validator in validators for error in validator(schema).iter_errors(instance)]


def test_is_valid_for_teams(manifest):
    assert complaints("teams-manifest.schema.json", manifest) == []
    manifest["bots"][0]["telepathy"] = True
    assert complaints("teams-manifest.schema.json", manifest)


def test_its_english_is_valid_for_teams(english):
    assert complaints("teams-localization.schema.json", english) == []
    english["bots[0].commandLists[9].commands[0].title"] = "nowhere"
    assert complaints("teams-localization.schema.json", english)


def test_every_scope_has_its_own_menu_and_only_groups_have_slash_commands(manifest):
    (bot,) = manifest["bots"]
    triggers = {scope: entry["triggers"] for entry in bot["commandLists"] for scope in entry["scopes"]}
    assert triggers == {"personal": ["mention"], "team": ["slash", "mention"], "groupChat": ["slash", "mention"]}
    assert set(bot["scopes"]) == set(triggers)
    assert bot["supportsTargetedMessages"]
    for entry in bot["commandLists"]:
        titles = [command["title"] for command in entry["commands"]]
        assert len(titles) == len(set(titles)) <= 12


def test_dutch_comes_first_and_english_is_whole(manifest, english):
    assert manifest["localizationInfo"] == {
        "defaultLanguageTag": "nl", "additionalLanguages": [{"languageTag": "en", "file": "en.json"}]
    }  # fmt: skip
    for number, entry in enumerate(manifest["bots"][0]["commandLists"]):
        for position, command in enumerate(entry["commands"]):
            place = f"bots[0].commandLists[{number}].commands[{position}]"
            assert english[f"{place}.title"]
            assert english[f"{place}.description"] != command["description"]


def test_single_sign_on_is_named_as_for_a_bot_alone(manifest):
    """Microsoft (bot-sso-manifest): an app with tabs too has its domain before `botid-`, a bot alone has none."""
    app_id = FILLED_IN["MicrosoftAppId"]
    assert manifest["webApplicationInfo"] == {"id": app_id, "resource": f"api://botid-{app_id}"}
    assert not {"staticTabs", "configurableTabs", "composeExtensions"} & set(manifest)
    # ref-oauth-redirect-urls (learn.microsoft.com/azure/bot-service): the second for data residency in Europe.
    assert {"token.botframework.com", "europe.token.botframework.com"} <= set(manifest["validDomains"])


def test_whatever_the_package_asks_for_has_its_reason(manifest):
    """And no reason stands for something that is not asked for."""
    reasons = tomllib.loads((TEAMS / "permissions.toml").read_text("utf-8"))
    raw = json.loads((TEAMS / "manifest.json").read_text("utf-8"))
    asked = {part: set(raw[part]) for part in GIVEN if part in raw}
    asked["scopes"] = {scope for bot in raw["bots"] for scope in bot["scopes"]}
    asked["bots"] = {flag for bot in raw["bots"] for flag in bot} - NO_FLAG
    asked["app"] = set(SETTINGS) & set(raw)
    assert {part: set(why) for part, why in reasons.items()} == asked
    assert all(len(why) > 30 for part in reasons.values() for why in part.values())


def test_no_part_of_the_manifest_is_overlooked():
    """What the schema knows and is neither described here nor plain text would go by without a reason."""
    plain = {
        "$schema", "manifestVersion", "version", "id", "localizationInfo", "developer", "name", "description", "icons",
        "accentColor", "bots",
    }  # fmt: skip
    raw = json.loads((TEAMS / "manifest.json").read_text("utf-8"))
    assert set(raw) <= plain | set(GIVEN) | set(SETTINGS)
