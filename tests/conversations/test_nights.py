"""The night after: every card with places on it that was sent names nobody any more (promise 2)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs import Timed
from bot.outgoing import SentCard
from bot.services import FakeClock
from bot.store import Store
from bot.store.outbox import FakeOutbox
from bot.turn import Reference, Scope
from tests.conversations.town import (
    ANOUK,
    BART,
    CHANNEL,
    CHANTAL,
    COMMANDS,
    GROUP,
    MEETING,
    STADSKANTOOR,
    TODAY,
    Button,
    Town,
    Unhurried,
    personal,
)
from tests.fakes.botframework import TENANT, BotFramework, utc
from tests.fakes.doors import production_config, targeted
from tests.fakes.teams_client import BOT

pytestmark = pytest.mark.thorough

NIGHT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # 03:00 in Amsterdam, the night after TODAY
MINUTE = timedelta(minutes=1)
PLACE = STADSKANTOOR.name
OVER = "Deze kaart ging over"

# A board, a board of several days, an own plan, what was just set, and who is where.
SAID = ["waar", "waar week", "waar plan", "waar vandaag stadskantoor", "waar stadskantoor"]
CHATS = [personal(ANOUK), GROUP, CHANNEL, MEETING]


@pytest.fixture
async def office(sqlite_files) -> AsyncIterator[Town]:
    """A town in production, where Teams keeps targeted messages private; Bart is at the site and shows it."""
    clock = FakeClock(utc())
    store = Store(sqlite_files.ready(), clock.now, FakeOutbox())
    async with BotFramework() as framework:
        framework.demands_token = True
        async with Town(framework, store, clock, production_config(framework)) as town:
            await furnish(town)
            yield town
    await store.close()


async def furnish(town: Town) -> None:
    await town.furnish()
    for place in (CHANNEL, GROUP, MEETING):
        town.settle(place, ANOUK, BART, CHANTAL)
        await town.says("waar vandaag stadskantoor", BART, place)
        await town.says("waar delen aan", BART, place)
    await town.says("waar vandaag stadskantoor", ANOUK)
    town.teams.messages.clear()
    for card in await town.store.cards.take(NIGHT, NIGHT, 100):
        await town.store.cards.done(card)


def privately(where) -> dict:
    return {} if where.kind == "personal" else targeted()


@pytest.mark.parametrize("where", CHATS, ids=["personal", "group", "channel", "meeting"])
@pytest.mark.parametrize("text", SAID)
async def test_a_card_names_nobody_after_the_night(office: Town, text: str, where):
    """In each kind of chat: at 02:59 it stands there, at 03:00 the same message says that its day is over."""
    said = await office.says(text, ANOUK, where, **privately(where))
    assert PLACE in said.text
    await office.tick(NIGHT - MINUTE)
    assert PLACE in office.screen()
    await office.tick(NIGHT)
    assert PLACE not in office.screen()
    assert BART.name not in office.screen()
    assert OVER in str(office.teams.screen(ANOUK.channel_user_id)[said.id])
    assert office.heard() == []  # nothing new was sent: nobody is woken at three
    assert BART.channel_user_id not in str(office.teams.asked[-1])


@pytest.mark.parametrize("where", CHATS, ids=["personal", "group", "channel", "meeting"])
async def test_how_somebody_is_reached_goes_too(office: Town, where):
    await office.says("bereik gewoon chat binnen 4 uur, spoed bellen", BART)
    await office.says("bereik delen aan", BART, GROUP)
    said = await office.says("bereik Bart", ANOUK, where, **privately(where))
    assert BART.name in said.text
    await office.tick(NIGHT - MINUTE)
    assert BART.name in str(office.teams.screen(ANOUK.channel_user_id)[said.id])
    await office.tick(NIGHT)
    assert BART.name not in str(office.teams.screen(ANOUK.channel_user_id)[said.id])


async def test_a_targeted_card_is_replaced_as_one(office: Town):
    """With the words that Teams wants for it, and without its receiver; a colleague sees nothing of it."""
    await office.says("waar", ANOUK, GROUP, **targeted())
    before = office.screen(BART)
    await office.tick(NIGHT)
    asked = office.teams.asked[-1]
    assert (asked.method, asked.query) == ("PUT", {"isTargetedActivity": "true"})
    assert "recipient" not in asked.body
    assert office.screen(BART) == before


async def test_asked_in_the_open_the_card_is_in_the_own_chat(town: Town):
    """And is replaced there."""
    await furnish(town)
    await town.says("waar", ANOUK, GROUP)
    assert PLACE in town.screen()
    await town.tick(NIGHT)
    assert PLACE not in town.screen()


async def test_what_a_press_put_in_a_cards_place_goes_too(office: Town):
    """A card of Friday becomes one of today by a press: the earliest day on it counts."""
    friday = await office.says("waar vrijdag stadskantoor")
    await office.presses(Button("", "where.plan", {"l": "nl"}, card=friday.id))
    await office.tick(NIGHT)
    assert PLACE not in office.screen()


async def test_a_card_that_had_no_places_is_remembered_once_it_has(office: Town):
    """The help, whose button opens my plan in its place."""
    said = await office.says("help")
    await office.presses(Button("", "where.plan", {"l": "nl"}, card=said.id))
    await office.tick(NIGHT)
    assert PLACE not in office.screen()


async def test_a_later_day_waits_for_its_own_night(office: Town):
    said = await office.says("waar vrijdag stadskantoor")
    await office.tick(NIGHT)
    assert PLACE in str(office.teams.screen(ANOUK.channel_user_id)[said.id])
    await office.tick(NIGHT + timedelta(days=4))
    assert PLACE not in office.screen()


async def test_cards_without_places_stay(office: Town):
    said = await office.says("help")
    before = office.screen()
    assert said.id in before
    await office.tick(NIGHT)
    assert office.screen() == before


@pytest.mark.parametrize(
    ("at", "night"),
    [
        (datetime(2027, 3, 27, 10, tzinfo=UTC), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (datetime(2027, 10, 30, 10, tzinfo=UTC), datetime(2027, 10, 31, 2, tzinfo=UTC)),
    ],
    ids=["spring", "autumn"],
)
async def test_nights_with_an_hour_more_or_less(town: Town, at: datetime, night: datetime):
    """03:00 local is what counts."""
    await town.tick(at)
    await town.says("waar vandaag stadskantoor")
    await town.tick(night - MINUTE)
    assert PLACE in town.screen()
    await town.tick(night)
    assert PLACE not in town.screen()


async def test_somebody_far_away(town: Town):
    """Whose night comes eleven hours before ours."""
    await town.says("waar vandaag stadskantoor", localTimezone="Pacific/Auckland")
    night = datetime(2026, 11, 23, 14, tzinfo=UTC)
    await town.tick(night - MINUTE)
    assert PLACE in town.screen()
    await town.tick(night)
    assert PLACE not in town.screen()


async def test_a_bot_that_was_down_for_four_days_does_it_at_its_first_minute(office: Town):
    await office.says("waar")
    await office.tick(NIGHT + timedelta(days=4))
    assert PLACE not in office.screen()


def card(town: Town, number: int) -> SentCard:
    to = Reference(TENANT, f"a:{number}", town.teams.service_url, "msteams", "28:bot", "Samen", Scope.PERSONAL)
    return SentCard(to, f"card-{number}", None, targeted=False, language="nl", day=TODAY, due_at=NIGHT)


def put(town: Town) -> list[str]:
    return [asked.path[-1] for asked in town.teams.asked if asked.method == "PUT"]


async def test_four_hundred_cards_in_one_night(any_town: Town):
    """Done within three minutes, each once."""
    for number in range(400):
        await any_town.store.cards.remember(card(any_town, number))
    for minute in range(3):
        await any_town.tick(NIGHT + minute * MINUTE)
    assert sorted(put(any_town)) == sorted(f"card-{number}" for number in range(400))


async def test_two_replicas_replace_a_card_once(any_town: Town):
    for number in range(60):
        await any_town.store.cards.remember(card(any_town, number))
    other = Timed(COMMANDS, any_town.services, Unhurried(any_town.store), any_town.door, "other")
    await asyncio.gather(any_town.tick(NIGHT), other.round.due(NIGHT))
    assert len(put(any_town)) == 60
    await any_town.tick(timedelta(days=1))
    assert len(put(any_town)) == 60


@pytest.mark.parametrize("status", [400, 403, 404])
async def test_a_card_that_cannot_be_replaced_is_dropped_and_counted(town: Town, status: int):
    await town.store.cards.remember(card(town, 1))
    town.teams.script(status)
    await town.tick(NIGHT)
    await town.tick(timedelta(days=1))
    assert len(put(town)) == 1
    assert (await town.store.health.report()).failures == {"card_kept": 1}


async def test_a_targeted_card_that_teams_took_away_itself_is_no_failure(office: Town):
    await office.says("waar", ANOUK, GROUP, **targeted())
    office.teams.script(404)
    await office.tick(NIGHT)
    assert (await office.store.health.report()).failures == {}


async def test_a_moments_trouble_is_tried_again_and_the_rest_goes_on(town: Town):
    for number in (1, 2):
        await town.store.cards.remember(card(town, number))
    town.teams.script(500)
    await town.tick(NIGHT)
    assert sorted(put(town)) == ["card-1", "card-2"]
    await town.tick(3 * MINUTE)
    assert len(put(town)) == 3
    await town.tick(timedelta(days=1))
    assert len(put(town)) == 3
    assert (await town.store.health.report()).failures == {}


async def test_after_a_day_of_trouble_it_is_dropped_and_counted(town: Town):
    """Tried a few times an hour at most."""
    await town.store.cards.remember(card(town, 1))
    for _ in range(30):
        town.teams.script(500)
    await town.tick(NIGHT)
    for _ in range(40):
        await town.tick(timedelta(hours=1))
    assert 10 < len(put(town)) < 20
    assert (await town.store.health.report()).failures == {"card_kept": 1}


async def test_under_expect_replies_there_is_no_card_to_find_again(town: Town):
    await town.says("help")
    answer = await town.client.write("waar vandaag stadskantoor", deliveryMode="expectReplies")
    assert PLACE in str(answer.body)
    await town.tick(NIGHT)
    assert put(town) == []


async def test_the_introduction_survives_whoever_presses_its_button(office: Town):
    """My plan comes in my own chat and goes in the night; what everybody sees stays as it was."""
    event = office.client.activity("conversationUpdate", ANOUK, GROUP, membersAdded=[BOT])
    async with office.store.units.mirror(TENANT) as unit:
        await unit.teams.remove(GROUP.id)
    assert (await office.client.post(event)).status == 200
    (hello,) = office.heard(BART)
    answer = await office.presses(hello.button(verb="where.plan"), ANOUK, GROUP)
    assert PLACE not in answer.text
    assert PLACE in office.screen()
    before = office.screen(BART)
    await office.tick(NIGHT)
    assert PLACE not in office.screen()
    assert office.screen(BART) == before


FAR = "Pacific/Pago_Pago"  # eleven hours behind UTC: twelve behind Amsterdam


@pytest.mark.parametrize("text", ["waar", "waar week", "waar stadskantoor", "bereik Bart"])
async def test_whoever_is_far_behind_keeps_no_colleague_longer(town: Town, text: str):
    """The day of those on the card ends where they are, at 03:00; the own clock of who looks is hours behind."""
    await furnish(town)
    await town.says("bereik gewoon chat", BART)
    await town.says("bereik delen aan", BART, GROUP)
    town.clock.move(timedelta(hours=5))  # 14:00 in Amsterdam, the same day in Pago Pago
    said = await town.says(text, ANOUK, personal(ANOUK), localTimezone=FAR)
    assert BART.name in said.text
    await town.tick(NIGHT - MINUTE)
    assert BART.name in str(town.teams.screen(ANOUK.channel_user_id)[said.id])
    await town.tick(NIGHT)
    assert BART.name not in str(town.teams.screen(ANOUK.channel_user_id)[said.id])


@pytest.mark.parametrize(
    "text", ["waar vandaag", "waar bord vandaag", "waar stadskantoor vandaag", "waar bord 23 november"]
)
async def test_a_day_that_is_over_for_the_team_is_shown_to_nobody(town: Town, text: str):
    """Tuesday 10:00 in Amsterdam is Monday still in Pago Pago: Bart's Monday is history."""
    await furnish(town)
    await town.says("waar patroon elke dag stadskantoor", BART)
    await town.tick(NIGHT + timedelta(hours=7))
    said = await town.says(text, ANOUK, personal(ANOUK), localTimezone=FAR)
    assert BART.name not in said.text
    week = await town.says("waar week", ANOUK, personal(ANOUK), localTimezone=FAR)
    assert "ma 23" not in week.text.casefold()
    assert "maandag 23" not in week.text.casefold()


