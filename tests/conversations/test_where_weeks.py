"""The team's week: what it shows, to whom, and from when."""

import json
from datetime import timedelta

import pytest

from bot.domain.days import whole_day
from bot.domain.where.intents import Change
from tests.conversations.test_large_teams import PLACES, colleague
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, DIRK, GROUP, TEAM_ID, TODAY, Button
from tests.fakes.botframework import TENANT

MOST_BYTES = 25_000


async def share(town, who, sentence, where=CHANNEL):
    await town.says(sentence, who, where)
    await town.says("waar delen aan", who, where)


async def test_the_week_shows_who_is_where_in_each_half(town):
    await share(town, BART, "waar di ochtend stadskantoor, di middag thuis, wo bibliotheek")
    text = (await town.says("waar week", ANOUK, CHANNEL)).text
    assert "Week van Wijkzaken" in text
    assert "Ochtend, Stadskantoor: Bart Jansen" in text
    assert "Middag, Thuis: Bart Jansen" in text
    assert text.count("Bart Jansen") == 3  # two halves, and a whole day once
    assert "Hele dag, Bibliotheek: Bart Jansen" in text


async def test_an_empty_week_says_how_to_be_the_first(town):
    said = await town.says("waar week", ANOUK, CHANNEL)
    assert "Wees de eerste" in said.text
    assert said.button(verb="where.plan", slot="2026-11-23")


async def test_not_shared_not_filled_in_and_paused_look_alike(town):
    """Promise 1: Bart listens, and his card is the same to the letter."""
    await share(town, ANOUK, "waar di stadskantoor")
    before = await town.says("waar week", BART, CHANNEL)
    await town.says("waar wo thuis", CHANTAL, CHANNEL)
    hidden = await town.says("waar week", BART, CHANNEL)
    await town.says("waar delen aan", CHANTAL, CHANNEL)
    assert "Chantal" in (await town.says("waar week", BART, CHANNEL)).text
    await town.says("/pauze 2 weken", CHANTAL)
    paused = await town.says("waar week", BART, CHANNEL)
    assert before.card == hidden.card == paused.card


async def test_only_members_see_it(town):
    """Chantal is in the group chat only: the channel's week shows her nothing, and confirms nothing."""
    await share(town, BART, "waar di stadskantoor")
    await town.says("waar", BART, CHANNEL)
    town.settle(CHANNEL, ANOUK, BART)
    town.clock.move(timedelta(hours=2))
    real = await town.presses(Button("", "where.week", {"team": TEAM_ID, "l": "nl"}), CHANTAL)
    made_up = await town.presses(Button("", "where.week", {"team": "19:none", "l": "nl"}), CHANTAL)
    assert "Bart" not in real.text
    assert "Wijkzaken" not in real.text
    assert real.card == made_up.card


async def test_a_guest_sees_no_week(town):
    town.settle(CHANNEL, ANOUK, BART, DIRK, **{DIRK.name: {"userRole": "guest"}})
    await share(town, BART, "waar di stadskantoor")
    said = await town.says("waar week", DIRK, CHANNEL)
    assert said.card is None
    assert "gast" in said.text.lower()


async def test_the_answer_is_for_the_asker_alone(town):
    await share(town, BART, "waar di stadskantoor")
    await town.says("waar week", ANOUK, CHANNEL)
    assert "Stadskantoor" not in "\n".join(json.dumps(body) for body in town.teams.heard_by(CHANTAL.channel_user_id))


@pytest.mark.parametrize(
    ("later", "first"),
    [
        ({"days": 3}, "26 november"),
        ({"days": 4, "hours": 1, "minutes": 59}, "27 november"),
        ({"days": 4, "hours": 2}, "30 november"),
        ({"days": 5}, "30 november"),
    ],
)
async def test_days_that_are_over_are_left_out_and_friday_afternoon_looks_ahead(town, later, first):
    await share(town, BART, "waar ma t/m vr thuis, volgende week ma t/m vr stadskantoor")
    await town.says("waar volgende week thuis", BART)
    town.clock.move(timedelta(**later))
    text = (await town.says("waar week", ANOUK, CHANNEL)).text
    days = [line for line in text.splitlines() if line.endswith("›")]
    assert first in days[0]


async def test_to_the_next_week_and_back_but_never_to_one_that_is_over(town):
    this = await town.says("waar week", ANOUK, CHANNEL)
    assert not [b for b in this.buttons if b.verb == "where.week" and b.data.get("day", "9") < "2026-11-23"]
    after = await town.presses(this.button(verb="where.week", day="2026-11-30"))
    assert "30 nov" in after.text
    back = await town.presses(after.button(verb="where.week", day="2026-11-23"))
    assert "27 nov" in back.text
    over = await town.presses(Button("", "where.week", {"day": "2026-11-16", "l": "nl"}))
    assert "geen geschiedenis" in over.text
    far = await town.presses(Button("", "where.week", {"day": "2028-11-16", "l": "nl"}))
    assert "te ver vooruit" in far.text


async def test_in_my_own_chat_my_first_team_with_buttons_for_the_others(town):
    await share(town, ANOUK, "waar di thuis", GROUP)
    await town.says("waar", ANOUK, CHANNEL)
    said = await town.says("/waar week")
    others = [b for b in said.buttons if b.verb == "where.week" and b.data.get("team") not in (None, GROUP.id)]
    assert others
    assert "Week van Wijkzaken" in (await town.presses(others[-1])).text


async def test_a_board_leads_to_its_week(town):
    board = await town.says("waar za", ANOUK, CHANNEL)
    week = await town.presses(board.button(verb="where.week"))
    assert "ma 30 nov t/m" in week.text


async def test_a_day_leads_to_its_board(town):
    await share(town, BART, "waar di stadskantoor balie")
    week = await town.says("waar week", ANOUK, CHANNEL)
    board = await town.presses(week.button(verb="where.board", day="2026-11-24"))
    assert "Balie" in board.text


async def test_without_a_team_it_says_how_to_get_one(empty_town):
    assert "Nog geen team" in (await empty_town.says("/waar week")).text


@pytest.mark.parametrize("count", [1, 6, 40, 60, 61, 400])
async def test_a_week_of_any_size_fits(town, count):
    """Under 25 KB whatever the size; to 60 people by name, where that fits, above that about how many."""
    people = [colleague(number) for number in range(count)]
    town.teams.page = 100
    town.settle(CHANNEL, ANOUK, *people)
    async with town.store.units.mirror(TENANT) as unit:
        for number, who in enumerate(people):
            days = [TODAY + timedelta(days=n) for n in range(5)]
            changes = [Change(slot, PLACES[(number + slot.day.day) % 5]) for day in days for slot in whole_day(day)]
            await unit.plans.put(who.user_id, changes, zone="Europe/Amsterdam")
            await unit.sharing.set(who.user_id, TEAM_ID, on=True)
    said = await town.says("waar week", ANOUK, CHANNEL)
    assert len(json.dumps(said.card, ensure_ascii=False).encode()) < MOST_BYTES
    shown = json.dumps(said.card["body"], ensure_ascii=False)
    if count > 60:
        assert "Collega" not in shown
        assert "ongeveer" in shown
        assert str(count) not in shown
    elif count <= 40:
        assert shown.count("Collega") == 5 * count
