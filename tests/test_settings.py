"""Settings: by the environment's own names, and a start that cannot be is one sentence that names the setting."""

import os
import tomllib
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import VERSION, Settings, load_settings

TENANT = "11111111-1111-4111-8111-111111111111"
APP_ID = "00000000-0000-4000-8000-0000000000b0"
USER = "aaaaaaaa-0000-4000-8000-000000000001"
PRODUCTION = {"MicrosoftAppId": APP_ID, "MicrosoftAppTenantId": TENANT, "MicrosoftAppPassword": "secret"}
TWIN = "http://127.0.0.1:3980/v1.0"
POSTGRES = "postgresql+asyncpg://u:hidden@127.0.0.1/db"
OURS = {str(field.validation_alias).upper() for field in Settings.model_fields.values()}


@pytest.fixture
def environment(monkeypatch):
    """Set exactly these settings, whatever the machine's own environment holds."""

    def use(**values):
        for name in list(os.environ):
            if name.upper() in OURS:
                monkeypatch.delenv(name)
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return use


def test_nothing_set_is_the_sandbox(environment):
    environment()
    settings = load_settings()
    assert settings.sandbox
    assert (settings.port, settings.language, settings.time_zone, settings.role) == (
        3978,
        "nl",
        "Europe/Amsterdam",
        "all",
    )


def test_an_app_id_is_production(environment):
    environment(**PRODUCTION)
    settings = load_settings()
    assert not settings.sandbox
    assert settings.tenants == {TENANT}
    assert settings.app_type == "SingleTenant"


def test_names_are_read_in_any_case(environment):
    environment(
        **{name.upper(): value for name, value in PRODUCTION.items()}, samen_admins=f"{USER}, {TENANT}/{USER} {APP_ID}"
    )
    settings = load_settings()
    assert settings.app_id == APP_ID
    assert settings.admins == (USER, f"{TENANT}/{USER}", APP_ID)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"MicrosoftAppId": ""}, "MicrosoftAppId"),
        ({"MicrosoftAppId": "   "}, "MicrosoftAppId"),
        ({"MicrosoftAppPassword": "x"}, "MicrosoftAppId"),
        ({"MicrosoftAppTenantId": TENANT}, "MicrosoftAppId"),
        ({"MicrosoftAppType": "UserAssignedMSI"}, "MicrosoftAppId"),
        ({"ToChannelFromBotLoginUrl": "http://127.0.0.1:1"}, "MicrosoftAppId"),
        ({"MicrosoftAppId": APP_ID}, "MicrosoftAppTenantId"),
        ({"MicrosoftAppId": APP_ID, "MicrosoftAppTenantId": TENANT}, "MicrosoftAppPassword"),
        ({"MicrosoftAppId": APP_ID, "MicrosoftAppType": "MultiTenant", "MicrosoftAppPassword": "x"}, "AllowedTenants"),
        (PRODUCTION | {"MicrosoftAppType": "Singletenant"}, "MicrosoftAppType"),
        (PRODUCTION | {"MicrosoftAppCertificate": "nowhere.pem"}, "MicrosoftAppCertificate"),
        ({"PORT": "0"}, "PORT"),
        ({"PORT": "web"}, "PORT"),
        ({"SAMEN_HOST": "0.0.0.0"}, "SAMEN_HOST"),
        ({"SAMEN_HOST": "::"}, "SAMEN_HOST"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"SAMEN_TIME_ZONE": "Europe/Arnhem"}, "SAMEN_TIME_ZONE"),
        ({"SAMEN_TIME_ZONE": "../etc"}, "SAMEN_TIME_ZONE"),
        ({"SAMEN_DEFAULT_LOCALE": "fr-BE"}, "SAMEN_DEFAULT_LOCALE"),
        ({"SAMEN_COUNTRY": "DE"}, "SAMEN_COUNTRY"),
        ({"SAMEN_ROLE": "boss"}, "SAMEN_ROLE"),
        ({"SAMEN_LOG": "xml"}, "SAMEN_LOG"),
        (PRODUCTION | {"MicrosoftAppId": "abc"}, "MicrosoftAppId"),
        (PRODUCTION | {"MicrosoftAppTenantId": "voorbeeldrecht.nl"}, "MicrosoftAppTenantId"),
        (PRODUCTION | {"AllowedTenants": f"{TENANT}, x"}, "AllowedTenants"),
        ({"SAMEN_ADMINS": "anneke@voorbeeldrecht.nl"}, "SAMEN_ADMINS"),
        ({"SAMEN_ADMINS": f"x/{USER}"}, "SAMEN_ADMINS"),
        ({"SAMEN_OFFICERS": f"{USER}/"}, "SAMEN_OFFICERS"),
        ({"SAMEN_ROLE": "web"}, "SAMEN_ROLE"),
        ({"SAMEN_ROLE": "jobs"}, "DATABASE_URL"),
        ({"SAMEN_METRICS_PORT": "3978"}, "SAMEN_METRICS_PORT"),
        ({"SAMEN_METRICS_PORT": "3979"}, "SAMEN_METRICS_PORT"),
        (PRODUCTION | {"ConnectionName": " "}, "ConnectionName"),
        (PRODUCTION | {"OAuthUrl": "http://tokens.example"}, "OAuthUrl"),
        (PRODUCTION | {"OAuthUrl": "https://me:secret@tokens.example"}, "OAuthUrl"),
        (PRODUCTION | {"OAuthUrl": "https://tokens.example/?x=1"}, "OAuthUrl"),
        (PRODUCTION | {"OAuthUrl": "https://tokens.example:0"}, "OAuthUrl"),
        (PRODUCTION | {"OAuthUrl": "ftp://127.0.0.1"}, "OAuthUrl"),
        (PRODUCTION | {"OAuthUrl": "https://[::1"}, "OAuthUrl"),
        (PRODUCTION | {"OAuthUrl": ""}, "OAuthUrl"),
        (PRODUCTION | {"GraphBaseUrl": "http://graph.example/v1.0"}, "GraphBaseUrl"),
        (PRODUCTION | {"GraphBaseUrl": "https://graph.microsoft.com"}, "GraphBaseUrl"),
        (PRODUCTION | {"GraphBaseUrl": "https://graph.microsoft.com/beta"}, "GraphBaseUrl"),
        (PRODUCTION | {"ToBotFromEmulatorOpenIdMetadataUrl": "http://x.example"}, "ToBotFromEmulatorOpenIdMetadataUrl"),
        ({"ToBotFromEmulatorOpenIdMetadataUrl": "https://x.example"}, "MicrosoftAppId"),
        ({"GraphBaseUrl": "https://graph.microsoft.com/v1.0"}, "GraphBaseUrl"),
        ({"GraphBaseUrl": TWIN, "OAuthUrl": "https://api.botframework.com"}, "OAuthUrl"),
        ({"ConnectionName": "graph"}, "GraphBaseUrl"),
        ({"OAuthUrl": "http://127.0.0.1:3980"}, "GraphBaseUrl"),
    ],
)
def test_what_is_wrong_is_named_in_one_sentence(environment, values, named):
    environment(**values)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    sentence = str(caught.value)
    assert named in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_wrong_id_is_not_repeated(environment):
    """Somebody may have pasted a secret there."""
    environment(**PRODUCTION | {"MicrosoftAppId": "verysecret"})
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "verysecret" not in str(caught.value)


