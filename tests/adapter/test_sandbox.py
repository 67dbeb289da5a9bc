"""The sandbox's door: no tokens, and nobody but programs on this machine."""

import pytest

from tests.fakes.botframework import BotFramework
from tests.fakes.doors import House


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
