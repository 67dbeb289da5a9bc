"""The first card: when it comes, what it keeps, and how "not now" and `/start` work."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.days import DayPart, Usual, Weeks
from bot.domain.places import Place, WorkLocation
from bot.domain.start import as_pattern
from bot.turn import TurnKey
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, DIRK, GROUP, STADSKANTOOR, TEAM_ID, Button, personal
from tests.fakes.botframework import TENANT

TITLE = "Beginnen met Samen"
BOT = {"id": "28:bot", "name": "Samen"}


async def person(town, who=ANOUK):
    async with town.store.units.read(TENANT) as unit:
        return await unit.people.get(who.user_id)


async def shares(town, who=ANOUK):
    async with town.store.units.read(TENANT) as unit:
        return await unit.sharing.teams_of(who.user_id)


async def pattern(town, who=ANOUK):
    async with town.store.units.read(TENANT) as unit:
        found = await unit.patterns.of(who.user_id)
    return {f"{key.weekday} {key.part}": f"{at.place} {at.named or ''}".strip() for key, at in found.items()}


async def filled(town, said, who=ANOUK, **inputs):
    """Press Save with the inputs filled in, as a client sends them: beside the button's own data."""
    save = said.button(verb="start.save")
    return await town.presses(replace(save, data={**save.data, **inputs}), who)


@pytest.fixture
async def in_team(town):
    """Samen knows the team's members."""
    await town.says("waar", CHANTAL, CHANNEL)
    return town


@pytest.mark.parametrize("text", ["/start", "start", "begin", "hallo", "Hoi!", "quatsch", "ik ben nieuw"])
async def test_a_newcomer_gets_the_first_card(in_team, text):
    """Asked for, on a greeting, or instead of "I did not understand"; nothing is kept yet."""
    said = await in_team.says(text)
    assert TITLE in said.text
    assert await person(in_team) is None


@pytest.mark.parametrize("text", ["/help", "help", "hulp", "?", "/hallo"])
async def test_whoever_asks_for_help_gets_help(in_team, text):
    assert TITLE not in (await in_team.says(text)).text


async def test_a_team_is_not_told_about_the_first_card(in_team):
    assert TITLE not in (await in_team.says("hallo", ANOUK, CHANNEL)).text
    assert TITLE not in (await in_team.says("quatsch", ANOUK, GROUP)).text


async def test_three_things_are_kept(in_team):
    """My week, with whom, my language; the answer says who sees it, what else there is and how to undo it."""
    said = await in_team.says("/start")
    site = f"site.{STADSKANTOOR.id}"
    done = await filled(in_team, said, mon="home.", tue=site, wed="open", fri="not_working.", shown_to=TEAM_ID)
    assert await pattern(in_team) == {
        **{f"0 {part}": "home" for part in ("morning", "afternoon")},
        **{f"1 {part}": "site s1" for part in ("morning", "afternoon")},
        **{f"4 {part}": "not_working" for part in ("morning", "afternoon")},
    }
    assert await shares(in_team) == {TEAM_ID}
    assert "Dinsdag: Stadskantoor" in done.text
    assert "Te zien voor Wijkzaken" in done.text
    assert "/vergeet" in done.text
    assert "Stadskantoor" in (await in_team.says("waar morgen", BART, CHANNEL)).text


async def test_no_team_is_chosen_by_default(in_team):
    """Saving with what the card came with shows nobody anything, and says so with a button."""
    said = await in_team.says("/start")
    done = await filled(in_team, said, mon="home.")
    assert await shares(in_team) == frozenset()
    assert "Alleen jij ziet dit" in done.text
    assert done.button(verb="where.share", team=TEAM_ID, on=True)


async def test_the_language_chosen_is_answered_in_at_once(in_team):
    done = await filled(in_team, await in_team.says("/start"), language="en")
    assert "Ready" in done.text
    assert (await person(in_team)).language == "en"


async def test_the_card_comes_filled_with_what_holds(in_team):
    """Started again, it changes only what is changed on it; half days and other weeks it leaves alone."""
    async with in_team.store.units.write(TurnKey(TENANT, "x", "pattern")) as unit:
        home, site = WorkLocation(Place.HOME), WorkLocation(Place.SITE, STADSKANTOOR.id)
        await unit.patterns.put(
            ANOUK.user_id,
            as_pattern({0: home})
            | {Usual(Weeks.EVERY, 1, DayPart.MORNING): site, Usual(Weeks.ODD, 2, DayPart.MORNING): home},
        )
    await in_team.says("waar delen aan", ANOUK, CHANNEL)
    before = await pattern(in_team)
    said = await in_team.says("/start")
    values = {one["id"]: one.get("value") for one in _inputs(said.card)}
    assert values["mon"] == "home."
    assert (values["tue"], values["wed"]) == ("open", "open")
    assert values["shown_to"] == TEAM_ID
    await filled(in_team, said, **values)
    assert await pattern(in_team) == before
    assert await shares(in_team) == {TEAM_ID}
    await filled(in_team, said, **{**values, "shown_to": ""})
    assert await shares(in_team) == frozenset()


