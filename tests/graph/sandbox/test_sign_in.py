"""The token service, over HTTP, and the page where somebody signs in."""

import base64
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.graph.sandbox.served import ANNEKE, CONNECTION, JORIS, Served, sso


def state(person: Any = ANNEKE) -> str:
    told = {"connectionName": CONNECTION, "conversation": {"user": {"id": person.channel_user_id}}, "msAppId": None}
    return base64.b64encode(json.dumps(told).encode()).decode()


async def exchange(served: Served, person: Any = ANNEKE, token: str | None = None) -> tuple[int, Any]:
    return await served.tokens("POST", "exchange", person, json={"token": token or sso(ANNEKE.user_id)})


async def stands(served: Served, how: str) -> None:
    await served.does("consent", connection=CONNECTION, state=how)


async def graph_status(served: Served, token: str, person: Any = ANNEKE) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return (await served.own("GET", f"/v1.0/users/{person.user_id}/presence", headers=headers))[0]


async def test_people_are_signed_in_from_the_start(served: Served) -> None:
    status, told = await served.tokens("GET", "GetToken")
    assert (status, set(told)) == (200, {"channelId", "connectionName", "token", "expiration"})
    assert told["expiration"] == "2026-11-23T10:00:00.000Z"
    assert await graph_status(served, told["token"]) == 200


