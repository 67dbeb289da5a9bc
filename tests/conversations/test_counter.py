"""`/balie`: what a team needs at the counter, and who may say so."""

import pytest

from tests.conversations.counter_steps import shares
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, DIRK, GROUP, TEAM_ID, Button, personal
from tests.fakes.botframework import TENANT

pytestmark = pytest.mark.thorough


async def test_a_member_sets_what_is_needed_and_everybody_sees_it(town):
    said = await town.says("/balie ma t/m vr ochtend 2 Stadskantoor", ANOUK, CHANNEL)
    assert "Genoteerd. Vanaf nu 2 mensen nodig (Stadskantoor): maandag ’s\xa0ochtends" in said.text
    seen = await town.says("/balie", BART, CHANNEL)
    assert seen.text.count("2 mensen nodig (Stadskantoor), er is nog iemand nodig") == 5
    assert "di 24 nov ’s\xa0ochtends" in seen.text


@pytest.mark.parametrize("none", ["0", "geen", "niemand"])
async def test_nobody_needed_any_more(town, none):
    await town.says("/balie di ochtend 2", ANOUK, CHANNEL)
    said = await town.says(f"/balie di ochtend {none}", BART, CHANNEL)
    assert "Er is niemand meer nodig" in said.text or "Er is nog niet ingevuld" in said.text
    assert "di 24 nov" not in said.text


async def test_setting_again_is_what_holds(town):
    await town.says("/balie di ochtend 2 Stadskantoor", ANOUK, CHANNEL)
    said = await town.says("/balie di ochtend 1", BART, CHANNEL)
    assert "di 24 nov ’s\xa0ochtends: 1 persoon nodig, er is nog iemand nodig" in said.text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/balie ma ochtend 21", "Typ een getal van 1 tot en met 20"),
        ("/balie ma ochtend", "Typ een getal van 1 tot en met 20"),
        ("balie ma ochtend -1", "Typ een getal van 1 tot en met 20"),
        ("balie ma ochtend 2,5", "Typ een getal van 1 tot en met 20"),
        ("balie ma ochtend 9999", "Typ een getal van 1 tot en met 20"),
        ("/balie ma ochtend 2 Vlinderkasteel", "Ik ken geen plek met die naam"),
        ("/balie morgen", "Dat begreep ik niet."),
        ("/counter mon morning 2 Butterfly", "I know no place with that name"),
    ],
)
async def test_a_refusal_says_what_to_do_and_changes_nothing(town, text, answer):
    said = await town.says(text, ANOUK, CHANNEL)
    assert answer in said.text
    async with town.store.units.read(TENANT) as unit:
        assert await unit.counter.needs(TEAM_ID) == ()


async def test_balie_is_also_what_people_say_of_themselves(town):
    """Without the slash only the counter's own words are its own."""
    await town.says("waar", ANOUK, CHANNEL)
    for text in ("balie morgen stadskantoor", "balie morgen", "balie ma ochtend", "balie hulp"):
        said = await town.says(text, ANOUK)
        assert "De balie van" not in said.text
        assert "Dat begreep ik niet. Er is niets veranderd." not in said.text
    assert "De balie van Wijkzaken" in (await town.says("balie di ochtend 2", ANOUK)).text
    assert "De balie van Wijkzaken" in (await town.says("balie", ANOUK)).text


async def test_planned_and_shared_counts_as_covered(town):
    """What is not shared counts for nobody; what is shared counts once there are enough."""
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    await town.says("waar di ochtend stadskantoor balie", BART)
    assert "er is nog iemand nodig" in (await town.says("/balie", ANOUK, CHANNEL)).text
    await town.says("waar delen aan", BART, CHANNEL)
    said = await town.says("/balie", ANOUK, CHANNEL)
    assert "di 24 nov ’s\xa0ochtends: 1 persoon nodig, bemand" in said.text
    assert "Bart" not in said.text


async def test_a_pattern_covers_too(town):
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    await shares(town, BART, "waar patroon di stadskantoor balie")
    assert "bemand" in (await town.says("/balie", ANOUK, CHANNEL)).text


async def test_only_members(town):
    """Not somebody else of the tenant, not a guest, and not with a forged button."""
    town.settle(CHANNEL, ANOUK, BART, DIRK, **{DIRK.name: {"userRole": "guest"}})
    await town.says("/balie di ochtend 2", ANOUK, CHANNEL)
    for who in (CHANTAL, DIRK):
        await town.says("/balie di ochtend 5", who, CHANNEL)
        await town.presses(
            Button("", "counter.need", {"team": TEAM_ID, "parts": ["1.m"], "people": 5}), who, personal(who)
        )
        said = await town.presses(Button("", "counter.help", {"team": TEAM_ID, "slot": "2026-11-24.m"}), who)
        assert said.card is None
        assert "2 mensen" not in (await town.presses(Button("", "counter.show", {"team": TEAM_ID}), who)).text
        assert await town.plan(who) == {}
    async with town.store.units.read(TENANT) as unit:
        assert [need.people for need in await unit.counter.needs(TEAM_ID)] == [2]


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("counter.need", {"team": TEAM_ID, "parts": ["7.m"], "people": 2}),
        ("counter.need", {"team": TEAM_ID, "parts": ["1.m"], "people": 21}),
        ("counter.need", {"team": TEAM_ID, "parts": ["1.m"], "people": True}),
        ("counter.need", {"team": TEAM_ID, "parts": ["1.m"], "people": 2, "named": "Kerkstraat 5"}),
        ("counter.need", {"team": TEAM_ID, "parts": [], "people": 2}),
        ("counter.need", {"parts": ["1.m"], "people": 2}),
        ("counter.help", {"team": TEAM_ID, "slot": "2026-11-24.x"}),
        ("counter.help", {"team": TEAM_ID, "slot": 5}),
        ("counter.show", {"team": 5}),
        ("counter.busy", {}),
    ],
)
async def test_a_button_that_is_not_ours_does_nothing(town, verb, data):
    said = await town.presses(Button("", verb, data), ANOUK, CHANNEL)
    assert said.text.startswith("Die knop werkt niet meer.")


async def test_in_ones_own_chat_several_teams_are_asked_about(town):
    """What I see is my first team's; what I change or ask is for the team I choose."""
    await town.says("waar", ANOUK, CHANNEL)
    await town.says("waar", ANOUK, GROUP)
    shown = await town.says("/balie")
    assert shown.button(verb="counter.show")
    which = await town.says("/balie di ochtend 2 Stadskantoor")
    said = await town.presses(which.button(title="Wijkzaken"))
    assert "De balie van Wijkzaken" in said.text
    assert "2 mensen nodig (Stadskantoor)" in said.text
    async with town.store.units.read(TENANT) as unit:
        assert [(need.people, need.named) for need in await unit.counter.needs(TEAM_ID)] == [(2, "s1")]
        assert await unit.counter.needs(GROUP.id) == ()
