"""One's own data as a file: made when it is taken, of the one who takes it, and kept nowhere on its way."""

import json
import re
from collections.abc import AsyncIterator

import pytest

from bot.services import FakeClock
from bot.store import Store
from bot.store.outbox import FakeOutbox
from tests.canaries import everything
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, DIRK, GROUP, Town, personal
from tests.fakes.botframework import BotFramework, utc
from tests.fakes.doors import production_config
from tests.fakes.drive import Drive, no
from tests.fakes.teams_client import BOT

pytestmark = pytest.mark.thorough

CONSENT = "application/vnd.microsoft.teams.card.file.consent"


@pytest.fixture
async def drive() -> AsyncIterator[Drive]:
    async with Drive() as drive:
        yield drive


@pytest.fixture
async def office(database_url, drive) -> AsyncIterator[Town]:
    """A town in production, where clients can take files; Anouk and Bart share a plan with their team."""
    clock = FakeClock(utc())
    store = Store(database_url, clock.now, FakeOutbox())
    async with BotFramework() as framework:
        framework.demands_token = True
        config = production_config(framework, upload_addresses=(drive.url,))
        async with Town(framework, store, clock, config) as town:
            await town.furnish()
            town.settle(CHANNEL, ANOUK, BART, CHANTAL)
            town.settle(GROUP, ANOUK, BART, CHANTAL)
            for who in (ANOUK, BART):
                await town.says("waar vandaag stadskantoor balie", who)
                await town.says("waar delen aan", who, CHANNEL)
            yield town
    await store.close()


async def offered(town, who=ANOUK, text="/mijngegevens"):
    """The offer somebody gets."""
    await town.says(text, who)
    [offer] = [said for said in town.heard(who) if said.file]
    assert offer.file["contentType"] == CONSENT
    return offer


async def takes(town, drive, offer, who=ANOUK, where=None, **more):
    """Somebody takes an offered file; its document."""
    drive.puts.clear()
    context = more.pop("context", offer.file["content"]["acceptContext"])
    answer = await town.client.invoke(
        "fileConsent/invoke", drive.yes(context), who=who, where=where or personal(who), replyToId=offer.id, **more
    )
    await town.door.rest()
    assert answer.status == 200
    return json.loads(drive.puts[0].content) if drive.puts else None


def in_text(town, who=ANOUK):
    """The tables of all parts that somebody just got as text."""
    tables = {}
    for said in town.heard(who):
        block = re.fullmatch(r".*?```json\n(.*)\n```", said.text, re.DOTALL)
        for name, rows in (json.loads(block[1])["tables"] if block else {}).items():
            tables.setdefault(name, []).extend(rows)
    return tables


def shown(town, offer):
    """What stands where the offer stood."""
    return town.teams.messages[offer.id].body


async def test_my_data_is_offered_as_a_file_after_what_is_to_be_read(office, drive):
    offer = await offered(office)
    heard = office.heard()
    assert "Stadskantoor" in heard[0].text
    assert heard[-1].id == offer.id
    assert in_text(office) == {}
    made = await takes(office, drive, offer)
    assert made["about"] == ANOUK.user_id
    # About the size: the message that came with the offer is remembered too, if there are days on it.
    assert 1000 < offer.file["content"]["sizeInBytes"] <= len(drive.puts[0].content)
    await office.says("/mijngegevens tekst")
    tables = in_text(office)
    assert {"person", "plan", "sharing", "roster_member"} <= set(tables)
    # What was sent since it was made is remembered, so that it can be replaced.
    assert {**made["tables"], "sent_card": []} == {**tables, "sent_card": []}


async def test_the_file_stands_where_the_offer_stood_and_says_whose_it_is(office, drive):
    offer = await offered(office)
    await takes(office, drive, offer)
    body = shown(office, offer)
    assert body["text"] == "Hier is je bestand, in je eigen OneDrive. Die kopie is van jou: ik kan er niet bij."
    assert [one["name"] for one in body["attachments"]] == ["data.json"]
    assert "OneDrive" in (await office.says("privacy")).text


async def test_english_is_answered_in_english(office, drive):
    await office.says("language en")
    offer = await offered(office, text="/mydata")
    assert offer.file["name"] == "samen-my-data-2026-11-23.json"
    await takes(office, drive, offer)
    assert shown(office, offer)["text"].startswith("Here is your file")
    await office.says("/mydata text")
    assert in_text(office)


async def test_taking_it_keeps_nothing(office, drive):
    offer = await offered(office)
    before = await everything(office.store)
    assert await takes(office, drive, offer)
    assert await everything(office.store) == before


async def test_the_file_holds_what_there_is_when_it_is_taken(office, drive):
    offer = await offered(office)
    await office.says("waar vandaag vrij")
    await office.says("waar morgen thuis")
    made = await takes(office, drive, offer)
    assert {(row["day"], row["place"]) for row in made["tables"]["plan"]} == {
        ("2026-11-23", "not_working"),
        ("2026-11-24", "home"),
    }