async def test_a_token_is_the_same_until_shortly_before_its_end(served: Served) -> None:
    first = await served.token()
    served.clock.passes(minutes=54)
    assert await served.token() == first
    served.clock.passes(minutes=2)
    second = await served.token()
    assert second != first
    assert await graph_status(served, first) == 200
    served.clock.passes(minutes=4)
    assert [await graph_status(served, token) for token in (first, second)] == [401, 200]


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer ", "Bearer x", "Basic eA==", "twin"])
async def test_without_a_token_that_counts_graph_answers_401(served: Served, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    status, told = await served.own("GET", f"/v1.0/users/{ANNEKE.user_id}/presence", headers=headers)
    assert (status, told["error"]["code"]) == (401, "InvalidAuthenticationToken")


async def test_signing_out_forgets_the_token_here_and_leaves_it_valid_at_graph(served: Served) -> None:
    token = await served.token()
    assert (await served.tokens("DELETE", "SignOut"))[0] == 200
    assert (await served.tokens("GET", "GetToken"))[0] == 404
    assert await graph_status(served, token) == 200
    assert (await served.tokens("GET", "GetToken", JORIS))[0] == 200


async def test_an_exchange_signs_in_without_asking_where_consent_was_given(served: Served) -> None:
    await stands(served, "signed_out")
    status, told = await exchange(served)
    assert status == 200
    assert await graph_status(served, told["token"]) == 200
    assert (await served.tokens("GET", "GetToken"))[0] == 200


@pytest.mark.parametrize(
    ("how", "code"), [("needs_consent", "AADSTS65001"), ("revoked", "AADSTS65001"), ("needs_admin", "AADSTS90094")]
)
async def test_without_consent_there_is_no_token_and_the_old_ones_end(served: Served, how: str, code: str) -> None:
    token = await served.token()
    await stands(served, how)
    assert (await served.tokens("GET", "GetToken"))[0] == 404
    status, told = await exchange(served)
    assert (status, told["error"]["message"].partition(":")[0]) == (400, code)
    assert await graph_status(served, token) == 401


@pytest.mark.parametrize("token", ["x", "a.b.c", "e30.e30.x", "e30.eyJvaWQiOjF9.x", sso(JORIS.user_id), ""])
async def test_an_exchange_takes_the_persons_own_single_sign_on_token_only(served: Served, token: str) -> None:
    status, _ = await served.tokens("POST", "exchange", json={"token": token})
    assert status == 400


async def test_a_scope_that_was_not_given_is_refused_by_graph(served: Served) -> None:
    await served.does("consent", connection=CONNECTION, state="signed_in", scopes=["Presence.ReadWrite", "User.Read"])
    assert (await served.ask("GET", "/presence"))[0] == 200
    assert (await served.ask("GET", "/events"))[0] == 403
    assert (await served.ask("GET", "/mailboxSettings"))[0] == 403


async def test_consent_is_taken_back_from_all_connections_the_unused_ones_too(served: Served) -> None:
    token = await served.token()
    await served.does("consent", state="revoked")
    for name in (CONNECTION, "another"):
        assert (await served.tokens("GET", "GetToken", query={"connectionName": name}))[0] == 404
    assert await graph_status(served, token) == 401
    await served.does("consent", connection="another", state="signed_in")
    for name, status in ((CONNECTION, 404), ("another", 200)):
        assert (await served.tokens("GET", "GetToken", query={"connectionName": name}))[0] == status


async def sign_in_link(served: Served, **more: str) -> str:
    status, told = await served.own("GET", "/api/botsignin/GetSignInResource", params={"state": state(), **more})
    assert (status, set(told)) == (200, {"signInLink", "tokenExchangeResource"})
    assert told["signInLink"].startswith(served.url)
    return told["signInLink"].removeprefix(served.url)


async def test_the_link_leads_to_a_code_that_signs_in_once(served: Served) -> None:
    await stands(served, "needs_consent")
    link = await sign_in_link(served)
    status, page = await served.own("GET", link)
    assert (status, b"Anneke Visser" in page) == (200, True)
    assert (await served.tokens("GET", "GetToken"))[0] == 404
    _, page = await served.own("POST", link)
    digits = page.decode().partition('class="code">')[2][:6]
    assert (await served.tokens("GET", "GetToken", JORIS, query={"code": digits}))[0] == 404
    assert (await served.tokens("GET", "GetToken", query={"code": digits}))[0] == 200
    assert (await served.tokens("GET", "GetToken", query={"code": digits}))[0] == 404
    assert (await served.tokens("GET", "GetToken"))[0] == 200


async def test_a_code_is_good_for_ten_minutes(served: Served) -> None:
    await stands(served, "signed_out")
    _, page = await served.own("POST", await sign_in_link(served))
    digits = page.decode().partition('class="code">')[2][:6]
    served.clock.passes(minutes=10)
    assert (await served.tokens("GET", "GetToken", query={"code": digits}))[0] == 404


async def test_whoever_is_sent_back_brings_the_code_along(served: Served) -> None:
    link = await sign_in_link(served, finalRedirect="http://127.0.0.1:3978/done")
    assert (await served.own("POST", link))[0] == 303
    back = served.headers["Location"]
    assert back.startswith("http://127.0.0.1:3978/done?")
    (digits,) = parse_qs(urlsplit(back).query)["code"]
    assert (await served.tokens("GET", "GetToken", query={"code": digits}))[0] == 200
    elsewhere = await sign_in_link(served, finalRedirect="https://elsewhere.example/")
    assert (await served.own("POST", elsewhere))[0] == 400


async def test_where_an_administrator_must_approve_there_is_no_button(served: Served) -> None:
    await stands(served, "needs_admin")
    link = await sign_in_link(served)
    for method in ("GET", "POST"):
        _, page = await served.own(method, link)
        assert (b"<button" in page, b"code" in page, b"beheerder" in page) == (False, False, True)


@pytest.mark.parametrize("wrong", ["", "x", base64.b64encode(b"{}").decode(), base64.b64encode(b"[]").decode()])
async def test_a_state_that_says_nothing_is_refused(served: Served, wrong: str) -> None:
    assert (await served.own("GET", "/api/botsignin/GetSignInResource", params={"state": wrong}))[0] == 400


async def test_the_token_service_wants_its_whole_query(served: Served) -> None:
    path, query = "/api/usertoken/GetToken", {"userId": ANNEKE.channel_user_id, "connectionName": CONNECTION}
    assert (await served.own("GET", path, params=query))[0] == 400
    whole = query | {"channelId": "msteams"}
    assert (await served.own("GET", path, params=whole | {"userId": "29:nobody"}))[0] == 404
    assert (await served.own("GET", path, params=whole))[0] == 200
