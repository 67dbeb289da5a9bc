"""What comes besides the answer: more for the asker, a word for everybody, and what is remembered of cards."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from bot.adapter.handling import Piece, piece_of
from bot.adapter.remembering import Remembering, Sent
from bot.domain.days import Ending
from bot.outgoing import Message, SentCard
from bot.services.health import FakeHealth
from bot.services.sending import FakeSentCards
from bot.turn import Reference, Reply, Scope
from cards.renderers import RENDERERS
from tests.fakes.botframework import TENANT
from tests.fakes.doors import House, Picture, Sentence, draw_picture, targeted, until
from tests.fakes.teams_client import ANOUK, BART, BOT, CHANNEL, GROUP, MEETING, PERSONAL, Place

SECRET = "alleen voor Anouk"
OPEN = Sentence("voor iedereen")
GROUPS = [GROUP, CHANNEL, MEETING]
TODAY = date(2026, 11, 23)
NIGHT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Board(Picture):
    """Something with places on it."""

    day: date = TODAY

    @property
    def first_day(self) -> date:
        return self.day


@pytest.fixture(autouse=True)
def _own_board() -> Iterator[None]:
    RENDERERS[Board] = draw_picture
    yield
    del RENDERERS[Board]


@pytest.fixture
async def team(office: House) -> House:
    """A production door; Anouk and Bart are in every group."""
    for place in GROUPS:
        office.framework.rosters[place.id.partition(";")[0]] = [ANOUK.account, BART.account]
    office.framework._personal[PERSONAL.id] = ANOUK.channel_user_id
    return office


def says(house: House, **reply) -> None:
    house.handler.reply = Reply(**{"show": Picture(SECRET), "language": "nl", "team_language": "en"} | reply)


def heard(house: House, who=BART) -> list[str]:
    return [str(body) for body in house.framework.heard_by(who.channel_user_id)]


@pytest.mark.parametrize("where", GROUPS)
async def test_a_word_for_everybody_is_said_openly(team: House, where: Place):
    """In the conversation itself, in a channel not in the thread; the private answer stays private."""
    says(team, announce=OPEN)
    await team.client.write("druk", where=where)
    assert OPEN.text in heard(team)[-1]
    assert SECRET not in "".join(heard(team))
    assert SECRET in "".join(heard(team, ANOUK))
    assert team.framework.asked[-1].path == ("v3", "conversations", where.id.partition(";")[0], "activities")


async def test_a_press_is_answered_and_the_word_for_everybody_follows(team: House):
    says(team, announce=OPEN)
    answer = await team.client.press("x", where=GROUP)
    assert SECRET in str(answer.body)
    await team.door.rest()
    assert [OPEN.text in text for text in heard(team)] == [True]


async def test_what_happens_around_us_can_be_announced(team: House):
    """The bot is added to a team: it says so to all."""
    says(team, show=None, announce=OPEN)
    event = team.client.activity("conversationUpdate", ANOUK, CHANNEL, membersAdded=[BOT])
    assert (await team.client.post(event)).status == 200
    assert [OPEN.text in text for text in heard(team)] == [True]
    assert ";" not in team.framework.asked[-1].path[2]


async def test_an_announcement_that_fails_takes_nothing_away(team: House):
    says(team, show=None, announce=OPEN)
    team.framework.script(403)
    event = team.client.activity("conversationUpdate", ANOUK, CHANNEL, membersAdded=[BOT])
    assert (await team.client.post(event)).status == 200
    assert team.health.counted == {"answer": 1}


async def test_expected_replies_hold_the_announcement(team: House):
    says(team, announce=OPEN)
    answer = await team.client.write("druk", where=GROUP, deliveryMode="expectReplies")
    assert [OPEN.text in str(reply) for reply in answer.body["activities"]] == [False, True]


async def test_a_press_under_expected_replies_loses_nothing(team: House):
    """Its response has no room for more, so that is sent."""
    says(team, more=(Sentence("twee"),), announce=OPEN)
    await team.client.press("x", where=PERSONAL, deliveryMode="expectReplies")
    await team.door.rest()
    assert [body["text"] for body in team.framework.sent()] == ["twee", OPEN.text]


MORE = (Sentence("twee"), Picture("drie"))


async def test_more_follows_in_order(team: House):
    says(team, more=MORE)
    await team.client.write("mijngegevens")
    texts = heard(team, ANOUK)
    assert [word in text for word, text in zip((SECRET, "twee", "drie"), texts, strict=True)] == [True] * 3


@pytest.mark.parametrize("where", GROUPS)
async def test_more_is_as_private_as_the_answer(team: House, where: Place):
    """And the group is told once that there is an answer."""
    says(team, more=MORE)
    await team.client.write("mijngegevens", where=where)
    assert len(heard(team)) == 1
    assert "drie" not in heard(team)[0]
    assert "drie" in heard(team, ANOUK)[2]


async def test_more_of_a_targeted_answer_is_targeted(team: House):
    says(team, more=MORE)
    await team.client.write("/mijngegevens", where=GROUP, **targeted())
    assert [asked.query for asked in team.framework.asked] == [{"isTargetedActivity": "true"}] * 3
    assert heard(team) == []


async def test_more_of_a_press_follows_in_the_own_chat(team: House):
    says(team, more=MORE)
    answer = await team.client.press("x", where=GROUP)
    assert SECRET in str(answer.body)
    await team.door.rest()
    assert heard(team) == []
    assert ["twee" in heard(team, ANOUK)[0], "drie" in heard(team, ANOUK)[1]] == [True, True]


@pytest.mark.usefixtures("hurried")
async def test_a_slow_press_gets_everything_after_it(team: House):
    says(team, more=MORE, announce=OPEN)
    go_on = asyncio.Event()
    team.handler.act = lambda _: go_on.wait()
    answer = await team.client.press("x", where=GROUP)
    assert SECRET not in str(answer.body)
    go_on.set()
    await team.door.rest()
    assert len(heard(team)) == 1
    assert len(heard(team, ANOUK)) == 4


async def test_a_person_who_cannot_be_reached_is_told_so_once(team: House):
    says(team, more=MORE)
    team.framework.script(403)
    await team.client.write("mijngegevens", where=GROUP)
    assert len(heard(team)) == 1
    assert SECRET not in "".join(heard(team, ANOUK))


# What is remembered.


def remembered(house: House) -> list[tuple]:
    return [(card.to.conversation, card.activity, card.user_id, card.targeted) for card in house.cards.cards]


async def test_a_card_in_the_own_chat_is_remembered(team: House):
    says(team, show=Board("Vandaag"), ending=Ending("Europe/Amsterdam", "Europe/Amsterdam"))
    await team.client.write("waar")
    assert remembered(team) == [(PERSONAL.id, "message-1", ANOUK.user_id, False)]
    (card,) = team.cards.cards
    assert (card.language, card.day, card.due_at, card.to.tenant) == ("nl", TODAY, NIGHT, TENANT)


async def test_a_card_without_places_is_not(team: House):
    says(team, more=MORE, announce=OPEN)
    await team.client.write("help", where=GROUP)
    await team.client.press("help", replyToId="card-1")
    await team.door.rest()
    assert remembered(team) == []


@pytest.mark.parametrize("where", GROUPS)
async def test_a_targeted_card_is_remembered_as_one(team: House, where: Place):
    says(team, show=Board("Vandaag"))
    await team.client.write("/waar", where=where, **targeted())
    await team.door.rest()
    assert remembered(team) == [(where.id, "message-1", None, True)]


@pytest.mark.parametrize("where", GROUPS)
async def test_a_card_asked_for_in_the_open_is_remembered_where_it_went(team: House, where: Place):
    says(team, show=Board("Vandaag"))
    await team.client.write("waar", where=where)
    await team.door.rest()
    assert remembered(team) == [(f"a:{ANOUK.channel_user_id}", "message-1", ANOUK.user_id, False)]


async def test_a_press_has_its_card_remembered(team: House):
    says(team, show=Board("Vandaag"))
    await team.client.press("where.board", replyToId="card-1")
    await team.client.press("where.board", where=GROUP, replyToId="card-2")
    await team.client.press("where.board")  # a client that does not say which card
    await team.door.rest()
    assert remembered(team) == [(PERSONAL.id, "card-1", ANOUK.user_id, False), (GROUP.id, "card-2", None, False)]


async def test_a_press_does_not_wait_for_the_remembering(team: House):
    says(team, show=Board("Vandaag"))
    go_on = asyncio.Event()
    team.cards.remember = lambda _: go_on.wait()
    answer = await team.client.press("where.board", replyToId="card-1")
    assert "Vandaag" in str(answer.body)
    assert not team.health.counted
    go_on.set()


async def test_an_announced_card_is_everybodys(team: House):
    says(team, show=None, announce=Board("Vandaag"))
    await team.client.write("druk", where=CHANNEL)
    assert remembered(team) == [(CHANNEL.id.partition(";")[0], "message-1", None, False)]
    assert team.cards.cards[0].language == "en"


async def test_a_card_that_cannot_be_remembered_is_shown_all_the_same_and_counted(team: House):
    async def broken(_card):
        raise OSError("SECRET")

    team.cards.remember = broken
    says(team, show=Board("Vandaag"))
    assert (await team.client.write("waar")).status == 200
    assert "Vandaag" in heard(team, ANOUK)[0]
    assert team.health.counted == {}
    await team.door._remembering.close(1)
    assert team.health.counted == {"card_unknown": 1}


@dataclass
class Moody(FakeSentCards):
    """Fails so many times, or hangs."""

    failures: int = 0
    tried: int = 0
    hangs: bool = False

    async def remember(self, card: SentCard) -> None:
        self.tried += 1
        if self.tried <= self.failures:
            raise OSError(SECRET)
        if self.hangs:
            await asyncio.Event().wait()
        await super().remember(card)


def sent_board() -> tuple[Piece, Sent]:
    to = Reference(TENANT, GROUP.id, "http://localhost", "msteams", "28:bot", "Samen", Scope.GROUP)
    return piece_of(Board("Vandaag"), "nl", Ending("Europe/Amsterdam", "Europe/Amsterdam")), Sent(to, "1")


async def test_a_card_that_cannot_be_remembered_at_once_is_remembered_soon():
    cards, health = Moody(failures=3), FakeHealth()
    remembering = Remembering(cards, health, (0.01, 0.02, 0.04))
    await remembering.keep(*sent_board())
    assert cards.cards == []
    await until(lambda: bool(cards.cards))
    assert [(card.activity, card.due_at) for card in cards.cards] == [("1", NIGHT)]
    await remembering.close(1)
    assert (cards.tried, health.counted) == (4, {})


async def test_a_card_that_is_never_remembered_is_counted_once():
    cards, health = Moody(failures=100), FakeHealth()
    remembering = Remembering(cards, health, (0.01, 0.01))
    await remembering.keep(*sent_board())
    await until(lambda: bool(health.counted))
    await remembering.close(1)
    assert (cards.tried, health.counted) == (3, {"card_unknown": 1})


async def test_stopping_tries_once_more():
    cards, health = Moody(failures=1), FakeHealth()
    remembering = Remembering(cards, health, (600.0,) * 3)
    await remembering.keep(*sent_board())
    await remembering.close(1)
    assert (len(cards.cards), cards.tried, health.counted) == (1, 2, {})


async def test_stopping_does_not_wait_for_a_database_that_hangs():
    cards, health = Moody(failures=1, hangs=True), FakeHealth()
    remembering = Remembering(cards, health, (600.0,))
    await remembering.keep(*sent_board())
    await remembering.close(0.05)
    assert health.counted == {"card_unknown": 1}


async def test_a_message_for_somebodys_own_chat_is_remembered_there(team: House):
    """Opened first where there is none yet."""
    chat = Reference(TENANT, "", team.framework.service_url, "msteams", "28:bot", "Samen", Scope.PERSONAL)
    chat = replace(chat, conversation=await team.door.open(chat, ANOUK.channel_user_id))
    said = Message(chat, Board("Vandaag"), "nl", ANOUK.channel_user_id, ANOUK.user_id, "Europe/Amsterdam")
    assert await team.door.send(said) == "message-1"
    assert remembered(team) == [(f"a:{ANOUK.channel_user_id}", "message-1", ANOUK.user_id, False)]
    assert team.cards.cards[0].due_at == NIGHT
    assert heard(team) == []


async def test_a_fault_in_answering_is_counted(team: House):
    async def broken(_turn):
        raise ValueError(SECRET)

    team.handler.act = broken
    await team.client.write("waar")
    await team.client.press("x")
    assert team.health.counted == {"turn": 2}


async def announced_button(house: House, who=ANOUK) -> dict:
    """The data of the button on a card that was announced to the group."""
    says(house, show=None, announce=Picture("dag", button=True))
    await house.client.write("druk", where=GROUP)
    (action,) = house.framework.sent()[-1]["attachments"][0]["content"]["actions"]
    assert action["data"]["l"] == "nl"
    return action["data"]


async def test_places_asked_for_on_a_card_that_all_see_come_in_the_own_chat(team: House):
    """In its place they would stay on the asker's screen until the card went for everybody."""
    data = await announced_button(team)
    before = heard(team)
    says(team, show=Board(SECRET), more=(Sentence("twee"),))
    answer = await team.client.press("where.plan", data, where=GROUP, replyToId="message-1")
    assert SECRET not in str(answer.body)
    assert ANOUK.name in answer.body["value"]
    await team.door.rest()
    assert SECRET in "".join(heard(team, ANOUK))
    assert "twee" in heard(team, ANOUK)[-1]
    assert heard(team) == before
    assert remembered(team) == [(f"a:{ANOUK.channel_user_id}", "message-2", ANOUK.user_id, False)]


async def test_who_cannot_be_reached_there_is_told_so(team: House):
    data = await announced_button(team)
    says(team, show=Board(SECRET))
    team.framework.script(403)
    refused = await team.client.press("where.plan", data, where=GROUP)
    team.framework.script(500)
    failed = await team.client.press("where.plan", data, where=GROUP)
    assert SECRET not in str(refused.body) + str(failed.body)
    assert len({refused.body["value"], failed.body["value"]}) == 2
    assert SECRET not in "".join(str(body) for body in team.framework.sent())


async def test_what_names_no_place_takes_the_place_of_the_card(team: House):
    data = await announced_button(team)
    says(team, show=Picture("dank je"))
    answer = await team.client.press("counter.come", data, where=GROUP, replyToId="message-1")
    assert "dank je" in str(answer.body)
    assert remembered(team) == []


async def test_a_private_card_is_not_marked(team: House):
    says(team, show=Picture("plan", button=True))
    await team.client.write("waar")
    (action,) = team.framework.sent()[-1]["attachments"][0]["content"]["actions"]
    assert action["data"] == {"l": "nl"}
