"""`/focus` as `make run` has it: what is said in the Playground, and what the twin then shows; no browser."""

import asyncio
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.end_to_end.playground import CHANNEL, GROUP, PEOPLE, PERSONAL, Playground, Seen
from tests.end_to_end.twin import sign_in_link
from tests.end_to_end.words import dutch
from tests.in_line import in_line

pytestmark = pytest.mark.playground

SUBJECT = "bezwaarschrift"
PROMISED_S = 3
UNCONNECTED = "I am not connected with your Microsoft 365 yet, so Teams and your calendar do not show this."


@pytest.fixture(autouse=True)
async def nothing_on(teams, twin):
    """Nobody is in focus yet, and Anneke is signed in and answered in Dutch."""
    await twin.works()
    await twin.does("consent", state="signed_in")
    await teams.ask("/taal nl")
    await teams.ask("/focus stop")
    for event in (await twin.person())["events"]:
        await twin.does("delete", event=event["id"])
    await twin.does("reset")
    await twin.does("say", text="")


def is_as_before(person: dict[str, Any]) -> bool:
    return person["preferred"] is None and person["events"] == []


def is_in_focus(person: dict[str, Any]) -> bool:
    return bool(person["preferred"] and person["status"] and person["events"])


async def begun(teams: Playground, text: str, conversation: str = PERSONAL) -> Seen:
    """Starts a focus time, at whatever hour these tests run: outside working hours Samen asks back."""
    card = await teams.ask(text, conversation)
    sure = [press for press in card.presses() if press["data"].get("sure")]
    return await teams.press(card, sure[0]) if sure else card


async def comes_to_say(teams: Playground, card: Seen, words: str) -> Seen:
    """The card, or what is edited in its place where Microsoft was waited for too long, once it says so."""
    return await teams.until(
        lambda: next((one for one in (card, *teams.seen) if one.id == card.id and words in one.words), None)
    )


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """It takes no longer, but for what others take of the processors meanwhile."""
    stood, began = in_line(), monotonic()
    yield
    assert monotonic() - began - (in_line() - stood) < seconds


@asynccontextmanager
async def hearing(teams: Playground):
    """What comes on Anneke's screens, and what the bot sends to where no screen shows it."""
    screens, lines = len(teams.seen), len(teams.log)
    heard: dict[str, list[Seen]] = {}
    yield heard
    heard["screens"], heard["elsewhere"] = teams.seen[screens:], list(teams.off_screen(lines))


def local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(ZoneInfo("Europe/Amsterdam"))


def assert_in_focus(person: dict[str, Any], subject: str) -> None:
    """Do not disturb, a message that says until when, and a block of an hour and a half, all with their end."""
    (block,) = person["events"]
    ends = local(block["end"])
    assert ends - local(block["start"]) == timedelta(minutes=90)
    assert block["subject"] == subject
    assert (block["showAs"], block["sensitivity"], block["categories"]) == ("busy", "private", ["Focus"])
    assert block["reminder"] is False
    assert block["transactionId"]
    assert person["availability"] == person["preferred"]["availability"] == "DoNotDisturb"
    assert abs(local(person["preferred"]["until"]) - ends) < timedelta(seconds=5)
    assert person["status"]["text"] == dutch("Focus until {time}.", time=f"{ends.hour}:{ends.minute:02}")
    assert abs(local(person["status"]["until"]) - ends) < timedelta(seconds=5)


async def test_not_connected_it_holds_and_signing_in_brings_it_to_teams_and_the_calendar(teams, twin):
    await twin.does("consent", state="signed_out")
    lines = len(teams.log)
    card = await begun(teams, f"/focus 90 {SUBJECT}")
    assert dutch(UNCONNECTED) in card.words
    assert is_as_before(await twin.person())
    connect = [press for press in card.presses() if press["verb"] == "focus.connect"]
    if connect:  # the first time only the card to sign in with comes by itself
        await teams.press(card, connect[0])
    code = await twin.code_at(await sign_in_link(teams, lines))

    with within(PROMISED_S):
        connected = await teams.ask(code)
        person = await twin.until(is_in_focus)
    connected = await comes_to_say(teams, connected, dutch("In Teams and your calendar"))
    assert dutch(UNCONNECTED) not in connected.words
    assert person["availability"] == "DoNotDisturb"
    assert person["signIns"] == {"samen": "signed_in"}


