"""Text in, an answer out, and everything that a turn knows of where it came from."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.people import TeamKind
from bot.turn import EventKind, Mention, Reply, Scope, Turn
from cards import View
from tests.fakes.botframework import TENANT
from tests.fakes.doors import UNHURRIED, Doors, House, Picture, Sentence, until
from tests.fakes.teams_client import ANOUK, BART, CHANNEL, GROUP, MEETING, PERSONAL, Who


async def test_what_somebody_writes_is_a_turn_and_is_answered(sandbox: House) -> None:
    answer = await sandbox.client.write("waar morgen thuis")
    assert answer.status == 200
    turn = sandbox.handler.turn
    assert (turn.text, turn.scope, turn.private) == ("waar morgen thuis", Scope.PERSONAL, False)
    assert (turn.key.tenant, turn.key.conversation, turn.key.activity) == (TENANT, PERSONAL.id, "activity-1")
    assert (turn.actor.user_id, turn.actor.channel_user_id, turn.actor.name) == (ANOUK.user_id, "29:anouk", ANOUK.name)
    assert turn.time == datetime(2026, 11, 23, 8, 0, 0, 123456, tzinfo=UTC)
    assert (turn.locale, turn.zone, turn.team_id) == ("nl-NL", "Europe/Amsterdam", None)
    (sent,) = sandbox.framework.asked
    assert sent.path == ("v3", "conversations", PERSONAL.id, "activities", "activity-1")
    assert (sent.body["text"], sent.body["from"]["id"], sent.body["recipient"]["id"]) == ("goed", "28:bot", "29:anouk")
    assert sent.body["conversation"]["tenantId"] == TENANT
    assert sent.token is None


async def test_a_card_carries_its_text_form_and_a_line_for_the_notification(sandbox: House) -> None:
    sandbox.handler.shows(Picture("Vandaag"), "en")
    await sandbox.client.write("waar")
    (message,) = sandbox.framework.sent()
    (attachment,) = message["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert attachment["content"]["lang"] == "en"
    assert attachment["content"]["fallbackText"] == "Vandaag\nall of it"
    assert message["summary"] == "Vandaag"
    assert "text" not in message


async def test_nothing_to_show_is_nothing_sent(sandbox: House) -> None:
    sandbox.handler.shows(None)
    assert (await sandbox.client.write("dank je")).status == 200
    assert sandbox.framework.asked == []


async def test_scopes_and_teams(sandbox: House) -> None:
    sandbox.handler.shows(None)
    for place in (GROUP, CHANNEL, MEETING):
        await sandbox.client.write("waar", where=place)
    group, channel, meeting = sandbox.handler.turns
    assert (group.scope, group.team_id, group.team_kind) == (Scope.GROUP, GROUP.id, TeamKind.CHAT)
    assert (channel.scope, channel.team_id, channel.team_kind) == (Scope.CHANNEL, "19:team@thread.tacv2", TeamKind.TEAM)
    assert channel.team_name == "Wijkzaken"
    assert (meeting.scope, meeting.team_id, meeting.team_kind) == (Scope.MEETING, MEETING.id, TeamKind.CHAT)
    assert channel.key.conversation == "19:channel@thread.tacv2"
    assert channel.reference.conversation == CHANNEL.id


CHAT_ID, GROUP_ID = "a:1-anneke-samen", "19:x@thread.v2"


@pytest.mark.parametrize(
    ("conversation", "channel_data", "personal"),
    [
        ({"id": CHAT_ID, "conversationType": "personal"}, {}, True),
        ({"id": CHAT_ID}, {}, True),
        ({"id": CHAT_ID, "isGroup": False}, {}, True),
        ({"id": CHAT_ID, "conversationType": ""}, {}, True),
        ({"id": GROUP_ID, "conversationType": "personal"}, {}, False),
        ({"id": GROUP_ID}, {}, False),
        ({"id": GROUP_ID, "isGroup": False}, {}, False),
        ({"id": GROUP_ID}, {"team": {"id": "19:team@thread.tacv2"}}, False),
        ({"id": CHAT_ID, "isGroup": True}, {}, False),
        ({"id": CHAT_ID}, {"team": {"id": "19:team@thread.tacv2"}}, False),
        ({"id": CHAT_ID}, {"channel": {"id": "19:x@thread.tacv2"}}, False),
        ({"id": CHAT_ID}, {"meeting": {"id": "MCMx"}}, False),
        ({"id": CHAT_ID, "conversationType": "Personal"}, {}, False),
        ({"id": CHAT_ID, "conversationType": "new next year"}, {}, False),
    ],
)
async def test_only_what_is_surely_a_personal_chat_is_answered_there(
    sandbox: House, conversation: dict[str, Any], channel_data: dict[str, Any], personal: bool
) -> None:
    where = {"conversation": {"tenantId": TENANT, **conversation}, "channelData": channel_data}
    assert (await sandbox.client.post(sandbox.client.activity(text="waar", **where))).status == 200
    assert (sandbox.handler.turn.scope is Scope.PERSONAL) is personal
    answered = next(asked.path[2] for asked in sandbox.framework.asked if (asked.body or {}).get("text") == "goed")
    assert answered == (conversation["id"] if personal else "a:29:anouk")


async def test_tenants_and_people_are_the_same_in_capitals(sandbox: House) -> None:
    activity = sandbox.client.activity(text="waar")
    activity["conversation"]["tenantId"] = "ABCDEF00-1111-4111-8111-111111111111"
    activity["from"] |= {"aadObjectId": str(ANOUK.user_id).upper(), "tenantId": "abcdef00-1111-4111-8111-111111111111"}
    assert (await sandbox.client.post(activity)).status == 200
    turn = sandbox.handler.turn
    assert (turn.actor.user_id, turn.actor.guest) == (ANOUK.user_id, False)
    tenants = {turn.key.tenant, turn.actor.tenant, turn.reference.tenant}
    assert tenants == {"abcdef00-1111-4111-8111-111111111111"}


async def test_a_tenant_may_stand_in_channel_data_only(sandbox: House) -> None:
    activity = sandbox.client.activity(text="hoi")
    del activity["conversation"]["tenantId"]
    assert (await sandbox.client.post(activity)).status == 200
    assert sandbox.handler.turn.key.tenant == TENANT


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        ("<at>Samen</at> waar", ["bot"], "waar"),
        ("<at>Samen</at>&nbsp;waar &amp; wie", ["bot"], "waar & wie"),
        ("waar <at>Samen</at> thuis", ["bot"], "waar thuis"),
        ("<at>Samen</at> wie gebruikt Samen?", ["bot"], "wie gebruikt Samen?"),
        ("<at>Samen</at> zeg <at>Samen</at>", ["bot"], "zeg Samen"),
        ("<at>Samen</at> waar is <at>Bart Jansen</at>", ["bot", "bart"], "waar is Bart Jansen"),
        ('<at id="0">Samen</at> waar', ["numbered"], "waar"),
        ("waar  \u00a0 thuis ", [], "waar thuis"),
        ("eerste\nregel", [], "eerste\nregel"),
        ("a <b> c", [], "a <b> c"),
        ("", ["bot"], ""),
    ],
)
async def test_exactly_the_bots_own_mention_goes(sandbox: House, text: str, entities: list[str], expected: str) -> None:
    own = sandbox.client.mention()
    known = {"bot": own, "bart": sandbox.client.mention(BART), "numbered": own | {"text": '<at id="0">Samen</at>'}}
    activity = sandbox.client.activity(text=text, entities=[known[name] for name in entities])
    await sandbox.client.post(activity)
    assert sandbox.handler.turn.text == expected
    people = (Mention(BART.channel_user_id, BART.name),) if "bart" in entities else ()
    assert sandbox.handler.turn.mentions == people


async def test_entities_of_any_shape_do_no_harm(sandbox: House) -> None:
    odd = [
        {"type": "mention"},
        {"type": "mention", "mentioned": 5},
        {"type": "mention", "mentioned": {}, "text": 7},
        {},
    ]
    assert (await sandbox.client.write("waar", entities=odd)).status == 200
    assert sandbox.handler.turn.mentions == ()


async def test_a_delivery_without_id_has_the_same_key_when_it_comes_again(sandbox: House) -> None:
    activity = sandbox.client.activity(id=None, text="waar")
    await sandbox.client.post(activity)
    await sandbox.client.post(activity)
    await sandbox.client.post({**activity, "text": "wie"})
    first, again, other = (turn.key for turn in sandbox.handler.turns)
    assert first == again != other
    assert sandbox.framework.asked[0].path[-1] == "activities"


@pytest.mark.parametrize("locale", ["", "nl\nNL", "x" * 100, "../../etc"])
async def test_a_locale_that_is_none_is_left_out(sandbox: House, locale: str) -> None:
    await sandbox.client.write("waar", locale=locale, localTimezone="W. Europe Standard Time")
    assert sandbox.handler.turn.locale is None
    assert sandbox.handler.turn.zone is None


async def test_a_missing_user_id_is_found_in_the_roster(sandbox: House) -> None:
    nameless = Who("Bart Jansen", "29:bart", None)
    sandbox.framework.rosters[PERSONAL.id] = [{**BART.account, "userRole": "guest"}]
    await sandbox.client.write("waar", who=nameless)
    assert (sandbox.handler.turn.actor.user_id, sandbox.handler.turn.actor.guest) == (BART.user_id, True)


async def test_somebody_the_roster_does_not_know_stays_anonymous(sandbox: House) -> None:
    await sandbox.client.write("waar", who=Who("Iemand", "29:anoniem", None))
    assert sandbox.handler.turn.actor.user_id is None


async def test_guests_and_outsiders(sandbox: House) -> None:
    sandbox.handler.shows(None)
    for more in ({"userRole": "guest"}, {"tenantId": "another"}, {"tenantId": TENANT.upper()}):
        await sandbox.client.write("waar", **{"from": ANOUK.account | more})
    assert [turn.actor.guest for turn in sandbox.handler.turns] == [True, True, False]


async def test_files_are_counted_and_teams_own_html_is_not_one(sandbox: House) -> None:
    files: list[dict[str, str]] = [
        {"contentType": "text/html", "content": "<p>x</p>"},
        {"contentType": "image/png", "contentUrl": "https://x.example"},
    ]
    await sandbox.client.write("kijk", attachments=files)
    assert sandbox.handler.turn.attachments == 1


async def test_an_old_style_button_is_a_press(sandbox: House) -> None:
    await sandbox.client.post(sandbox.client.activity(value={"verb": "where.set", "day": "1"}, replyToId="card-1"))
    press = sandbox.handler.turn.press
    assert press is not None
    assert (press.verb, press.data["day"], press.activity_id) == ("where.set", "1", "card-1")


@pytest.mark.parametrize(
    ("activity", "kind"),
    [
        ({"type": "installationUpdate", "action": "add"}, EventKind.ADDED),
        ({"type": "installationUpdate", "action": "remove"}, EventKind.REMOVED),
        ({"type": "installationUpdate", "action": "add-upgrade"}, EventKind.OTHER),
        ({"type": "conversationUpdate", "membersAdded": [{"id": "28:bot"}]}, EventKind.ADDED),
        ({"type": "conversationUpdate", "membersRemoved": [{"id": "28:bot"}]}, EventKind.REMOVED),
        ({"type": "conversationUpdate", "membersAdded": [{"id": "29:bart"}]}, EventKind.MEMBERS),
        ({"type": "conversationUpdate", "membersRemoved": [{"id": "29:bart"}]}, EventKind.MEMBERS),
        ({"type": "conversationUpdate", "channelData": {"eventType": "teamRenamed"}}, EventKind.RENAMED),
        ({"type": "conversationUpdate", "channelData": None}, EventKind.OTHER),
        ({"type": "conversationUpdate", "from": None}, EventKind.OTHER),
    ],
)
async def test_what_happens_around_us_is_an_event(sandbox: House, activity: dict, kind: EventKind) -> None:
    sandbox.handler.shows(None)
    assert (await sandbox.client.post(sandbox.client.activity(**activity))).status == 200
    event = sandbox.handler.turn.event
    assert event is not None
    assert event.kind is kind


@pytest.mark.parametrize(
    "kind",
    ["typing", "messageReaction", "messageUpdate", "messageDelete", "event", "endOfConversation", "trace", "iets"],
)
async def test_other_activities_are_accepted_and_left(sandbox: House, kind: str) -> None:
    assert (await sandbox.client.post(sandbox.client.activity(kind, name="x", value=1))).status == 200
    assert sandbox.handler.turns == []


@pytest.mark.usefixtures("hurried")
async def test_a_slow_answer_shows_typing_first(sandbox: House) -> None:
    sandbox.handler.act = lambda _: until(lambda: bool(sandbox.framework.asked))
    await sandbox.client.write("waar")
    await sandbox.door.rest()
    assert [asked.body["type"] for asked in sandbox.framework.asked] == ["typing", "message"]


async def test_a_quick_answer_shows_none(doors: Doors) -> None:
    """Half a second is quick on a busy machine."""
    house = await doors.open(pace=replace(UNHURRIED, typing=0.5))
    await house.client.write("waar")
    await asyncio.sleep(0.7)
    assert [asked.body["type"] for asked in house.framework.asked] == ["message"]


@pytest.mark.usefixtures("hurried")
async def test_typing_that_fails_does_not_spoil_the_answer(sandbox: House) -> None:
    sandbox.handler.act = lambda _: until(lambda: bool(sandbox.framework.asked))
    sandbox.framework.script(400)
    await sandbox.client.write("waar")
    await sandbox.door.rest()
    assert [message["text"] for message in sandbox.framework.sent()] == ["goed"]


@pytest.mark.usefixtures("hurried")
async def test_a_message_that_takes_too_long_for_http_is_accepted_and_answered_later(sandbox: House) -> None:
    go_on = asyncio.Event()
    sandbox.handler.act = lambda _: go_on.wait()
    assert (await sandbox.client.write("waar")).status == 202
    assert sandbox.framework.sent() == []
    go_on.set()
    await until(lambda: len(sandbox.framework.sent()) == 1)


@pytest.mark.usefixtures("hurried")
async def test_a_handler_without_end_is_ended_with_a_sentence(sandbox: House) -> None:
    sandbox.handler.act = lambda _: asyncio.sleep(30)
    await sandbox.client.write("waar")
    await until(lambda: len(sandbox.framework.sent()) == 1)
    assert sandbox.framework.sent()[0]["text"] != "goed"


async def test_a_fault_becomes_a_sentence_in_the_clients_language(
    sandbox: House, capsys: pytest.CaptureFixture[str]
) -> None:
    async def fail(_: Turn) -> Reply:
        raise KeyError("Anouk at home")

    sandbox.handler.act = fail
    assert (await sandbox.client.write("waar", locale="en-GB")).status == 200
    assert (await sandbox.client.write("waar", locale="nl-BE")).status == 200
    english, dutch = (message["text"] for message in sandbox.framework.sent())
    assert english != dutch
    assert "went wrong" in english.lower() or "wrong" in english.lower()
    said = capsys.readouterr()
    assert "turn_failed" in said.out + said.err
    assert "KeyError" in said.out + said.err
    assert "Anouk" not in said.out + said.err


async def test_an_event_that_fails_bothers_nobody(sandbox: House) -> None:
    async def fail(_: Turn) -> Reply:
        raise RuntimeError

    sandbox.handler.act = fail
    activity = sandbox.client.activity("conversationUpdate", membersAdded=[{"id": "29:bart"}])
    assert (await sandbox.client.post(activity)).status == 200
    assert sandbox.framework.asked == []


async def test_expected_replies_come_back_with_the_response(sandbox: House) -> None:
    sandbox.handler.shows(Sentence("hier"))
    answer = await sandbox.client.write("waar", deliveryMode="expectReplies")
    assert answer.status == 200
    (activity,) = answer.body["activities"]
    assert (activity["text"], activity["replyToId"], activity["conversation"]["tenantId"]) == (
        "hier",
        "activity-1",
        TENANT,
    )
    assert sandbox.framework.asked == []


async def test_expected_replies_of_none_are_an_empty_list(sandbox: House) -> None:
    sandbox.handler.shows(None)
    assert (await sandbox.client.write("waar", deliveryMode="expectReplies")).body == {"activities": []}


@dataclass(frozen=True)
class Unheard(View):
    """A view that nobody knows how to draw."""


async def test_a_view_that_cannot_be_drawn_is_a_fault_like_any_other(sandbox: House) -> None:
    sandbox.handler.shows(Unheard())
    assert (await sandbox.client.write("waar")).status == 200
    assert sandbox.framework.sent()[0]["text"]
    answer = await sandbox.client.press("x")
    assert (answer.status, answer.body["type"]) == (200, "application/vnd.microsoft.activity.message")


async def test_somebody_anonymous_is_not_looked_for(sandbox: House) -> None:
    anonymous = {"id": "29:anoniem", "name": "Iemand", "userRole": "anonymous"}
    sandbox.handler.shows(None)
    await sandbox.client.write("hoi", where=MEETING, **{"from": anonymous})
    assert sandbox.framework.asked == []
    assert sandbox.handler.turn.actor.guest


async def test_a_roster_that_does_not_answer_is_trouble_and_makes_nobody_a_guest(sandbox: House) -> None:
    sandbox.framework.script(500)
    await sandbox.client.write("waar", who=Who("Bart Jansen", "29:bart", None))
    assert sandbox.handler.turns == []
    assert sandbox.framework.sent()[0]["text"] != "goed"