def _inputs(node):
    if isinstance(node, list):
        return [one for part in node for one in _inputs(part)]
    if isinstance(node, dict):
        own = [node] if str(node.get("type", "")).startswith("Input.") else []
        return own + [one for part in node.values() for one in _inputs(part)]
    return []


async def test_not_now_holds_three_months_and_keeps_nothing_else(in_team):
    said = await in_team.says("hallo")
    later = await in_team.presses(said.button(verb="start.later"))
    assert "/start" in later.text
    known = await person(in_team)
    assert known.offer_after
    assert (known.contact, known.language, known.zone) == (None, None, None)
    assert TITLE not in (await in_team.says("hallo")).text
    assert TITLE not in (await in_team.says("quatsch")).text
    in_team.clock.move(timedelta(days=90))
    assert TITLE not in (await in_team.says("hallo")).text
    in_team.clock.move(timedelta(days=2))
    assert TITLE in (await in_team.says("hallo")).text


async def test_not_now_does_not_hinder_asking_for_it(in_team):
    later = await in_team.presses((await in_team.says("/start")).button(verb="start.later"))
    assert TITLE in (await in_team.presses(later.button(verb="start.show"))).text
    assert TITLE in (await in_team.says("start")).text


async def test_whoever_chose_something_is_not_offered_it(in_team):
    """Also not months after a "not now"."""
    await in_team.presses((await in_team.says("hallo")).button(verb="start.later"))
    await in_team.says("waar morgen thuis")
    in_team.clock.move(timedelta(days=100))
    assert TITLE not in (await in_team.says("hallo")).text
    await in_team.says("waar morgen thuis", BART)
    assert TITLE not in (await in_team.says("quatsch", BART)).text


async def installed(town, who=ANOUK):
    """Teams tells it twice; in the Playground both come twice."""
    start = len(town.teams.sent())
    for _ in range(2):
        for kind, more in (("installationUpdate", {"action": "add"}), ("conversationUpdate", {"membersAdded": [BOT]})):
            assert (await town.client.post(town.client.activity(kind, who, personal(who), **more))).status == 200
    return town.teams.sent()[start:]


async def test_added_in_my_own_chat_it_comes_once(in_team):
    sent = await installed(in_team)
    assert len(sent) == 1
    assert TITLE in str(sent[0])
    assert await person(in_team) is None


async def test_what_remembers_the_first_card_names_nobody(in_team):
    await installed(in_team)
    async with in_team.store.engines.read.connect() as connection:
        rows = (await connection.exec_driver_sql("select * from seen_activity")).all()
    assert [row for row in rows if "first-run" in row]
    assert ANOUK.user_id not in str(rows)


async def test_added_again_by_somebody_known_says_nothing(in_team):
    await in_team.says("waar morgen thuis")
    assert await installed(in_team) == []


@pytest.mark.parametrize("quiet", ["paused", "stopped"])
async def test_start_ends_a_pause_and_says_who_sees_it_again(in_team, quiet):
    await in_team.says("waar vandaag thuis")
    await in_team.says("waar delen aan", ANOUK, CHANNEL)
    setting = {"stopped": True} if quiet == "stopped" else {"paused_until": in_team.clock.now() + timedelta(days=9)}
    async with in_team.store.units.write(TurnKey(TENANT, "x", quiet)) as unit:
        await unit.people.change(ANOUK.user_id, **setting)
    assert "Anouk" not in (await in_team.says("waar", BART, CHANNEL)).text
    said = await in_team.says("/start")
    assert "Waar je werkt: Wijkzaken" in said.text
    known = await person(in_team)
    assert (known.paused_until, known.stopped) == (None, False)
    assert "Anouk" in (await in_team.says("waar", BART, CHANNEL)).text
    assert TITLE in (await in_team.says("/start")).text


async def test_a_guest_gets_none(in_team):
    outsider = {"from": {**DIRK.account, "userRole": "guest"}}
    for text in ("hallo", "quatsch", "/start"):
        assert TITLE not in (await in_team.says(text, DIRK, **outsider)).text
    press = await in_team.presses(Button("", "start.save", {"mon": "home.", "l": "nl"}), DIRK, **outsider)
    assert press.card is None
    assert await person(in_team, DIRK) is None