async def test_teams_and_the_calendar_have_it_within_three_seconds_and_lose_it_at_the_stop(teams, twin):
    with within(PROMISED_S):
        card = await begun(teams, f"/focus 90 {SUBJECT}")
        person = await twin.until(is_in_focus)
    assert_in_focus(person, f"Focus: {SUBJECT}")
    assert SUBJECT not in card.words
    with within(PROMISED_S):
        await teams.ask("/focus stop")
        person = await twin.until(is_as_before)
    assert person["status"] is None
    assert person["availability"] == "Available"


async def test_a_status_message_of_ones_own_stays_through_all_of_it(teams, twin):
    await twin.does("say", text="Tot 14:00 op de fiets")
    own = (await twin.person())["status"]
    card = await begun(teams, f"/focus 90 {SUBJECT}")
    person = await twin.until(lambda person: person["preferred"] and person["events"])
    assert person["status"] == own
    await comes_to_say(teams, card, dutch("Status message: your own; I write none"))
    await teams.ask("/focus stop")
    assert (await twin.until(is_as_before))["status"] == own


async def test_asked_in_a_group_it_is_answered_in_ones_own_chat(teams, twin):
    async with hearing(teams) as heard:
        card = await begun(teams, f"/focus 25 {SUBJECT}", GROUP)
        await twin.until(is_in_focus)
    assert card.conversation == PERSONAL
    assert heard["elsewhere"] == []
    (openly,) = [seen for seen in heard["screens"] if seen.conversation == GROUP]
    assert_says_nothing(openly, "Anneke")


async def test_somebody_else_in_the_group_hears_at_most_that_there_was_an_answer(teams):
    async with hearing(teams) as heard:
        await teams.say(f"/focus 25 {SUBJECT}", GROUP, "Joris")
    (openly,) = heard["screens"]
    assert openly.conversation == GROUP
    assert_says_nothing(openly, "Joris")
    assert any(seen.card for seen in heard["elsewhere"])


def assert_says_nothing(notice: Seen, name: str) -> None:
    assert notice.card is None
    assert notice.text == dutch("{name}, the answer is in your own chat with me.", name=PEOPLE[name]["name"])


async def test_colleagues_read_of_it_only_while_they_are_shown_how_to_reach_somebody(teams):
    async def told_joris() -> str:
        async with hearing(teams) as heard:
            await teams.say("/bereik Anneke", CHANNEL, "Joris")
        (told,) = heard["elsewhere"]
        return told.words

    in_focus = dutch("In focus until {until}. A chat is fine; the answer comes after that.", until="…").partition("…")[
        0
    ]
    await teams.ask("/bereik gewoon chat binnen 4 uur 9-17")
    await teams.ask("/bereik delen uit", CHANNEL)
    await begun(teams, f"/focus 90 {SUBJECT}")
    unshown = await told_joris()
    assert in_focus not in unshown

    await teams.ask("/bereik delen aan", CHANNEL)
    shown = await told_joris()
    assert in_focus in shown
    assert SUBJECT not in shown
    await teams.ask("/bereik delen uit", CHANNEL)
    assert await told_joris() == unshown


async def test_ten_at_once_are_one(teams, twin):
    async with hearing(teams) as heard:
        await asyncio.gather(*(teams.say(f"/focus 90 {SUBJECT} {number}") for number in range(10)))
    cards = [seen for seen in heard["screens"] if seen.card]
    assert len(cards) == 10
    sure = [(card, press) for card in cards for press in card.presses() if press["data"].get("sure")]
    await asyncio.gather(*(teams.press(*pressed) for pressed in sure))
    await twin.until(is_in_focus)
    await asyncio.sleep(0.5)  # what the others might still bring about
    (block,) = (await twin.person())["events"]
    assert block["subject"].startswith(f"Focus: {SUBJECT} ")


