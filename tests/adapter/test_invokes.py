"""Every kind of invoke over HTTP: always a well-formed answer, never a fault for what was sent."""

import asyncio
from typing import Any

import pytest

from tests.fakes.doors import House, Picture, Sentence, until
from tests.fakes.teams_client import ANOUK, GROUP

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"


async def test_a_press_is_answered_with_a_card(sandbox: House) -> None:
    sandbox.handler.shows(Picture("Vandaag"))
    answer = await sandbox.client.press("where.set", {"day": "2026-11-23"}, replyToId="card-1")
    assert answer.status == 200
    assert (answer.body["statusCode"], answer.body["type"]) == (200, CARD)
    assert answer.body["value"]["body"][0]["text"] == "Vandaag"
    assert answer.body["value"]["fallbackText"] == "Vandaag\nall of it"
    press = sandbox.handler.turn.press
    assert press is not None
    assert (press.verb, press.data, press.activity_id) == ("where.set", {"day": "2026-11-23"}, "card-1")
    assert not press.automatic
    assert sandbox.framework.asked == []


async def test_a_press_is_answered_with_a_sentence(sandbox: House) -> None:
    sandbox.handler.shows(Sentence("al gedaan"))
    answer = await sandbox.client.press("where.set", {})
    assert (answer.status, answer.body) == (200, {"statusCode": 200, "type": MESSAGE, "value": "al gedaan"})


async def test_a_press_may_have_nothing_to_say(sandbox: House) -> None:
    sandbox.handler.shows(None)
    assert (await sandbox.client.press("x")).body == {"statusCode": 200, "type": MESSAGE, "value": ""}


async def test_a_refresh_by_the_client_is_marked(sandbox: House) -> None:
    value = {"action": {"type": "Action.Execute", "verb": "where.board"}, "trigger": "automatic"}
    await sandbox.client.invoke("adaptiveCard/action", value)
    press = sandbox.handler.turn.press
    assert press is not None
    assert press.automatic
    assert press.data == {}


async def test_an_unknown_verb_is_the_handlers_to_answer(sandbox: House) -> None:
    assert (await sandbox.client.press("from.last.year", {"a": 1})).status == 200
    press = sandbox.handler.turn.press
    assert press is not None
    assert press.verb == "from.last.year"


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "text",
        7,
        {},
        {"action": None},
        {"action": "x"},
        {"action": []},
        {"action": {}},
        {"action": {"type": "Action.Submit", "verb": "x"}},
        {"action": {"type": "Action.Execute", "verb": 5}},
        {"action": {"type": "Action.Execute", "verb": ["x"]}},
        {"action": {"type": "Action.Execute", "verb": "x", "data": "text"}},
        {"action": {"type": "Action.Execute", "verb": "x", "data": [1]}},
    ],
)
async def test_a_malformed_press_is_400_in_teams_own_words(sandbox: House, value: Any) -> None:
    answer = await sandbox.client.invoke("adaptiveCard/action", value)
    assert answer.status == 400
    assert (answer.body["statusCode"], answer.body["type"]) == (400, ERROR)
    assert answer.body["value"]["code"] == "BadRequest"
    assert sandbox.handler.turns == []


async def test_a_press_that_fails_is_answered_with_a_sentence(sandbox: House) -> None:
    async def fail(_: object) -> None:
        raise RuntimeError

    sandbox.handler.act = fail
    answer = await sandbox.client.press("x")
    assert (answer.status, answer.body["type"]) == (200, MESSAGE)
    assert answer.body["value"] not in ("", "goed")


@pytest.mark.usefixtures("hurried")
async def test_a_slow_press_gets_a_sentence_in_time_and_its_answer_afterwards(sandbox: House) -> None:
    finished, go_on = [], asyncio.Event()

    async def slow(_: object) -> None:
        await go_on.wait()
        finished.append(True)

    sandbox.handler.act = slow
    sandbox.handler.shows(Sentence("klaar"))
    answer = await sandbox.client.press("x")
    assert (answer.status, answer.body["type"]) == (200, MESSAGE)
    assert answer.body["value"] not in ("", "klaar")
    assert finished == []
    go_on.set()
    await until(lambda: bool(sandbox.framework.sent()))
    assert finished == [True]
    assert sandbox.framework.sent()[0]["text"] == "klaar"


@pytest.mark.usefixtures("hurried")
async def test_a_slow_press_in_a_group_is_answered_afterwards_in_the_persons_own_chat(sandbox: House) -> None:
    sandbox.framework.rosters[GROUP.id] = [ANOUK.account]
    go_on = asyncio.Event()
    sandbox.handler.act = lambda _: go_on.wait()
    await sandbox.client.press("x", where=GROUP)
    go_on.set()
    await sandbox.door.rest()
    assert [asked.path[2:3] for asked in sandbox.framework.asked] == [(), (f"a:{ANOUK.channel_user_id}",)]


@pytest.mark.usefixtures("hurried")
async def test_a_slow_refresh_is_not_followed_by_a_message(sandbox: House) -> None:
    go_on = asyncio.Event()
    sandbox.handler.act = lambda _: go_on.wait()
    value = {"action": {"type": "Action.Execute", "verb": "x"}, "trigger": "automatic"}
    answer = await sandbox.client.invoke("adaptiveCard/action", value)
    assert answer.body == {"statusCode": 200, "type": MESSAGE, "value": ""}
    go_on.set()
    await sandbox.door.rest()
    assert sandbox.framework.asked == []


