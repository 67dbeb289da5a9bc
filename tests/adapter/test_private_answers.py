"""Who reads an answer: proved by listening as somebody else (design, section 4, "Private answers")."""

import asyncio

import pytest

from bot.errors import Blocked
from bot.outgoing import Message
from bot.turn import Reference, Scope
from tests.fakes.botframework import TENANT, BotFramework
from tests.fakes.doors import Doors, House, Picture, Sentence, production_config, targeted
from tests.fakes.teams_client import ANOUK, BART, CHANNEL, GROUP, MEETING, Place

SECRET = "alleen voor Anouk"
PLACES = [GROUP, CHANNEL, MEETING]


def _texts(bodies: list[dict]) -> str:
    return "\n".join(str(body) for body in bodies)


@pytest.fixture
async def team(office: House) -> House:
    """A production door; Anouk and Bart are in every group."""
    office.handler.shows(Picture(SECRET))
    for place in PLACES:
        office.framework.rosters[place.id.partition(";")[0]] = [ANOUK.account, BART.account]
    return office


@pytest.mark.parametrize("where", PLACES)
async def test_asked_in_the_open_is_answered_in_the_persons_own_chat(team: House, where: Place) -> None:
    await team.client.write("waar", where=where)
    assert SECRET in _texts(team.framework.heard_by(ANOUK.channel_user_id))
    (notice,) = team.framework.heard_by(BART.channel_user_id)
    assert ANOUK.name in notice["text"]
    assert SECRET not in str(notice)


async def test_the_notice_speaks_the_teams_language(team: House) -> None:
    team.handler.shows(Picture(SECRET), "nl", "en")
    await team.client.write("waar", where=GROUP)
    team.handler.shows(Picture(SECRET), "en", "nl")
    await team.client.write("waar", where=GROUP)
    english, dutch = team.framework.heard_by(BART.channel_user_id)
    assert english["text"] != dutch["text"]


async def test_the_notice_in_a_channel_stands_in_its_thread(team: House) -> None:
    await team.client.write("waar", where=CHANNEL)
    notice = team.framework.asked[-1]
    assert notice.path == ("v3", "conversations", CHANNEL.id, "activities", "activity-1")


@pytest.mark.parametrize("where", PLACES)
async def test_asked_targeted_is_answered_targeted(team: House, where: Place) -> None:
    await team.client.write("/waar", where=where, **targeted())
    (answer,) = team.framework.asked
    assert answer.query == {"isTargetedActivity": "true"}
    assert answer.path[2] == where.id
    assert answer.body["recipient"]["id"] == ANOUK.channel_user_id
    assert SECRET in _texts(team.framework.heard_by(ANOUK.channel_user_id))
    assert team.framework.heard_by(BART.channel_user_id) == []


@pytest.mark.parametrize("status", [400, 403])
async def test_a_targeted_answer_refused_goes_to_the_persons_own_chat_silently(team: House, status: int) -> None:
    team.framework.script(status)
    await team.client.write("/waar", where=GROUP, **targeted())
    targeted_try, chat, answer = team.framework.asked
    assert targeted_try.query
    assert chat.path == ("v3", "conversations")
    assert answer.path[2] == f"a:{ANOUK.channel_user_id}"
    assert team.framework.heard_by(BART.channel_user_id) == []


@pytest.mark.usefixtures("hurried")
async def test_a_targeted_question_shows_no_typing_to_the_group(team: House) -> None:
    team.handler.act = lambda _: asyncio.sleep(0.3)
    await team.client.write("/waar", where=GROUP, **targeted())
    assert team.framework.heard_by(BART.channel_user_id) == []


async def test_without_targeted_messages_nothing_is_ever_sent_so(doors: Doors, framework: BotFramework) -> None:
    house = await doors.open(production_config(framework), targeted=False)
    await _asks_and_listens(house)


async def test_the_sandbox_never_sends_targeted_whatever_it_is_told(doors: Doors) -> None:
    await _asks_and_listens(await doors.open(targeted=True))


async def _asks_and_listens(house: House) -> None:
    house.framework.rosters[GROUP.id] = [ANOUK.account, BART.account]
    house.handler.shows(Picture(SECRET))
    await house.client.write("/waar", where=GROUP, **targeted())
    assert [asked.query for asked in house.framework.asked] == [{}, {}]
    assert SECRET in _texts(house.framework.heard_by(ANOUK.channel_user_id))
    assert house.framework.heard_by(BART.channel_user_id) == []


