"""Everybody sees, exports, pauses and deletes their own data from the chat, at once, and nobody else notices."""

import asyncio
import json
import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.store.tables import plan
from tests.canaries import WITH_SUBJECT, add, everything, marked_row
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, DIRK, GROUP, STADSKANTOOR, TEAM_ID, TODAY, personal
from tests.fakes.botframework import TENANT

pytestmark = pytest.mark.thorough

ZONE = ZoneInfo("Europe/Amsterdam")
BARE = ("stop", "vergeet", "forget", "stoppen", "vergeet mij", "Stop!")


async def settled(town, who=ANOUK):
    """Somebody with settings, a plan and a team that sees it."""
    await town.says("taal nl", who)
    await town.says("waar vandaag stadskantoor balie", who)
    await town.says("waar delen aan", who, CHANNEL)


async def kept(town, who=ANOUK):
    async with town.store.units.read(TENANT) as unit:
        return {one.name: len(one.rows) for one in await unit.own.of(who.user_id) if one.rows}


def exported(town, who=ANOUK):
    """The JSON of what somebody just got, its parts joined; each part is a document of its own."""
    blocks = [re.fullmatch(r".*?```json\n(.*)\n```", said.text, re.DOTALL) for said in town.heard(who)]
    tables: dict[str, list] = {}
    for block in blocks:
        for name, rows in (json.loads(block[1])["tables"] if block else {}).items():
            tables.setdefault(name, []).extend(rows)
    return tables


async def test_privacy_says_what_is_kept_now_and_what_could_be(any_town):
    said = await any_town.says("privacy")
    assert "Helemaal niets" in said.text
    assert "je plan," in said.text.partition("Wat ik pas bewaar")[2]
    await settled(any_town)
    now, _, could = (await any_town.says("/privacy")).text.partition("Wat ik pas bewaar")
    assert "Je plan (2)" in now
    assert "Je instellingen (1)" in now
    assert "Met welke teams je je plekken deelt (1)" in now
    assert "Ledenlijsten van je teams (1)" in now
    assert "hoe je bereikbaar bent" in could
    assert "je plan" not in could.partition("wat ik niet kan wissen")[0]
    assert "tot 3 uur ’s nachts" in (await any_town.says("privacy alles", BART)).text


async def test_privacy_says_what_is_out_of_reach_and_offers_the_rest(town):
    said = await town.says("privacy")
    for word in ("in Teams typen", "24 uur", "back-ups", "vastleggen"):
        assert word in said.text
    assert {button.verb for button in said.buttons} == {"mydata.show", "pause.ask", "stop.ask", "forget.ask"}
    for button in said.buttons:
        assert (await town.presses(button)).card, button.title
    assert await kept(town) == {}


async def test_a_guest_is_told_the_truth(town):
    """Nothing, or the member list of a team for a day; and nothing else is offered."""
    town.settle(CHANNEL, ANOUK, DIRK, **{DIRK.name: {"userRole": "guest"}})
    await town.says("waar", ANOUK, CHANNEL)
    said = await town.says("privacy", DIRK, CHANNEL)
    assert "Ledenlijsten van je teams (1)" in said.text
    assert "1 dag" in said.text
    assert "Je plan" not in said.text
    assert said.buttons == []


async def test_asked_in_a_group_it_is_answered_where_only_the_asker_is(town):
    await settled(town)
    for text in ("privacy", "mijngegevens", "/pauze 2 weken", "/stop", "/vergeet"):
        await town.says(text, ANOUK, GROUP)
        mine, others = town.heard(ANOUK), town.heard(BART)
        assert [said for said in mine if said.card], text
        [notice] = [said.text for said in others]
        assert notice.startswith(f"{ANOUK.name}, het antwoord staat in je"), text


async def test_my_data_is_everything_to_read_and_for_programs(any_town):
    """What the JSON holds is what the tables hold; sites and teams have their names in what is read."""
    await settled(any_town)
    said = await any_town.says("/mijngegevens")
    texts = [one.text for one in any_town.heard()]
    assert "Stadskantoor" in texts[0]
    assert "team: Wijkzaken" in texts[0]
    tables = exported(any_town)
    rows = await everything(any_town.store)
    for table in WITH_SUBJECT:
        subject = table.info["keeping"].subject
        mine = [row for row in rows[table.name] if row[subject] == ANOUK.user_id]
        there = [{k: plainly(v) for k, v in row.items() if k != "tenant"} for row in mine]
        if table.name != "sent_card":  # this very answer has become one
            assert sorted(tables.get(table.name, []), key=str) == sorted(there, key=str), table.name
    assert {"person", "plan", "sharing", "roster_member"} <= set(tables)
    assert said.card or texts


