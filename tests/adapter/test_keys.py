"""The Bot Framework's keys: fetched when needed, kept through an outage, and never for long."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from tests.fakes.botframework import rsa_key
from tests.fakes.doors import House


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
