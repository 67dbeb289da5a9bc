"""`/focus` where Microsoft is slow and the card is not in somebody's own chat: edited where that can be, else it says how."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.services import FakeClock
from bot.store import Store
from bot.store.outbox import FakeOutbox
from graph.accounts import MicrosoftAccounts
from graph.client import GraphClient
from graph.user_tokens import UserTokens
from tests.conversations.focus_steps import ME, OTHER, Place
from tests.conversations.town import GROUP, Town, personal
from tests.fakes.botframework import BotFramework, utc
from tests.fakes.doors import production_config, targeted
from tests.graph.sandbox.served import CONNECTION, Served

pytestmark = pytest.mark.usefixtures("hurried")

DONE = "✓ Teams-status: Niet storen"


@pytest.fixture
async def office(sqlite_files, tmp_path: Path) -> AsyncIterator[Place]:
    """Production's door, where a targeted message stays private."""
    clock = FakeClock(utc())
    store = Store(sqlite_files.ready(), clock.now, FakeOutbox())
    async with Served(tmp_path) as served, BotFramework() as framework:
        accounts = MicrosoftAccounts(GraphClient(f"{served.url}/v1.0"), UserTokens(CONNECTION, base_url=served.url))
        await accounts.warm_up()
        async with Town(framework, store, clock, production_config(framework), accounts) as town:
            for who in (ME, OTHER):
                framework._personal[personal(who).id] = who.channel_user_id
            town.settle(GROUP, ME, OTHER)
            yield Place(town, served)
        await accounts.close()
    await store.close()


async def test_a_targeted_card_is_edited_as_a_targeted_one(office: Place) -> None:
    await office.fails(kind="slow", seconds=0.9)
    said = await office.says("/focus 90 bezwaarschrift", where=GROUP, **targeted())
    assert "✓" not in said.text
    await office.town.door.rest()
    edit = office.town.teams.asked[-1]
    assert (edit.method, edit.path[4], edit.query) == ("PUT", said.id, {"isTargetedActivity": "true"})
    assert DONE in json.dumps(edit.body, ensure_ascii=False)
    assert "recipient" not in edit.body
    assert office.town.teams.heard_by(OTHER.channel_user_id) == []


@pytest.mark.parametrize("status", [400, 403, 404])
async def test_where_a_targeted_card_cannot_be_edited_it_has_a_button_that_shows_it(office: Place, status: int) -> None:
    await office.fails(kind="slow", seconds=0.9)
    said = await office.says("/focus 90 bezwaarschrift", where=GROUP, **targeted())
    office.town.teams.script(status)
    await office.town.door.rest()
    await office.works()
    pressed = await office.town.client.press(
        "focus.show", said.button(verb="focus.show").data, ME, GROUP, replyToId=said.id, **targeted()
    )
    assert DONE in json.dumps(pressed.body, ensure_ascii=False)
    await office.town.door.rest()


async def test_a_press_on_a_targeted_card_edits_it_too(office: Place) -> None:
    said = await office.says("/focus 90 bezwaarschrift", where=GROUP, **targeted())
    await office.fails(kind="slow", seconds=0.5)
    pressed = await office.town.client.press("focus.stop", {}, ME, GROUP, replyToId=said.id, **targeted())
    assert "✓ Agenda: het blok is weg" not in json.dumps(pressed.body, ensure_ascii=False)
    await office.town.door.rest()
    edit = office.town.teams.asked[-1]
    assert (edit.method, edit.path[4], edit.query) == ("PUT", said.id, {"isTargetedActivity": "true"})
    assert "✓ Agenda: het blok is weg" in json.dumps(edit.body, ensure_ascii=False)


async def test_under_expected_replies_the_card_has_a_button_that_shows_it(office: Place) -> None:
    await office.fails(kind="slow", seconds=0.9)
    answer = await office.town.client.write("/focus 90 bezwaarschrift", ME, personal(ME), deliveryMode="expectReplies")
    (card,) = [one for one in answer.body["activities"] if one.get("attachments")]
    assert "focus.show" in json.dumps(card)
    await asyncio.wait_for(office.town.door.rest(), 10)
    assert office.town.teams.asked == []
    await office.works()
    assert DONE in (await office.says("/focus")).text