def plainly(value):
    return value.isoformat() if isinstance(value, datetime | date) else value


async def test_my_data_holds_nothing_of_a_colleague(town):
    await settled(town)
    await settled(town, BART)
    await town.says("mijn gegevens", CHANTAL)
    told = "".join(said.text for said in town.heard(CHANTAL))
    for other in (ANOUK, BART):
        assert other.name not in told
        assert other.user_id not in told
        assert other.channel_user_id not in told


async def test_a_large_export_comes_in_parts_that_fit(town):
    """A year of plans: numbered, each under 20 KB and a document of its own, none of it lost."""
    days = [TODAY + timedelta(days=n) for n in range(365)]
    await add(
        town.store,
        plan,
        [
            marked_row(plan, TENANT, "x", ANOUK.user_id, day=day, part=part, named=None)
            for day in days
            for part in ("morning", "afternoon")
        ],
    )
    await town.says("/mijngegevens")
    heard = town.heard()
    assert len(exported(town)["plan"]) == 2 * len(days)
    assert all(len(said.text.encode()) < 20_000 for said in heard if said.card is None)
    assert all(len(json.dumps(said.card).encode()) < 25_000 for said in heard if said.card)
    parts = [re.search(r"deel (\d+) van (\d+)", said.text) for said in heard if said.card is None]
    assert [(int(found[1]), int(found[2])) for found in parts] == [(n + 1, len(parts)) for n in range(len(parts))]
    read = "".join(said.text for said in heard if said.card)
    assert all(f"{day.day} " in read for day in days)
    assert read.count("thuis") == 2 * len(days)


async def test_no_name_breaks_out_of_the_block(town):
    """A team's name with backticks or tags stays data."""
    evil = "``` <at>Samen</at> & `x"
    await add(town.store, plan, [marked_row(plan, TENANT, "x", ANOUK.user_id, kind=evil)])
    await town.says("/mijngegevens")
    block = next(said.text for said in town.heard() if said.card is None)
    assert block.count("```") == 2
    assert "<at>" not in block
    assert exported(town)["plan"][0]["kind"] == evil


@pytest.mark.parametrize("text", BARE)
async def test_a_bare_word_asks_before_anything_ends(town, text):
    """Nothing has changed until the button is pressed, and the card says what to type (promise 6)."""
    await settled(town)
    before = await kept(town)
    said = await town.says(text)
    assert await kept(town) == before
    assert "/" in said.text
    assert not (await state(town)).stopped
    [button] = [one for one in said.buttons if one.verb in ("stop.now", "forget.now")]
    await town.presses(button)
    assert (await kept(town) != before) or (await state(town)).stopped


@pytest.mark.parametrize("text", ["stop de vergadering", "vergeet de notulen", "pauze om 12 uur", "forget about it"])
async def test_a_sentence_that_begins_alike_is_not_meant(town, text):
    await settled(town)
    before = await kept(town)
    said = await town.says(text)
    assert await kept(town) == before
    assert {button.verb.partition(".")[0] for button in said.buttons}.isdisjoint({"stop", "forget", "pause"})


async def state(town, who=ANOUK):
    async with town.store.units.read(TENANT) as unit:
        return await unit.people.get(who.user_id)


PAUSES = [
    ("/pauze 2 weken", TODAY + timedelta(days=14)),
    ("pauze 2 weken", TODAY + timedelta(days=14)),
    ("/pauze 10 dagen", TODAY + timedelta(days=10)),
    ("/pauze een maand", date(2026, 12, 23)),
    ("/pauze week", TODAY + timedelta(days=7)),
    ("/pauze tot vrijdag", date(2026, 11, 27)),
    ("/pauze tot en met vrijdag", date(2026, 11, 28)),
    ("/pauze tot 7 december", date(2026, 12, 7)),
    ("/pauze tot volgende week", date(2026, 11, 30)),
    ("/pause until 1 march", date(2027, 3, 1)),
    ("/pause for two weeks", TODAY + timedelta(days=14)),
    ("/pauze 3 dec", date(2026, 12, 3)),
]


