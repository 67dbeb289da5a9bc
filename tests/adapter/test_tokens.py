"""Who may knock: the Bot Framework's tokens, and how its keys are kept."""

import asyncio
import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from bot.adapter import DoorConfig
from tests.fakes.botframework import APP_ID, BotFramework, certificate, rsa_key, utc
from tests.fakes.doors import Doors, House, production_config


async def test_a_good_token_is_let_in_and_answered_with_the_bots_own(office: House) -> None:
    assert (await office.client.write("waar")).status == 200
    assert office.handler.turn.text == "waar"
    assert office.framework.asked[0].token == "app-token-1"


def _unsigned(claims: dict[str, Any]) -> str:
    parts = ({"alg": "none", "typ": "JWT", "kid": "key-1"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts) + "."


def _bent(token: str) -> str:
    head, claims, signature = token.split(".")
    return f"{head}.{claims}.{signature[:-8]}{'A' * 8}"


def _forged(token: str) -> str:
    """Another audience's claims under a good signature's head and tail."""
    head, _, signature = token.split(".")
    claims = base64.urlsafe_b64encode(json.dumps({"iss": "x", "aud": APP_ID}).encode()).rstrip(b"=").decode()
    return f"{head}.{claims}.{signature}"


BAD_HEADERS = {
    "none": lambda f: None,
    "empty": lambda f: "",
    "basic": lambda f: "Basic dXNlcjpwYXNz",
    "bearer alone": lambda f: "Bearer",
    "bearer and a space": lambda f: "Bearer ",
    "garbage": lambda f: "Bearer garbage",
    "dots": lambda f: "Bearer ...",
    "not ascii": lambda f: "Bearer caf\u00e9.caf\u00e9.caf\u00e9",
    "a header of brackets": lambda f: "Bearer " + base64.urlsafe_b64encode(b"[" * 4000).decode() + ".e30.x",
    "bad signature": lambda f: f"Bearer {_bent(f.token(utc()))}",
    "forged claims": lambda f: f"Bearer {_forged(f.token(utc()))}",
    "signed by another key": lambda f: f"Bearer {f.token(utc(), key=rsa_key('a stranger'))}",
    "hs256": lambda f: f"Bearer {f.token(utc(), key='k' * 32, algorithm='HS256')}",
    "rs512": lambda f: f"Bearer {f.token(utc(), algorithm='RS512')}",
    "alg none": lambda f: f"Bearer {_unsigned({'iss': 'https://api.botframework.com', 'aud': APP_ID, 'exp': 9e9})}",
    "unknown kid": lambda f: f"Bearer {f.token(utc(), kid='unknown')}",
    "no kid": lambda f: f"Bearer {f.token(utc(), kid=None)}",
    "no iss": lambda f: f"Bearer {f.token(utc(), iss=None)}",
    "wrong iss": lambda f: f"Bearer {f.token(utc(), iss='https://evil.example')}",
    "emulator iss v1": lambda f: (
        f"Bearer {f.token(utc(), iss='https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/')}"
    ),
    "emulator iss v2": lambda f: (
        f"Bearer {f.token(utc(), iss='https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0')}"
    ),
    "no aud": lambda f: f"Bearer {f.token(utc(), aud=None)}",
    "wrong aud": lambda f: f"Bearer {f.token(utc(), aud='another-bot')}",
    "no exp": lambda f: f"Bearer {f.token(utc(), exp=None)}",
    "exp is text": lambda f: f"Bearer {f.token(utc(), exp='later')}",
    "exp is true": lambda f: f"Bearer {f.token(utc(), exp=True)}",
    "exp is beyond all numbers": lambda f: f"Bearer {f.token(utc(), exp=10**400)}",
    "exp is endless": lambda f: f"Bearer {f.token(utc(), exp=float('inf'))}",
    "exp is no number": lambda f: f"Bearer {f.token(utc(), exp=float('nan'))}",
    "expired": lambda f: f"Bearer {f.token(utc(), exp=int((utc() - timedelta(minutes=5)).timestamp()))}",
    "not yet": lambda f: f"Bearer {f.token(utc(), nbf=int((utc() + timedelta(minutes=6)).timestamp()))}",
    "not yet is true": lambda f: f"Bearer {f.token(utc(), nbf=True)}",
    "not yet is beyond all numbers": lambda f: f"Bearer {f.token(utc(), nbf=-(10**400))}",
    "no serviceurl": lambda f: f"Bearer {f.token(utc(), serviceurl=None)}",
    "another serviceurl": lambda f: f"Bearer {f.token(utc(), serviceurl='https://smba.trafficmanager.net/emea/')}",
}


@pytest.mark.parametrize("case", BAD_HEADERS)
async def test_a_bad_token_is_401_and_reaches_nobody(office: House, case: str) -> None:
    office.client.token = None
    header = BAD_HEADERS[case](office.framework)
    headers = {} if header is None else {"Authorization": header}
    answer = await office.client.post(office.client.activity(text="waar"), **headers)
    assert answer.status == 401
    assert office.handler.turns == []
    assert office.framework.asked == []


async def test_a_token_of_bytes_that_are_no_text_is_401(office: House) -> None:
    host, _, port = office.client.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = b"POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
    writer.write(head + b"Authorization: Bearer caf\xe9.e30.x\r\n\r\n{}")
    async with asyncio.timeout(2):
        assert b" 401 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_a_bad_token_is_401_before_the_body_is_looked_at(office: House) -> None:
    office.client.token = "garbage"
    assert (await office.client.post_raw(b"{ this is no JSON")).status == 401


@pytest.mark.parametrize("minutes", [4, -4])
async def test_clocks_may_differ_by_five_minutes(office: House, minutes: int) -> None:
    now = office.clock.now()
    early, late = now - timedelta(minutes=minutes), now + timedelta(minutes=minutes)
    office.client.token = office.framework.token(now, exp=int(early.timestamp()), nbf=int(late.timestamp()))
    assert (await office.client.write("waar")).status == 200


async def test_a_token_seen_before_still_expires(office: House) -> None:
    assert (await office.client.write("waar")).status == 200
    office.clock.move(timedelta(hours=1, minutes=6))
    assert (await office.client.write("waar")).status == 401


async def test_a_token_seen_before_is_still_held_against_channel_and_service_url(office: House) -> None:
    """The token is remembered, what it vouches for is looked at again: its key's endorsements, its service URL."""
    assert (await office.client.write("waar")).status == 200
    assert (await office.client.write("waar", channelId="webchat")).status == 403
    assert (await office.client.write("waar", serviceUrl=office.framework.service_url + "other/")).status == 401
    assert len(office.handler.turns) == 1


async def test_a_token_seen_before_ends_with_its_key(office: House) -> None:
    assert (await office.client.write("waar")).status == 200
    office.framework.keys = {"key-2": ["msteams"]}
    office.client.token = office.framework.token(office.clock.now(), kid="key-2")
    old = office.framework.token(office.clock.now())
    office.clock.move(timedelta(minutes=2))
    assert (await office.client.write("waar")).status == 200
    office.client.token = old
    assert (await office.client.write("waar")).status == 401


async def test_an_endorsement_taken_back_counts_at_once(office: House) -> None:
    assert (await office.client.write("waar")).status == 200
    office.framework.keys = {"key-1": ["webchat"]}
    office.clock.move(timedelta(hours=25))
    office.client.token = office.framework.token(office.clock.now())
    assert (await office.client.write("waar")).status == 401


async def test_a_new_key_is_fetched_when_it_appears(office: House) -> None:
    assert (await office.client.write("waar")).status == 200
    office.framework.keys = {"key-1": ["msteams"], "key-2": ["msteams"]}
    office.clock.move(timedelta(minutes=2))
    office.client.token = office.framework.token(office.clock.now(), kid="key-2")
    assert (await office.client.write("waar")).status == 200
    assert office.framework.key_requests == 2


async def test_invented_keys_ask_for_the_list_once_a_minute(office: House) -> None:
    assert (await office.client.write("waar")).status == 200
    for seconds in (0, 20, 30, 20, 55, 10):  # asked at 0, 70 and 135
        office.clock.move(timedelta(seconds=seconds))
        for number in range(5):
            office.client.token = office.framework.token(office.clock.now(), kid=f"invented-{number}", key=rsa_key("x"))
            assert (await office.client.write("waar")).status == 401
    assert office.framework.key_requests == 3


async def test_a_day_old_list_is_read_again(office: House) -> None:
    for _ in range(2):
        office.client.token = office.framework.token(office.clock.now())
        assert (await office.client.write("waar")).status == 200
        office.clock.move(timedelta(hours=25))
    assert office.framework.key_requests == 2


async def test_many_first_requests_fetch_the_keys_once(office: House) -> None:
    answers = await asyncio.gather(*(office.client.write("waar") for _ in range(20)))
    assert {answer.status for answer in answers} == {200}
    assert office.framework.key_requests == 1
    assert len(office.framework.logins) == 1


async def test_keys_that_cannot_be_fetched_are_our_outage(office: House) -> None:
    office.framework.keys_broken = True
    answer = await office.client.write("waar")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert (await office.client.get("/readyz")).status == 503
    office.framework.keys_broken = False
    office.clock.move(timedelta(seconds=6))
    assert (await office.client.write("waar")).status == 200
    assert (await office.client.get("/readyz")).status == 200


async def test_known_keys_carry_through_an_outage(office: House) -> None:
    assert (await office.client.write("waar")).status == 200
    office.framework.keys_broken = True
    office.clock.move(timedelta(hours=25))
    office.client.token = office.framework.token(office.clock.now())
    assert (await office.client.write("waar")).status == 200
    assert (await office.client.get("/readyz")).status == 200


async def test_known_keys_end_after_five_days(office: House) -> None:
    assert (await office.client.write("waar")).status == 200
    office.framework.keys_broken = True
    office.clock.move(timedelta(days=4, hours=23))
    office.client.token = office.framework.token(office.clock.now())
    assert (await office.client.write("waar")).status == 200
    office.clock.move(timedelta(hours=1))
    assert (await office.client.write("waar")).status == 503  # with the token of a moment ago, too
    office.client.token = office.framework.token(office.clock.now())
    assert (await office.client.write("waar")).status == 503
    assert (await office.client.get("/readyz")).status == 503
    office.framework.keys_broken = False
    office.clock.move(timedelta(seconds=6))
    assert (await office.client.write("waar")).status == 200
    assert len(office.handler.turns) == 3


BAD_ROWS = [
    None,
    5,
    "key-1",
    [],
    {},
    {"kty": "RSA", "kid": "bad"},
    {"kty": "RSA", "kid": "bad", "n": 5, "e": "AQAB", "endorsements": ["msteams"]},
    {"kty": "RSA", "kid": "bad", "n": "AQAB", "e": "AQAB", "endorsements": ["msteams"]},
    {"kty": "RSA", "kid": ["bad"], "n": "AQAB", "e": "AQAB"},
]


@pytest.mark.parametrize("row", BAD_ROWS, ids=json.dumps)
async def test_a_bad_row_among_the_keys_spoils_only_itself(office: House, row: Any) -> None:
    office.framework.more_keys = [row]
    assert (await office.client.write("waar")).status == 200
    office.client.token = office.framework.token(office.clock.now(), kid="bad", key=rsa_key("key-1"))
    assert (await office.client.write("waar")).status == 401


@pytest.mark.parametrize("endorsements", [None, 5, "msteams", {"msteams": 1}, [["msteams"]], [5, None]], ids=json.dumps)
async def test_endorsements_that_are_no_list_of_names_are_none(office: House, endorsements: Any) -> None:
    office.framework.keys = {"key-1": endorsements, "key-2": ["msteams", 5]}
    assert (await office.client.write("waar")).status == 401
    office.client.token = office.framework.token(office.clock.now(), kid="key-2")
    assert (await office.client.write("waar")).status == 200


@pytest.mark.parametrize("metadata", [[], 5, {}, {"jwks_uri": 5}, {"jwks_uri": None}], ids=json.dumps)
async def test_metadata_of_another_shape_is_our_outage(office: House, metadata: Any) -> None:
    office.framework.metadata = metadata
    assert (await office.client.write("waar")).status == 503


async def test_a_foreign_tenant_is_403(office: House) -> None:
    activity = office.client.activity(text="waar")
    activity["conversation"]["tenantId"] = "22222222-2222-4222-8222-222222222222"
    assert (await office.client.post(activity)).status == 403
    assert office.handler.turns == []


async def test_half_a_foreign_tenant_is_403(office: House) -> None:
    """Teams writes the tenant in two places; one of ours does not make up for a foreign one."""
    activity = office.client.activity(text="waar")
    activity["channelData"]["tenant"]["id"] = "22222222-2222-4222-8222-222222222222"
    assert (await office.client.post(activity)).status == 403
    assert office.handler.turns == []


async def test_the_sandbox_keeps_to_the_tenants_it_is_given(doors: Doors) -> None:
    house = await doors.open(DoorConfig(allowed_tenants=frozenset({"another"})))
    assert (await house.client.write("waar")).status == 403


async def test_a_tenant_is_the_same_in_capitals(doors: Doors, framework: BotFramework) -> None:
    house = await doors.open(production_config(framework, allowed_tenants=frozenset({"AbC"})))
    activity = house.client.activity(text="waar")
    activity["conversation"]["tenantId"] = activity["channelData"]["tenant"]["id"] = "aBc"
    assert (await house.client.post(activity)).status == 200


async def test_a_foreign_channel_is_403(office: House) -> None:
    office.framework.keys = {"key-1": ["msteams", "webchat"]}
    assert (await office.client.write("waar", channelId="webchat")).status == 403


async def test_a_service_url_outside_the_allow_list_is_403_and_gets_no_token(office: House) -> None:
    elsewhere = f"{office.framework.url}/elsewhere/"
    office.client.token = office.framework.token(office.clock.now(), serviceurl=elsewhere)
    assert (await office.client.write("waar", serviceUrl=elsewhere)).status == 403
    assert office.framework.foreign == []
    assert office.framework.logins == []


async def test_after_the_first_message_no_token_no_key_and_no_connection_is_asked_for(office: House) -> None:
    await office.client.write("waar")
    before = (len(office.framework.logins), office.framework.key_requests, office.framework.connections)
    for _ in range(20):
        assert (await office.client.write("waar")).status == 200
    assert (
        (len(office.framework.logins), office.framework.key_requests, office.framework.connections)
        == before
        == (1, 1, 1)
    )
    assert len(office.framework.sent()) == 21


async def test_the_bots_own_token_is_renewed_before_it_ends(office: House) -> None:
    await office.client.write("waar")
    office.clock.move(timedelta(minutes=54))
    await office.client.write("waar")
    assert len(office.framework.logins) == 1
    office.clock.move(timedelta(minutes=2))
    await office.client.write("waar")
    assert [asked.token for asked in office.framework.asked] == ["app-token-1", "app-token-1", "app-token-2"]


async def test_a_token_that_teams_refuses_is_replaced_once(office: House) -> None:
    await office.client.write("waar")
    office.framework.revoke_tokens()
    await office.client.write("waar")
    assert [asked.token for asked in office.framework.asked] == ["app-token-1", "app-token-1", "app-token-2"]
    assert len(office.framework.sent()) == 3  # the refused one was sent too


async def test_a_certificate_proves_the_bot(doors: Doors, framework: BotFramework, certificate_file: str) -> None:
    framework.demands_token = True
    house = await doors.open(production_config(framework, password=None, certificate=certificate_file))
    assert (await house.client.write("waar")).status == 200
    assert framework.sent()
    assert set(framework.logins[0]) == {"grant_type", "client_id", "scope", "client_assertion_type", "client_assertion"}


@pytest.mark.parametrize(("status", "name"), [(400, "CredentialRefused"), (401, "CredentialRefused"), (500, "NotSent")])
async def test_a_login_that_fails_is_logged_by_name_and_sends_nothing(
    office: House, status: int, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    office.framework.login_answer.status = status
    assert (await office.client.write("waar")).status == 200
    said = "".join(capsys.readouterr())
    assert "answer_not_brought" in said
    assert name in said
    assert office.framework.asked == []


async def test_a_login_that_hangs_keeps_nobody_waiting(office: House) -> None:
    office.framework.login_answer.status = 0
    assert (await office.client.write("waar")).status == 202
    assert office.framework.asked == []


async def test_a_token_source_from_outside_is_used(doors: Doors, framework: BotFramework) -> None:
    class Given:
        closed = False

        async def token(self) -> str:
            return "given"

        def forget(self, token: str) -> None:
            raise AssertionError(token)

        async def close(self) -> None:
            self.closed = True

    given = Given()
    config = production_config(framework, password=None, app_type="UserAssignedMSI")
    house = await doors.open(config, token_source=given)
    await house.client.write("waar")
    assert (framework.asked[0].token, framework.logins) == ("given", [])
    await doors.__aexit__()
    assert given.closed


async def test_the_sandbox_takes_no_token(sandbox: House, framework: BotFramework) -> None:
    sandbox.client.token = framework.token(sandbox.clock.now())
    assert (await sandbox.client.write("waar")).status == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:3978", "127.0.0.1.evil.example", "[::2]:80", "[x", "10.0.0.1"]
)
async def test_the_sandbox_answers_only_to_this_machines_names(sandbox: House, host: str) -> None:
    assert (await sandbox.client.post(sandbox.client.activity(text="waar"), Host=host)).status == 403
    assert sandbox.handler.turns == []


@pytest.mark.parametrize("host", ["localhost:3978", "127.0.0.1", "[::1]:3978"])
async def test_the_sandbox_knows_this_machines_names(sandbox: House, host: str) -> None:
    assert (await sandbox.client.post(sandbox.client.activity(text="waar"), Host=host)).status == 200


@pytest.mark.parametrize(
    ("origin", "status"), [("https://evil.example", 403), ("null", 403), ("http://localhost:3979", 200)]
)
async def test_the_sandbox_refuses_web_pages_from_elsewhere(sandbox: House, origin: str, status: int) -> None:
    assert (await sandbox.client.post(sandbox.client.activity(text="waar"), Origin=origin)).status == status


async def test_the_sandbox_speaks_to_loopback_only(sandbox: House) -> None:
    answer = await sandbox.client.write("waar", serviceUrl="https://smba.trafficmanager.net.evil.example/")
    assert answer.status == 403
    assert sandbox.handler.turns == []


@pytest.fixture
def certificate_file(tmp_path: Any) -> str:
    path = tmp_path / "bot.pem"
    path.write_bytes(certificate("bot"))
    return str(path)


def test_a_config_shows_no_secret() -> None:
    assert "geheim" not in repr(DoorConfig(app_id="x", password="geheim"))
