"""Who may knock: the Bot Framework's tokens."""

import asyncio
import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from tests.fakes.botframework import APP_ID, rsa_key, utc
from tests.fakes.doors import House


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
    async with asyncio.timeout(20):
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