@pytest.mark.parametrize(("text", "until"), PAUSES)
async def test_a_pause_ends_on_the_day_that_was_said(town, text, until):
    """At the start of that day, where the person is."""
    await town.says(text)
    person = await state(town)
    assert person.paused_until is not None
    assert person.paused_until.astimezone(ZONE) == datetime.combine(until, datetime.min.time(), ZONE)


@pytest.mark.parametrize(
    "text", ["/pauze", "/pauze gisteren", "/pauze 20 jaar", "/pauze 999 weken", "/pauze 0 dagen", "pauze", "/pauze tot"]
)
async def test_a_pause_without_a_good_length_asks(town, text):
    said = await town.says(text)
    assert await kept(town) == {}
    offers = [button for button in said.buttons if button.verb == "pause.set"]
    assert [button.data["until"] for button in offers] == ["2026-11-30", "2026-12-07", "2026-12-23"]
    await town.presses(offers[1])
    assert (await state(town)).paused_until is not None


@pytest.mark.parametrize("until", ["2026-11-23", "2020-01-01", "2030-01-01", "", None, 3, "gisteren"])
async def test_a_forged_press_pauses_nobody(town, until):
    from tests.conversations.town import Button

    await town.presses(Button("", "pause.set", {"until": until, "l": "nl"}))
    assert await kept(town) == {}


async def boards(town, who):
    """What a colleague sees: the board here and in their own chat, the week, who is where, and how to reach her."""
    told = [(await town.says("waar", who, CHANNEL)).text, (await town.says("waar", who)).text]
    told += [
        (await town.says(text, who)).text
        for text in ("waar week", "wie balie", "waar balie", "wie Anouk", "bereik Anouk")
    ]
    return "\n".join(told)


@pytest.mark.parametrize("word", ["/pauze 2 weken", "/stop"])
async def test_who_is_quiet_is_seen_nowhere_until_it_is_over(any_town, word):
    """A colleague sees exactly what they would see had she never shared; afterwards all is as it was."""
    town = any_town
    await town.says("waar delen aan", BART, CHANNEL)
    before = await boards(town, BART)
    await town.says("waar patroon ma di wo do vr stadskantoor")
    await town.says("waar vandaag stadskantoor balie")
    await town.says("waar delen aan", ANOUK, CHANNEL)
    await town.says("bereik gewoon chat")
    await town.says("bereik delen aan", ANOUK, CHANNEL)
    shown = await boards(town, BART)
    assert ANOUK.name in shown
    said = await town.says(word)
    assert "Wijkzaken" in said.text
    assert await boards(town, BART) == before
    own = await town.says("waar plan")
    assert "Stadskantoor" in own.text
    assert (await kept(town))["sharing"] == 1
    if word == "/stop":
        town.clock.move(timedelta(minutes=5))
        await town.presses(said.button(title="Weer beginnen"))
        assert await boards(town, BART) == shown
    else:
        await town.says("waar 7 dec stadskantoor balie")
        await town.tick(datetime(2026, 12, 6, 22, 59, tzinfo=UTC))
        assert ANOUK.name not in await boards(town, BART)
        await town.tick(datetime(2026, 12, 6, 23, 1, tzinfo=UTC))
        assert ANOUK.name in await boards(town, BART)


@pytest.mark.parametrize("word", ["/pauze 2 weken", "/stop", "/vergeet", None])
async def test_who_is_quiet_or_gone_is_sent_nothing(any_town, word):
    """A site closes and the message to who planned there is under way: it reaches only who said nothing since."""
    await settled(any_town, BART)
    await any_town.says("waar morgen stadskantoor", BART)
    await any_town.says("/kantoor dicht Stadskantoor morgen")
    if word:
        await any_town.says(word, BART)
    await any_town.tick(timedelta(minutes=1))
    told = [said.text for said in any_town.heard(BART) if "Stadskantoor" in said.text and "dicht" in said.text]
    assert bool(told) is (word is None)


