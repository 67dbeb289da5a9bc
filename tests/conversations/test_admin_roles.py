"""`/beheer`: administrators decide, officers read along, and nobody sees anybody's places."""

import pytest

from bot.domain.admin import Switch
from bot.domain.capabilities import Capability
from tests.conversations.admin_steps import DECIDED, minimum, switches
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, TEAM_ID, Button
from tests.fakes.botframework import TENANT

pytestmark = pytest.mark.thorough


async def test_members_are_refused_typed_and_pressed(strict):
    """One sentence, and nothing changes; nothing of the organisation is shown either."""
    assert "beheerder" in (await strict.says(DECIDED, BART)).text
    for text in ("/beheer", "/beheer log", "/beheer gezondheid", "/beheer minimum 9"):
        refused = await strict.says(text, BART)
        assert refused.card is None
        assert "beheerder" in refused.text
    data = {"capability": "where", "decided": "2026-11-20", "reference": "x", "agreed": "y", "number": 9}
    for verb in ("admin.on", "admin.off", "admin.minimum", "admin.log", "admin.show", "admin.health"):
        refused = await strict.presses(Button("", verb, data), BART)
        assert refused.card is None
    assert await switches(strict) == {}
    assert await minimum(strict) == 5


async def test_an_officer_sees_all_and_changes_nothing(strict):
    await strict.says(DECIDED)
    seen = await strict.says("/beheer", CHANTAL)
    assert "OR-besluit 2026/113" in seen.text
    assert {button.verb for button in seen.buttons} == {"admin.log", "admin.health"}
    assert "aangezet" in (await strict.says("/beheer log", CHANTAL)).text
    for text in (
        "/beheer uit waar",
        "/beheer minimum 9",
        "/beheer aan balie 20-11-2026 x, akkoord: y",
        "/beheer minimum",
    ):
        assert (await strict.says(text, CHANTAL)).card is None
    data = {"capability": "where", "decided": "2026-11-20", "reference": "x", "agreed": "y", "number": 9}
    for verb in ("admin.on", "admin.off", "admin.minimum", "admin.ask_off", "admin.form", "admin.ask_minimum"):
        assert (await strict.presses(Button("", verb, data), CHANTAL)).card is None
    assert (await switches(strict))["where"].on
    assert await minimum(strict) == 5


async def test_an_administrator_sees_nobodys_places(strict):
    """Whatever the card: what is on and who did that, and of Bart, who planned and shares, nothing."""
    await strict.says(DECIDED)
    await strict.says("waar", BART, CHANNEL)
    before = [(await strict.says(text)).text for text in ("/beheer", "/beheer log", "/beheer gezondheid")]
    await strict.says("help", BART, CHANNEL)
    await strict.says("waar deze week bij inwoner", BART)
    await strict.says("waar delen aan", BART, CHANNEL)
    assert [(await strict.says(text)).text for text in ("/beheer", "/beheer log", "/beheer gezondheid")] == before


async def test_the_help_tells_an_officer_of_it(strict):
    """And nobody else but administrators."""
    for who, told in ((CHANTAL, True), (ANOUK, True), (BART, False)):
        assert ("/beheer" in (await strict.says("help", who)).text) is told


async def test_names_come_from_a_member_list_else_nobody_is_named(strict):
    unknown = await strict.says("/beheer")
    assert "1 persoon die ik niet bij naam ken" in unknown.text
    await strict.says("waar", CHANTAL)
    await strict.services.rosters.of(TENANT, await known_team(strict))
    assert CHANTAL.name in (await strict.says("/beheer")).text


async def known_team(town):
    """The channel's team, once somebody has spoken there."""

    await town.says("help", BART, CHANNEL)
    async with town.store.units.read(TENANT) as unit:
        return await unit.teams.get(TEAM_ID)


async def test_nothing_of_another_organisation(strict):
    """Another tenant's switches, log and minimum are its own."""
    async with strict.store.units.mirror("another tenant") as unit:
        await unit.audit.add(ANOUK.user_id, "minimum_set", "99")
        await unit.organisation.set_minimum(99)
        await unit.organisation.switch(Capability.WHERE, Switch(on=True, changed_at=strict.clock.now()))
    assert await minimum(strict) == 5
    await strict.says("/beheer minimum 8")
    log = (await strict.says("/beheer log")).text
    assert "(8)" in log
    assert "99" not in log
    assert "werken: uit" in (await strict.says("/beheer")).text
