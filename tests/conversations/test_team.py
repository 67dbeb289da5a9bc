"""The team's card: the day-parts that it spends together."""

import json
from datetime import timedelta

import pytest

from bot.domain.days import DayPart
from bot.domain.together import WeekPart
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, DIRK, GROUP, TEAM_ID, Button
from tests.fakes.botframework import TENANT

TUESDAY_MORNING = (WeekPart(1, DayPart.MORNING),)


async def kept(town, team=TEAM_ID):
    async with town.store.units.read(TENANT) as unit:
        return await unit.together.of(team)


@pytest.mark.parametrize("words", ["/team samen di ochtend", "team samen dinsdagochtend", "/team together tue morning"])
async def test_a_member_sets_the_part_of_the_week_together(town, words):
    said = await town.says(words, BART, CHANNEL)
    assert await kept(town) == TUESDAY_MORNING
    assert "Iedereen in dit team ziet het" in said.text or "Everybody in this team sees it" in said.text
    await town.presses(said.button(verb="team.together", title="nd"), BART)  # ongedaan maken, undo


async def test_on_each_database(any_town):
    town = any_town
    await town.says("/team samen di ochtend en do middag", BART, CHANNEL)
    await town.says("/team samen di ochtend", BART, CHANNEL)
    assert await kept(town) == TUESDAY_MORNING
    said = await town.says("/team samen geen", ANOUK, CHANNEL)
    assert await kept(town) == ()
    await town.presses(said.button(verb="team.together", parts=["1.m"]))
    assert await kept(town) == TUESDAY_MORNING
    again = await town.says("/team samen di ochtend", BART, CHANNEL)
    assert "was al zo" in again.text


async def test_board_and_week_mark_it(town):
    await town.says("/team samen di ochtend", BART, CHANNEL)
    assert "★ Samen: di ochtend" in (await town.says("waar di", ANOUK, CHANNEL)).text
    assert "Samen: " not in (await town.says("waar bord wo", ANOUK, CHANNEL)).text
    assert (await town.says("waar week", ANOUK, CHANNEL)).text.count("★ Samen: di ochtend") == 1
    assert "★" not in (await town.says("waar week", ANOUK, GROUP)).text


async def test_each_half_can_be_tapped(town):
    card = await town.says("/team", ANOUK, CHANNEL)
    one = await town.presses(card.button(verb="team.together", title="Di ochtend"))
    two = await town.presses(one.button(verb="team.together", title="Ma middag"))
    assert await kept(town) == (WeekPart(0, DayPart.AFTERNOON), *TUESDAY_MORNING)
    await town.presses(two.button(verb="team.together", title="Di ochtend"))
    assert await kept(town) == (WeekPart(0, DayPart.AFTERNOON),)


async def test_in_my_own_chat_i_choose_the_team(town):
    for where in (CHANNEL, GROUP):
        await town.says("waar", ANOUK, where)
    said = await town.says("/team")
    card = await town.presses(said.button(verb="team.show", title="Wijkzaken"))
    assert "Di ochtend" in card.text
    said = await town.says("/team samen di ochtend")
    assert await kept(town) == ()
    await town.presses(said.button(verb="team.together", team=TEAM_ID))
    assert await kept(town) == TUESDAY_MORNING


async def test_my_only_team_needs_no_choosing(town):
    await town.says("waar", ANOUK, CHANNEL)
    assert "Wijkzaken" in (await town.says("/team")).text
    await town.says("/team samen di ochtend")
    assert await kept(town) == TUESDAY_MORNING


async def test_who_is_not_in_the_team_neither_sees_nor_sets_it(town):
    """Chantal left: her old card and a forged one do nothing, and tell nothing apart."""
    await town.says("/team samen di ochtend", BART, CHANNEL)
    town.settle(CHANNEL, ANOUK, BART)
    town.clock.move(timedelta(hours=2))
    for who in (CHANTAL, DIRK):
        press = Button("", "team.together", {"team": TEAM_ID, "parts": [], "l": "nl"})
        made_up = Button("", "team.together", {"team": "19:none", "parts": [], "l": "nl"})
        said, other = await town.presses(press, who), await town.presses(made_up, who)
        shown = await town.presses(Button("", "team.show", {"team": TEAM_ID, "l": "nl"}), who)
        assert await kept(town) == TUESDAY_MORNING
        assert "Wijkzaken" not in said.text + shown.text
        assert said.card == other.card


async def test_guests_set_nothing(town):
    town.settle(CHANNEL, ANOUK, DIRK, **{DIRK.name: {"userRole": "guest"}})
    await town.says("waar", ANOUK, CHANNEL)
    said = await town.says("/team samen di ochtend", DIRK, CHANNEL)
    assert said.card is None
    assert await kept(town) == ()


@pytest.mark.parametrize(
    "data",
    [
        {"parts": ["1.m"]},
        {"team": TEAM_ID},
        {"team": TEAM_ID, "parts": "1.m"},
        {"team": TEAM_ID, "parts": ["7.m"]},
        {"team": TEAM_ID, "parts": ["1.x"]},
        {"team": TEAM_ID, "parts": ["1.m"] * 99},
        {"team": TEAM_ID, "parts": [None]},
        {"team": 7, "parts": []},
    ],
)
async def test_a_forged_press_changes_nothing(town, data):
    await town.says("/team samen di ochtend", ANOUK, CHANNEL)
    said = await town.presses(Button("", "team.together", {**data, "l": "nl"}))
    assert said.card is None
    assert await kept(town) == TUESDAY_MORNING


async def test_a_double_delivery_is_told_as_it_is_now(town):
    card = await town.says("/team", ANOUK, CHANNEL)
    button = card.button(verb="team.together", title="Di ochtend")
    await town.presses(button)
    await town.presses(button)
    assert await kept(town) == TUESDAY_MORNING


async def test_what_is_no_part_of_the_week_is_asked_back(town):
    assert "Zeg welke dagen" in (await town.says("/team samen morgen ochtend", ANOUK, CHANNEL)).text
    assert "Ik begreep niet" in (await town.says("/team blabla", ANOUK, CHANNEL)).text
    assert await kept(town) == ()


async def test_talking_about_the_team_is_not_for_this_command(town):
    """Without the slash "team overleg morgen thuis" may be a plan, and is asked about."""
    said = await town.says("team overleg morgen thuis")
    assert "Bedoel je dit?" in said.text or "/waar" in said.text
    assert "dagdeel" not in said.text


async def test_others_hear_nothing_of_it(town):
    await town.says("/team samen di ochtend", BART, CHANNEL)
    assert "ochtend" not in "\n".join(json.dumps(body) for body in town.teams.heard_by(CHANTAL.channel_user_id))


async def test_a_removed_team_keeps_nothing(town):
    await town.says("/team samen di ochtend", BART, CHANNEL)
    async with town.store.units.mirror(TENANT) as unit:
        await unit.teams.remove(TEAM_ID)
    assert await kept(town) == ()