@pytest.mark.parametrize("where", PLACES)
async def test_a_press_is_answered_to_the_presser_alone(team: House, where: Place) -> None:
    answer = await team.client.press("where.board", where=where)
    assert SECRET in str(answer.body)
    assert team.framework.asked == []


async def test_an_old_style_button_is_answered_in_the_persons_own_chat_without_a_word_to_the_group(team: House) -> None:
    await team.client.post(team.client.activity(where=GROUP, value={"verb": "where.board"}, replyToId="card"))
    assert SECRET in _texts(team.framework.heard_by(ANOUK.channel_user_id))
    assert team.framework.heard_by(BART.channel_user_id) == []


async def test_the_persons_own_chat_is_opened_once(team: House) -> None:
    for _ in range(3):
        await team.client.write("waar", where=GROUP)
    assert [asked.path for asked in team.framework.asked].count(("v3", "conversations")) == 1


async def test_a_chat_that_is_gone_is_opened_again(team: House) -> None:
    await team.client.write("waar", where=GROUP)
    team.framework.script(404)
    await team.client.write("waar", where=GROUP)
    assert [asked.path for asked in team.framework.asked].count(("v3", "conversations")) == 2
    assert _texts(team.framework.heard_by(ANOUK.channel_user_id)).count(SECRET) >= 2


@pytest.mark.parametrize("status", [400, 403, 404])
async def test_somebody_without_a_chat_is_told_so_in_the_group_and_nothing_more(team: House, status: int) -> None:
    team.framework.script(status)
    await team.client.write("waar", where=GROUP)
    (notice,) = team.framework.heard_by(BART.channel_user_id)
    assert ANOUK.name in notice["text"]
    assert SECRET not in _texts(team.framework.sent())


async def test_when_teams_fails_for_a_moment_the_group_hears_of_trouble_only(team: House) -> None:
    team.framework.script(500)
    await team.client.write("waar", where=GROUP)
    (notice,) = team.framework.heard_by(BART.channel_user_id)
    assert SECRET not in _texts(team.framework.sent())
    assert notice["text"]


async def test_when_nothing_can_be_sent_the_request_is_still_answered(team: House) -> None:
    for _ in range(4):
        team.framework.script(500)
    assert (await team.client.write("waar", where=GROUP)).status == 200


async def test_expected_replies_hold_the_notice_and_never_the_answer(team: House) -> None:
    answer = await team.client.write("waar", where=GROUP, deliveryMode="expectReplies")
    (notice,) = answer.body["activities"]
    assert ANOUK.name in notice["text"]
    assert SECRET not in str(answer.body)


def _reference(house: House, scope: Scope, conversation: str) -> Reference:
    return Reference(TENANT, conversation, house.framework.service_url, "msteams", "28:bot", "Samen", scope)


async def test_a_message_nobody_asked_for(team: House) -> None:
    to = _reference(team, Scope.GROUP, GROUP.id)
    assert await team.door.send(Message(to, Sentence("voor allen"), "nl")) == "message-1"
    assert await team.door.send(Message(to, Picture(SECRET), "nl", only_for=ANOUK.channel_user_id)) == "message-2"
    for_all, for_one = team.framework.asked
    assert (for_all.path[3:], for_all.query) == (("activities",), {})
    assert for_one.query == {"isTargetedActivity": "true"}
    assert for_all.body["from"] == {"id": "28:bot", "name": "Samen"}
    assert SECRET not in _texts(team.framework.heard_by(BART.channel_user_id))


async def test_a_message_for_one_person_where_targeted_is_refused(team: House) -> None:
    team.framework.script(403)
    to = _reference(team, Scope.GROUP, GROUP.id)
    await team.door.send(Message(to, Picture(SECRET), "nl", only_for=ANOUK.channel_user_id))
    assert SECRET in _texts(team.framework.heard_by(ANOUK.channel_user_id))
    assert team.framework.heard_by(BART.channel_user_id) == []


async def test_a_message_to_somebody_who_blocked_the_bot(team: House) -> None:
    team.framework.script(403, {"error": {"code": "Forbidden", "subCode": "MessageWritesBlocked"}})
    with pytest.raises(Blocked):
        await team.door.send(Message(_reference(team, Scope.PERSONAL, "a:x"), Sentence("dag"), "nl"))