async def test_after_forgetting_the_file_says_that_nothing_is_kept(office, drive):
    await office.says("waar morgen thuis", CHANTAL)
    offer = await offered(office, CHANTAL)
    await office.says("/vergeet", CHANTAL)
    made = await takes(office, drive, offer, CHANTAL)
    assert set(made["tables"]) <= {"roster_member"}  # Teams' own list of members, for a day
    await office.says("waar morgen thuis", DIRK)
    offer = await offered(office, DIRK)
    await office.says("/vergeet", DIRK)
    assert (await takes(office, drive, offer, DIRK))["tables"] == {}


@pytest.mark.parametrize("where", [ANOUK, BART], ids=["in her chat", "in his own"])
async def test_somebody_else_gets_only_their_own(office, drive, where):
    """Whatever the message or its context says: the one who takes it is who it is about."""
    offer = await offered(office)
    forged = {**offer.file["content"]["acceptContext"], "user_id": ANOUK.user_id, "about": ANOUK.user_id}
    made = await takes(office, drive, offer, BART, personal(where), context=forged)
    assert made["about"] == BART.user_id
    content = drive.puts[0].content.decode()
    for secret in (ANOUK.user_id, ANOUK.name, ANOUK.channel_user_id):
        assert secret not in content
    assert {row["user_id"] for row in made["tables"]["plan"]} == {BART.user_id}


async def test_a_guest_gets_a_sentence_and_no_file(office, drive):
    offer = await offered(office)
    guest = {**DIRK.account, "userRole": "guest"}
    assert await takes(office, drive, offer, DIRK, **{"from": guest}) is None
    assert office.teams.sent()[-1]["text"]


async def test_a_file_that_cannot_be_brought_can_be_had_as_text(office, drive):
    offer = await offered(office)
    drive.status = 507
    await takes(office, drive, offer)
    said = office.heard()[-1]
    assert "/mijngegevens tekst" in said.text
    await office.presses(said.button(verb="mydata.text"))
    assert in_text(office)["plan"]
    drive.status = 200
    assert await takes(office, drive, offer)  # the offer still stands


async def test_no_file_is_a_friendly_answer(office, drive):
    offer = await offered(office)
    context = offer.file["content"]["declineContext"]
    answer = await office.client.invoke("fileConsent/invoke", no(context), where=personal(ANOUK), replyToId=offer.id)
    await office.door.rest()
    assert (answer.status, drive.puts) == (200, [])
    assert shown(office, offer)["text"].startswith("Prima, dan geen bestand.")
    assert "/mijngegevens tekst" in shown(office, offer)["text"]


async def test_who_sees_no_file_finds_the_button_and_the_words(office):
    """Some clients show nothing where a file is offered; pressing leaves what is to be read as it is."""
    said = await office.says("/mijngegevens")
    assert "Zie je geen bestand?" in said.text
    assert "/mijngegevens tekst" in said.text
    pressed = await office.presses(said.button(verb="mydata.text"))
    assert (pressed.card, pressed.text) == (None, "")
    assert in_text(office)["plan"]
    assert not any(one.file for one in office.heard())


@pytest.mark.parametrize("text", ["/mijngegevens tekst", "mijngegevens als tekst", "/mydata text", "my data as text"])
async def test_the_words_for_text_are_understood_everywhere(town, text):
    await town.says("waar morgen thuis")
    await town.says(text)
    assert in_text(town)["plan"]
    assert not any(said.card for said in town.heard())


async def test_asked_for_text_with_nothing_kept_it_says_so(town):
    assert "niets over jou" in (await town.says("/mijngegevens tekst")).text


@pytest.mark.parametrize("where", [GROUP, CHANNEL])
async def test_elsewhere_it_comes_as_text_in_ones_own_chat(office, where):
    """Only a personal chat can offer a file; the others hear that there is an answer, or nothing."""
    await office.says("/mijngegevens", ANOUK, where)
    assert in_text(office)["plan"]
    assert not any(said.file for said in office.heard())
    assert not any(said.card for said in office.heard(BART))
    await office.says("/mijngegevens tekst", ANOUK, where, recipient={**BOT, "isTargeted": True})
    assert in_text(office)["plan"]
    assert office.heard(BART) == []


async def test_the_sandbox_has_text_as_before(town):
    await town.says("waar morgen thuis")
    said = await town.says("/mijngegevens")
    assert in_text(town)["plan"]
    assert "volgende bericht, met id’s" in said.text
    assert [button.verb for button in said.buttons] == ["privacy.show"]


async def test_with_nothing_kept_nothing_is_offered(office):
    said = await office.says("/mijngegevens", DIRK)
    assert "niets over jou" in said.text
    assert not any(one.file for one in office.heard(DIRK))
