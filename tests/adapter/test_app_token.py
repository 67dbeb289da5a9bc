"""The bot's own token: asked for once, renewed in time, and replaced when it is refused."""

from datetime import timedelta
from typing import Any

import pytest

from bot.adapter import DoorConfig
from tests.fakes.botframework import BotFramework, certificate
from tests.fakes.doors import Doors, House, production_config


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


@pytest.mark.usefixtures("hurried")
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


@pytest.fixture
def certificate_file(tmp_path: Any) -> str:
    path = tmp_path / "bot.pem"
    path.write_bytes(certificate("bot"))
    return str(path)


def test_a_config_shows_no_secret() -> None:
    assert "geheim" not in repr(DoorConfig(app_id="x", password="geheim"))