async def test_somebody_elses_focus_time_cannot_be_stopped_or_seen_by_its_button(teams, twin):
    card = await begun(teams, f"/focus 90 {SUBJECT}")
    before = await twin.until(is_in_focus)
    in_the_group = await teams.ask("/focus kaart", GROUP, seen_in=GROUP)
    async with hearing(teams) as heard:
        told = [
            await teams.press(in_the_group, card.button(verb), "Joris")
            for verb in ("focus.stop", "focus.extend", "focus.show")
        ]
    until = dutch("Focus until {time}", time="…").partition("…")[0]
    for seen in (*told, *heard["screens"], *heard["elsewhere"]):
        assert SUBJECT not in seen.words
        assert until not in seen.words
        assert dutch("Stopped") not in seen.words
    assert until in (await teams.ask("/focus kaart")).words
    assert (await twin.person())["events"] == before["events"]
    assert (await twin.person())["preferred"] == before["preferred"]


async def test_old_buttons_change_nothing_once_it_is_stopped(teams, twin):
    card = await begun(teams, f"/focus 90 {SUBJECT}")
    await twin.until(is_in_focus)
    for _ in range(2):
        stopped = await teams.press(card, card.button("focus.stop"))
        assert dutch("Stopped") in stopped.words
    for verb in ("focus.extend", "focus.show"):
        await teams.press(card, card.button(verb))
    await asyncio.sleep(0.5)  # what a press might still bring about
    assert is_as_before(await twin.person())


@pytest.mark.parametrize(
    "subject", ["🙂🌦️", "<b>zaak</b> & <script>x</script>", "[zaak](http://x) **vet**", "{0} %s \\"]
)
async def test_a_subject_stands_in_the_calendar_as_it_was_typed_and_on_no_card(teams, twin, subject):
    card = await begun(teams, f"/focus 90 {subject}")
    (block,) = (await twin.until(is_in_focus))["events"]
    assert block["subject"] == f"Focus: {subject}"
    assert subject not in card.words


@pytest.mark.parametrize("pages", [20, 500])
async def test_a_pasted_novel_begins_nothing(teams, twin, pages):
    told = await teams.ask("/focus 90 " + "Het was een donkere nacht. " * pages)
    assert told.card
    assert "donkere" not in told.words
    assert is_as_before(await twin.person())


async def test_while_graph_is_down_it_holds_and_reaches_teams_afterwards(teams, twin):
    await twin.fails()
    card = await begun(teams, f"/focus 90 {SUBJECT}")
    await comes_to_say(teams, card, dutch("Calendar: the block could not be made yet"))
    await twin.works()
    again = await teams.press(card, card.button("focus.retry"))
    assert is_in_focus(await twin.until(is_in_focus))
    assert dutch("It did not work at Microsoft. I keep trying; you can also press the button.") not in again.words


async def test_stopped_while_graph_is_down_the_card_says_what_still_stands(teams, twin):
    card = await begun(teams, f"/focus 90 {SUBJECT}")
    await twin.until(is_in_focus)
    await twin.fails()
    stopped = await teams.press(card, card.button("focus.stop"))
    stopped = await comes_to_say(teams, stopped, dutch("Calendar: the block could not be taken away yet"))
    assert dutch("Calendar: the block is gone") not in stopped.words
    await twin.works()
    again = await teams.press(card, card.button("focus.show"))
    await twin.until(is_as_before)
    await comes_to_say(teams, again, dutch("Calendar: the block is gone"))


async def test_stopped_before_graph_had_any_of_it_nothing_is_told_of_it(teams, twin):
    await twin.fails()
    card = await begun(teams, f"/focus 90 {SUBJECT}")
    stopped = await teams.press(card, card.button("focus.stop"))
    assert dutch("Stopped") in stopped.words
    assert dutch("In Teams and your calendar") not in stopped.words
