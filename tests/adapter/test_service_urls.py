"""The allow-list that keeps the bot's token at home: tricks, and properties for the tricks nobody thought of."""

import pytest
import yarl
from hypothesis import given
from hypothesis import strategies as st

from bot.adapter import DoorConfig
from bot.adapter.service_urls import is_allowed, is_loopback
from bot.errors import SettingsError

TEAMS = ("https://smba.trafficmanager.net",)
NARROW = ("https://smba.trafficmanager.net/emea/", "http://127.0.0.1:5000/teams")


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net",
        "https://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net/emea/11111111-1111-4111-8111-111111111111/",
        "https://SMBA.TrafficManager.net/emea/",
        "HTTPS://smba.trafficmanager.net/emea",
        "https://smba.trafficmanager.net:443/emea/",
    ],
)
def test_teams_is_allowed(url: str) -> None:
    assert is_allowed(url, TEAMS)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "smba.trafficmanager.net",
        "//smba.trafficmanager.net",
        "http://smba.trafficmanager.net/emea/",
        "ftp://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil-smba.trafficmanager.net/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://evil.example@smba.trafficmanager.net/",
        "https://user:password@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:password@evil.example/",
        "https://evil.example/https://smba.trafficmanager.net",
        "https://evil.example#@smba.trafficmanager.net/",
        "https://evil.example?@smba.trafficmanager.net/",
        "https://evil.example\\@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net\\@evil.example/",
        "https:\\\\smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:444/",
        "https://smba.trafficmanager.net:/",
        "https://smba.trafficmanager.net:0443443/",
        "httpſ://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net./",
        "https://smba%2etrafficmanager.net/",
        "https://smba.trafficmanager.net%2eevil.example/",
        "https://smba.trafficmanager.net/%2e%2e/",
        "https://smba.trafficmanager.net/../",
        "https://smba.trafficmanager.net/emea/./x",
        "https://smba.trafficmanager.net/emea/..",
        "https://smba.trafficmanager.net/?x=1",
        "https://smba.trafficmanager.net/#x",
        "https://smba.trafficmanager.net/\nHost: evil.example",
        "https://smba.trafficmanager.net\n.evil.example/",
        "https://smba.trafficmanager.net\t/",
        " https://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net/ ",
        "https://ſmba.trafficmanager.net/",
        "https://smba.trafficmanager。net/",
        "https://smba.trafficmanager.net\u2044@evil.example/",
        "https:///smba.trafficmanager.net/",
        "https:smba.trafficmanager.net/",
        "https://[::1]/",
        "http://127.0.0.1/",
        "http://localhost/",
    ],
)
def test_what_only_looks_like_teams_is_not(url: str) -> None:
    assert not is_allowed(url, TEAMS)


def test_http_beyond_this_machine_is_not_allowed_even_by_an_entry() -> None:
    assert not is_allowed("http://smba.trafficmanager.net/", ("http://smba.trafficmanager.net",))


def test_an_entry_admits_what_lies_under_it_and_no_neighbour() -> None:
    assert is_allowed("https://smba.trafficmanager.net/emea", NARROW)
    assert is_allowed("https://smba.trafficmanager.net/emea/x/", NARROW)
    assert not is_allowed("https://smba.trafficmanager.net/emea-evil/", NARROW)
    assert not is_allowed("https://smba.trafficmanager.net/", NARROW)
    assert is_allowed("http://127.0.0.1:5000/teams/", NARROW)
    assert not is_allowed("http://127.0.0.1:5001/teams/", NARROW)
    assert not is_allowed("https://127.0.0.1:5000/teams/", NARROW)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "127.0.0.1", "127.8.9.1", "[::1]", "::1", "[0:0:0:0:0:0:0:1]"]
)
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "0.0.0.0",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "localhost.evil.example",
        "[::]",
        "::2",
        "10.0.0.1",
    ],
)
def test_not_loopback(host: str) -> None:
    assert not is_loopback(host)


def test_the_sandbox_admits_loopback_and_nothing_else() -> None:
    sandbox = DoorConfig()
    for url in ("http://localhost:3979/_connector", "http://[::1]:3979/", "http://127.0.0.1:1/", "https://localhost/"):
        assert sandbox.admits_service(url)
    for url in (
        "http://localhost.evil.example/",
        "http://localhost@evil.example/",
        "http://0.0.0.0:80/",
        "http://[::]/",
        "httpſ://localhost/x",
        "http://localhost:0/",
        "http://localhost:65536/",
        "http://localhost:99999/",
    ):
        assert not sandbox.admits_service(url)