async def test_forgetting_leaves_nothing_and_says_what(any_town):
    """A receipt with a count a table; what stays and until when; the second time there is nothing to tell."""
    await settled(any_town)
    await settled(any_town, BART)
    said = await any_town.says("/vergeet")
    for line in ("Je instellingen (1)", "Je plan (2)", "Met welke teams je je plekken deelt (1)"):
        assert line in said.text
    assert "Ledenlijsten van je teams (1): 1 dag" in said.text
    assert set(await kept(any_town)) <= {"roster_member", "audit"}
    assert ANOUK.name not in (await any_town.says("waar", BART, CHANNEL)).text
    assert BART.name in (await any_town.says("waar", CHANTAL, CHANNEL)).text
    again = await any_town.says("/vergeet")
    assert "niets wat jij invulde" in again.text
    assert "(1): 1 dag" in again.text
    assert "Helemaal niets" not in (await any_town.says("privacy")).text  # the member list is there for a day


async def test_the_cards_that_showed_something_are_replaced_within_a_minute(any_town):
    await settled(any_town)
    await any_town.says("waar plan")
    assert "Stadskantoor" in any_town.screen(ANOUK)
    await any_town.says("/vergeet")
    await any_town.tick(timedelta(minutes=1))
    assert "Stadskantoor" not in any_town.screen(ANOUK)
    assert [row for row in (await everything(any_town.store))["sent_card"] if row["user_id"] == ANOUK.user_id] == []


async def test_a_delivery_twice_forgets_once_and_spares_what_came_after(town):
    """The repeat answers from how things are: a newer choice stays."""
    await settled(town)
    activity = town.client.activity("message", ANOUK, personal(ANOUK), text="/vergeet", id="twice")
    await town.client.post(activity)
    await town.says("waar morgen thuis")
    newer = await kept(town)
    await town.client.post(activity)
    assert await kept(town) == newer


async def test_a_choice_and_forgetting_at_the_same_moment(any_town):
    """Typed at once: afterwards there is nothing, or exactly the newer choice, and both were answered."""
    for n in range(8):
        await settled(any_town)
        await asyncio.gather(
            any_town.client.write("waar morgen thuis", ANOUK, personal(ANOUK), id=f"set-{n}"),
            any_town.client.write("/vergeet", ANOUK, personal(ANOUK), id=f"forget-{n}"),
        )
        there = await any_town.plan()
        assert there in ({}, {"2026-11-24 morning": "home", "2026-11-24 afternoon": "home"}), n
        assert "sharing" not in await kept(any_town)
        await any_town.says("/vergeet")


async def test_logs_and_the_audit_do_not_name_who_leaves(town):
    import structlog

    await settled(town)
    with structlog.testing.capture_logs() as lines:
        for text in ("privacy", "mijngegevens", "/pauze 2 weken", "/stop", "/vergeet"):
            await town.says(text)
    told = str(lines).casefold()
    for word in (ANOUK.user_id, ANOUK.channel_user_id, "anouk", "stadskantoor", TEAM_ID, STADSKANTOOR.id + "'"):
        assert word.casefold() not in told, word
    assert (await everything(town.store))["audit"] == []


@pytest.mark.parametrize("question", ["waar bord dinsdag", "waar week", "wie stadskantoor dinsdag", "/bereik Bart"])
async def test_a_pause_ends_by_itself_everywhere(town, question):
    """Each way to see somebody by itself: hidden the minute before, there again the minute after."""
    await town.says("waar patroon di stadskantoor", BART)
    await town.says("waar delen aan", BART, CHANNEL)
    await town.says("/bereik gewoon chat", BART)
    await town.says("/bereik delen aan", BART, CHANNEL)
    await town.says("/pauze 2 weken", BART)
    over = datetime(2026, 12, 7, tzinfo=ZoneInfo("Europe/Amsterdam"))
    shown = "chat" if question.startswith("/bereik") else "Bart Jansen"
    await town.tick(over - timedelta(minutes=1))
    assert shown not in (await town.says(question, ANOUK, CHANNEL)).text.replace("chat met", "")
    await town.tick(over + timedelta(minutes=1))
    assert shown in (await town.says(question, ANOUK, CHANNEL)).text


async def test_a_day_part_that_was_emptied_reads_as_nothing(town):
    """Emptied against the pattern it is kept as such: a question mark would say nothing."""
    await town.says("waar patroon di thuis")
    await town.says("waar morgen leeg")
    await town.says("/mijngegevens")
    said = town.heard()[0].text
    assert "niets" in said
    assert "?" not in said
