"""Boards of teams of every size, from the members that Teams itself lists."""

import json

import pytest

from bot.domain.days import whole_day
from bot.domain.places import Kind, Place, WorkLocation
from bot.domain.where.intents import Change
from tests.conversations.town import ANOUK, CHANNEL, TEAM_ID, TODAY
from tests.fakes.botframework import TENANT
from tests.fakes.teams_client import Who

pytestmark = pytest.mark.thorough

MOST_BYTES = 25_000
PER_PAGE = 40
PLACES = (
    WorkLocation(Place.HOME, kind=Kind.FOCUS),
    WorkLocation(Place.SITE, "s1", Kind.COUNTER),
    WorkLocation(Place.SITE, "s1", Kind.TOGETHER),
    WorkLocation(Place.LIBRARY, "l1"),
    WorkLocation(Place.NOT_WORKING),
)


def colleague(number):
    return Who(
        f"Collega {number:03} van den Langenberg-Achternaam", f"29:{number}", f"bbbbbbbb-0000-4000-8000-{number:012}"
    )


async def fill(town, count):
    people = [colleague(number) for number in range(count)]
    town.teams.page = 100
    town.settle(CHANNEL, ANOUK, *people)
    async with town.store.units.mirror(TENANT) as unit:
        for number, who in enumerate(people):
            changes = [Change(slot, PLACES[number % len(PLACES)]) for slot in whole_day(TODAY)]
            await unit.plans.put(who.user_id, changes, zone="Europe/Amsterdam")
            await unit.sharing.set(who.user_id, TEAM_ID, on=True)


@pytest.mark.parametrize("count", [0, 1, 6, 40, 60, 61, 400])
async def test_a_board_of_any_size_fits(town, count):
    """Under 25 KB whatever the size; up to 60 people by name, above that by kind of work."""
    await fill(town, count)
    said = await town.says("waar", ANOUK, CHANNEL)
    assert len(json.dumps(said.card, ensure_ascii=False).encode()) < MOST_BYTES
    shown = json.dumps(said.card["body"], ensure_ascii=False)
    assert shown.count("Collega") == (count if count <= 60 else 0)
    assert said.text.count("Collega") == count  # the text form is complete
    assert "Focuswerk" in shown or not count


async def test_names_of_a_large_team_page_by_page(town):
    """Every name once, forty a page."""
    await fill(town, 101)
    page = await town.says("waar", ANOUK, CHANNEL)
    seen, number = [], 0
    while True:
        page = await town.presses(page.button(verb="where.board", page=number))
        seen += [word for word in page.text.replace(",", " ").split() if word.isdigit() and len(word) == 3]
        assert page.text.count("Collega") <= PER_PAGE
        number += 1
        if not [button for button in page.buttons if button.data.get("page") == number]:
            break
    assert sorted(seen) == [f"{n:03}" for n in range(101)]
    assert number == 3