@pytest.mark.parametrize(
    ("values", "connection", "token_service", "graph"),
    [
        ({}, None, None, None),
        ({"GraphBaseUrl": TWIN}, "samen", "http://127.0.0.1:3980", TWIN),
        ({"graphbaseurl": TWIN, "CONNECTIONNAME": "mine"}, "mine", "http://127.0.0.1:3980", TWIN),
        ({"GraphBaseUrl": TWIN, "OAuthUrl": "http://localhost:1"}, "samen", "http://localhost:1", TWIN),
        (PRODUCTION, None, None, None),
        (PRODUCTION | {"ConnectionName": "graph"}, "graph", None, None),
        (PRODUCTION | {"ConnectionName": "graph", "OAuthUrl": "https://t.example"}, "graph", "https://t.example", None),
        (PRODUCTION | {"ConnectionName": "graph", "GraphBaseUrl": TWIN}, "graph", None, TWIN),
        (PRODUCTION | {"GraphBaseUrl": TWIN}, None, None, TWIN),
    ],
)
def test_where_people_sign_in(environment, values, connection, token_service, graph):
    """None stands for Microsoft's own; without a connection Samen does without Graph."""
    environment(**values)
    settings = load_settings()
    assert (settings.connection, settings.token_service_url, settings.graph_base_url) == (
        connection,
        token_service,
        graph,
    )


@pytest.mark.parametrize("role", ["web", "jobs"])
def test_on_postgresql_every_role_is_fine(environment, role):
    environment(**PRODUCTION, DATABASE_URL=POSTGRES, SAMEN_ROLE=role, SAMEN_METRICS_PORT="3979")
    assert load_settings().role == role


def test_secrets_are_not_shown(environment):
    environment(**PRODUCTION, DATABASE_URL=POSTGRES)
    shown = repr(load_settings())
    assert "secret" not in shown
    assert "hidden" not in shown


def test_one_version_for_the_bot_and_its_package():
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == VERSION
