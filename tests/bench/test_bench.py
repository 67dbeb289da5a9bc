"""The bench itself: it counts what it should, and says what was missed."""

import json

import pytest

from tests.bench.aims import aims
from tests.bench.bots import ECHO, running
from tests.bench.load import Load
from tests.bench.microsoft import Microsoft, length_of
from tests.bench.people import SPEAKERS, Activities
from tests.bench.report import merged


def figures(rate: float, **more: float) -> dict[str, list[float]]:
    usual = {"rate": rate, "cpu_ms": 1000 / rate, "logins": 0, "connections": 0, "p50_ms": 64_000 / rate}
    return {name: [value] * 3 for name, value in (usual | more).items()}


def found(**rates: float) -> dict[str, dict[str, list[float]]]:
    cases = {"botbuilder, patched": 300, "aiohttp + PyJWT": 3000, "Samen, echo": 2400}
    own = {f"Samen, {kind}, {asked}": 1000 for kind in ("PostgreSQL", "SQLite") for asked in ("/waar thuis", "press")}
    return {name: figures(rates.get(name, rate)) for name, rate in (cases | own).items()}


def missed(cases: dict[str, dict[str, list[float]]]) -> list[str]:
    return [aim.what for aim in aims({"beside": cases}) if aim.off]


def test_what_is_fast_enough_misses_nothing():
    assert missed(found()) == []


def test_what_is_too_slow_is_missed_by_a_share():
    cases = found(**{"Samen, PostgreSQL, press": 450})
    (aim,) = (aim for aim in aims({"beside": cases}) if aim.off)
    assert aim.what == "press on PostgreSQL, beside the patched echo"
    assert aim.measured == 1.5
    assert aim.off == pytest.approx(0.5)


def test_one_token_request_is_one_too_many():
    cases = found()
    cases["Samen, echo"]["logins"][1] = 0.001
    assert missed(cases) == ["token requests a message"]


def test_a_later_run_of_one_act_keeps_the_others():
    first = merged({}, {"measured": {"beside": "then"}, "beside": found()})
    both = merged(first, {"measured": {"start": "now"}, "start": {"SQLite": [9.0]}})
    assert both["measured"] == {"beside": "then", "start": "now"}
    assert [aim["what"] for aim in both["aims"] if aim["off"]] == ["SQLite: ready after the start of the process"]


def test_every_request_is_somebody_elses_and_an_activity_of_its_own():
    make = Activities("token", "http://127.0.0.1:1/teams/").messages("/waar thuis")
    bodies = []
    for _ in range(SPEAKERS):
        head, _, body = make().partition(b"\r\n\r\n")
        assert length_of(head) == len(body)
        bodies.append(json.loads(body))
    assert len({body["id"] for body in bodies}) == SPEAKERS
    assert len({body["from"]["aadObjectId"] for body in bodies}) == SPEAKERS


@pytest.mark.process
async def test_the_echo_answers_every_message_once_through_the_whole_door(tmp_path):
    async with Microsoft() as mock:
        hello = Activities(mock.token(), mock.service_url).messages("hallo")
        with running(ECHO, mock, tmp_path) as bot:
            await bot.ready()
            load = Load(bot.port, hello, 8)
            await load.open()
            await load.send(200)
            await load.close()
        assert (mock.messages, mock.refused, mock.logins) == (200, 0, 1)
        assert all(json.loads(said)["text"] == "Echo: hallo" for said in mock.last)