async def test_an_invoke_under_expected_replies_has_its_own_response(sandbox: House) -> None:
    sandbox.handler.shows(Picture("Vandaag"))
    answer = await sandbox.client.press("x", deliveryMode="expectReplies")
    assert (answer.status, answer.body["type"]) == (200, CARD)


EMPTY_RESULT = {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": []}}


@pytest.mark.parametrize(
    ("name", "body"),
    [
        (
            "application/search",
            {"statusCode": 200, "type": "application/vnd.microsoft.search.searchResponse", "value": {"results": []}},
        ),
        ("composeExtension/query", EMPTY_RESULT),
        ("composeExtension/selectItem", EMPTY_RESULT),
        ("composeExtension/queryLink", EMPTY_RESULT),
        ("composeExtension/anonymousQueryLink", EMPTY_RESULT),
        (
            "composeExtension/querySettingUrl",
            {"composeExtension": {"type": "config", "suggestedActions": {"actions": []}}},
        ),
        ("composeExtension/setting", ""),
        ("composeExtension/onCardButtonClicked", ""),
        ("actionableMessage/executeAction", ""),
        ("fileConsent/invoke", ""),
        ("message/submitAction", {}),
        ("suggestedAction/submit", {}),
        ("tab/fetch", {"tab": {"type": "continue", "value": {"cards": []}}}),
        ("tab/submit", {"tab": {"type": "continue", "value": {"cards": []}}}),
        ("something/teamsInventsNextYear", {}),
    ],
)
async def test_what_samen_does_not_offer_is_answered_with_nothing_in_the_right_shape(
    sandbox: House, name: str, body: Any
) -> None:
    for value in ({"queryText": "x"}, None):
        answer = await sandbox.client.invoke(name, value)
        assert (answer.status, answer.body) == (200, body)
    assert sandbox.handler.turns == []


DIALOGS = [
    "task/fetch",
    "task/submit",
    "composeExtension/fetchTask",
    "composeExtension/submitAction",
    "message/fetchTask",
]


@pytest.mark.parametrize("name", DIALOGS)
async def test_a_dialog_is_a_press_answered_in_a_dialogs_shape(sandbox: House, name: str) -> None:
    sandbox.handler.shows(Sentence("oude kaart"))
    answer = await sandbox.client.invoke(name, {"data": {"verb": "where.plan", "week": 1}})
    assert (answer.status, answer.body) == (200, {"task": {"type": "message", "value": "oude kaart"}})
    sandbox.handler.shows(Picture("Plan"))
    answer = await sandbox.client.invoke(name, {"data": "text"})
    card = answer.body["task"]["value"]["card"]
    assert (answer.body["task"]["type"], card["contentType"]) == ("continue", CARD)
    assert card["content"]["body"][0]["text"] == "Plan"
    sandbox.handler.shows(None)
    assert (await sandbox.client.invoke(name)).body == ""
    assert [turn.press.verb for turn in sandbox.handler.turns if turn.press] == ["where.plan", "", ""]


@pytest.mark.parametrize("name", ["config/fetch", "config/submit"])
async def test_settings_of_a_team_are_answered_in_words(sandbox: House, name: str) -> None:
    sandbox.handler.shows(Sentence("typ /help"))
    answer = await sandbox.client.invoke(name, {"data": {}})
    assert answer.body == {"responseType": "config", "config": {"type": "message", "value": "typ /help"}}


ALL = ["adaptiveCard/action", "application/search", "composeExtension/query", "signin/tokenExchange", "signin/failure"]


@pytest.mark.parametrize("name", [*DIALOGS, *ALL, "signin/verifyState", "config/fetch", "tab/fetch", "unknown"])
@pytest.mark.parametrize("value", ["text", 5, [], True])
async def test_a_value_that_is_no_object_is_400(sandbox: House, name: str, value: Any) -> None:
    answer = await sandbox.client.invoke(name, value)
    assert (answer.status, answer.body["type"]) == (400, ERROR)


async def test_a_token_exchange_without_a_token_asks_for_consent_once(sandbox: House) -> None:
    value = {"id": "exchange-1", "connectionName": "graph"}
    answer = await sandbox.client.invoke("signin/tokenExchange", value)
    assert answer.status == 412
    assert set(answer.body) == {"id", "connectionName", "failureDetail"}
    assert (answer.body["id"], answer.body["connectionName"]) == ("exchange-1", "graph")
    again = await sandbox.client.invoke("signin/tokenExchange", value)
    assert (again.status, again.body) == (200, "")


@pytest.mark.parametrize("value", [{}, {"id": None}, {"id": 5}, {"id": ""}])
async def test_a_malformed_token_exchange_is_400(sandbox: House, value: Any) -> None:
    assert (await sandbox.client.invoke("signin/tokenExchange", value)).status == 400


async def test_sign_in_that_ends_elsewhere(sandbox: House) -> None:
    assert (await sandbox.client.invoke("signin/verifyState", {"state": "123456"})).status == 200
    assert (await sandbox.client.invoke("signin/verifyState", {"state": 5})).status == 400


@pytest.mark.parametrize(
    ("code", "logged"), [("installappfailed", "installappfailed"), ("Anouk is thuis", "other"), (5, "other")]
)
async def test_a_failed_sign_in_is_logged_by_its_code(
    sandbox: House, code: Any, logged: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await sandbox.client.invoke("signin/failure", {"code": code, "message": "Anouk"})
    assert answer.status == 200
    said = "".join(capsys.readouterr())
    assert "sign_in_failed" in said
    assert logged in said
    assert "Anouk" not in said