HOSTS = st.text(st.sampled_from("abc.-:@[]/\\?#%2e1smba.trafficmanager.net "), max_size=40)


@given(st.sampled_from(["https://", "http://", "https:/", "//", "HTTPS://"]), HOSTS, HOSTS)
def test_whatever_is_allowed_is_teams_for_the_http_client_too(scheme: str, host: str, rest: str) -> None:
    for url in (
        f"{scheme}{host}",
        f"{scheme}smba.trafficmanager.net{host}",
        f"{scheme}{host}smba.trafficmanager.net{rest}",
    ):
        if is_allowed(url, TEAMS):
            seen = yarl.URL(f"{url}/v3/conversations", encoded=True)
            assert (seen.scheme, seen.host, seen.port, seen.user) == ("https", "smba.trafficmanager.net", 443, None)


@given(st.text(max_size=60))
def test_any_text_is_judged_without_a_fault(url: str) -> None:
    assert not is_allowed(url, TEAMS)
    is_allowed(f"https://{url}", TEAMS, loopback=True)


LETTERS = st.text(st.sampled_from("hHtTpPsSſ"), min_size=4, max_size=5)
PORTS = st.integers(0, 99999)


@given(LETTERS, st.sampled_from(["localhost", "127.0.0.1", "[::1]", "locaLhoſt", "[:::]"]), PORTS)
def test_whatever_is_allowed_can_be_asked(scheme: str, host: str, port: int) -> None:
    url = f"{scheme}://{host}:{port}/x"
    if is_allowed(url, TEAMS, loopback=True):
        assert yarl.URL(f"{url}/v3", encoded=True).port == port


@pytest.mark.parametrize(
    "wrong",
    [
        {"login_url": "http://login.microsoftonline.com/x"},
        {"login_url": "https://login.microsoftonline.com.evil.example/x"},
        {"login_url": "https://evil.example/x"},
        {"openid_metadata_url": "http://login.botframework.com/x"},
        {"allowed_service_urls": ("http://smba.trafficmanager.net",)},
        {"allowed_service_urls": ("smba.trafficmanager.net",)},
        {"allowed_service_urls": ("https://*.trafficmanager.net",)},
    ],
)
def test_a_config_that_would_let_a_secret_travel_in_the_open_is_refused(wrong: dict) -> None:
    with pytest.raises(SettingsError):
        DoorConfig(app_id="app", password="x", **wrong)


def test_another_authority_is_a_choice_that_must_be_made() -> None:
    assert DoorConfig(app_id="app", login_url="https://login.example/x", validate_authority=False).login


@pytest.mark.parametrize(
    ("given", "login"),
    [
        ({"tenant_id": "t"}, "https://login.microsoftonline.com/t"),
        ({"tenant_id": "t", "app_type": "MultiTenant"}, "https://login.microsoftonline.com/botframework.com"),
        ({}, "https://login.microsoftonline.com/botframework.com"),
        ({"login_url": "http://127.0.0.1:5000/login/"}, "http://127.0.0.1:5000/login"),
    ],
)
def test_where_the_bot_logs_in(given: dict, login: str) -> None:
    assert DoorConfig(app_id="app", **given).login == login


def test_the_public_cloud_is_the_default() -> None:
    config = DoorConfig(app_id="app")
    assert config.metadata == "https://login.botframework.com/v1/.well-known/openidconfiguration"
    assert config.issuer == "https://api.botframework.com"
    assert config.scope == "https://api.botframework.com/.default"
    assert config.admits_service("https://smba.trafficmanager.net/emea/")
    assert config.admits_channel("msteams")
    assert not config.admits_channel("emulator")
    assert not config.admits_tenant("any")
    assert DoorConfig().admits_tenant("any")
    assert DoorConfig().admits_channel("emulator")


def test_a_tenant_is_the_same_in_any_letters() -> None:
    config = DoorConfig(app_id="app", allowed_tenants=frozenset({"ABCDEF-1"}))
    assert config.admits_tenant("abcdef-1")
    assert config.admits_tenant("ABCDEF-1")
    assert not config.admits_tenant("abcdef-2")