async def test_an_own_card_far_behind_stays_for_the_own_day(town: Town):
    await town.tick(NIGHT + timedelta(hours=7))
    await town.says("waar vandaag stadskantoor", localTimezone=FAR)
    await town.tick(NIGHT + timedelta(hours=11, minutes=59))
    assert PLACE in town.screen()
    await town.tick(NIGHT + timedelta(hours=12))
    assert PLACE not in town.screen()


@pytest.mark.parametrize("text", ["waar patroon", "bereik", "/start", "mijngegevens", "waar patroon di thuis"])
async def test_what_holds_every_week_is_replaced_too(town: Town, text: str):
    await town.says("waar patroon ma stadskantoor")
    await town.says("bereik gewoon chat")
    await town.tick(NIGHT)
    said = await town.says(text)
    await town.tick(NIGHT + timedelta(days=1))
    assert OVER in str(town.teams.screen(ANOUK.channel_user_id)[said.id])


async def test_a_deleted_card_does_not_call_its_day_over(town: Town):
    """What stood on it is gone, but Friday is still to come."""
    for text in ("waar vrijdag stadskantoor", "waar vandaag stadskantoor"):
        said = await town.says(text)
        await town.says("/vergeet")
        await town.tick(town.clock.now() + MINUTE)
        assert "Wat hier stond, is gewist" in str(town.teams.screen(ANOUK.channel_user_id)[said.id])
    assert OVER not in town.screen()