@pytest.mark.parametrize(
    "data",
    [
        {"mon": "resident."},
        {"mon": "home.s1"},
        {"mon": 7},
        {"tue": "Kerkstraat 12"},
        {"language": "fr"},
        {"language": ["nl"]},
        {"shown_to": {"id": TEAM_ID}},
        {"shown_to": [7]},
        {"teams": ["x" * 300]},
        {"shown_to": ",".join(str(n) for n in range(100))},
    ],
)
async def test_a_forged_card_is_refused_whole(in_team, data):
    said = await in_team.presses(Button("", "start.save", {"wed": "home.", "l": "nl"} | data))
    assert said.card is None
    assert await pattern(in_team) == {}
    assert await person(in_team) is None


async def test_sites_and_teams_that_are_not_mine_are_left_out(in_team):
    """A site that does not exist, a library given as a site, and a team that I am not in."""
    in_team.settle(GROUP, BART, CHANTAL)
    await in_team.says("waar", BART, GROUP)
    data = {"mon": "site.x9", "tue": "site.l1", "wed": "home.", "shown_to": f"{GROUP.id},{TEAM_ID}", "l": "nl"}
    await in_team.presses(Button("", "start.save", data))
    assert set(await pattern(in_team)) == {"2 morning", "2 afternoon"}
    assert await shares(in_team) == {TEAM_ID}


async def test_pressed_twice_or_delivered_twice_has_one_effect(any_town):
    await any_town.says("waar", CHANTAL, CHANNEL)
    said = await any_town.says("/start")
    save = said.button(verb="start.save")
    data = {**save.data, "mon": "home.", "shown_to": TEAM_ID}
    value = {"action": {"type": "Action.Execute", "verb": save.verb, "data": data}, "trigger": "manual"}
    activity = any_town.client.activity("invoke", name="adaptiveCard/action", value=value)
    await any_town.client.post(activity)
    await any_town.says("waar delen uit", ANOUK, CHANNEL)
    again = await any_town.client.post(activity)
    assert await shares(any_town) == frozenset()
    assert "Alleen jij ziet dit" in str(again.body)
    await filled(any_town, said, mon="home.", shown_to=TEAM_ID)
    assert set((await pattern(any_town)).values()) == {"home"}


async def test_where_is_off_only_the_language_is_asked(in_team):
    await in_team.says("/beheer uit waar", ANOUK)
    said = await in_team.says("/start", BART)
    assert TITLE in said.text
    assert {one["id"] for one in _inputs(said.card)} == {"language"}
    await filled(in_team, said, BART, mon="home.", shown_to=TEAM_ID)
    assert await pattern(in_team, BART) == {}
    assert await shares(in_team, BART) == frozenset()
    assert (await person(in_team, BART)) is not None


async def test_in_english(in_team):
    said = await in_team.says("hello", locale="en-US")
    assert "Begin with Samen" in said.text
    assert "/where pattern mon home, fri off" in said.text


async def test_a_team_that_i_just_left_is_not_shared_with(in_team):
    """The list of two hours ago still has Bart; Teams, asked before anything is kept, does not."""
    await in_team.says("waar delen aan", BART, GROUP)
    in_team.settle(CHANNEL, ANOUK, CHANTAL)
    in_team.clock.move(timedelta(hours=2))
    said = await in_team.says("/start", BART)
    assert "Wijkzaken" in said.text
    await filled(in_team, said, BART, mon="home.", shown_to=TEAM_ID)
    assert TEAM_ID not in await shares(in_team, BART)


async def test_an_old_card_changes_nothing_that_was_not_changed_on_it(in_team):
    """Two first cards stand in a chat: the older one, saved as it was, undoes nothing of the newer one."""
    old = await in_team.says("/start")
    untouched = {one["id"]: one.get("value", "") for one in _inputs(old.card)}
    new = await in_team.says("/start")
    site = f"site.{STADSKANTOOR.id}"
    await filled(in_team, new, mon="home.", tue=site, shown_to=TEAM_ID, language="en")
    before = (await pattern(in_team), await shares(in_team), (await person(in_team)).language)
    said = await filled(in_team, old, **untouched)
    assert "Nothing has changed" in said.text
    assert "Tuesday: Stadskantoor" in said.text
    assert (await pattern(in_team), await shares(in_team), (await person(in_team)).language) == before
    await filled(in_team, old, **{**untouched, "wed": "home."})
    assert await pattern(in_team) == before[0] | {"2 morning": "home", "2 afternoon": "home"}
    assert await shares(in_team) == {TEAM_ID}


async def test_a_day_that_is_set_to_differs_is_cleared(in_team):
    await filled(in_team, await in_team.says("/start"), mon="home.", tue="home.")
    said = await in_team.says("/start")
    values = {one["id"]: one.get("value", "") for one in _inputs(said.card)}
    done = await filled(in_team, said, **{**values, "mon": "open"})
    assert "Maandag" not in done.text
    assert await pattern(in_team) == {"1 morning": "home", "1 afternoon": "home"}
