"""`/locaties`: administrators name sites and public places; everybody can then type the names."""

import pytest

from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, DIRK, GROUP, Button, Who, personal
from tests.fakes.botframework import TENANT


async def names(town, *, retired=False):
    async with town.store.units.read(TENANT) as unit:
        return {place.name: place.place.value for place in await unit.places.all(retired=retired)}


async def test_adding_a_site_and_a_public_place(empty_town):
    await empty_town.says("/locaties erbij Stadskantoor")
    said = await empty_town.says("/locations add library Rozet")
    assert await names(empty_town) == {"Stadskantoor": "site", "Rozet": "library"}
    assert "Rozet" in said.text
    await empty_town.says("waar morgen rozet")
    assert {value.split()[0] for value in (await empty_town.plan()).values()} == {"library"}


async def test_the_word_for_a_site_is_not_part_of_its_name(empty_town):
    await empty_town.says("/locaties voeg toe locatie Gemeentehuis")
    await empty_town.says("/locations add site Town Hall")
    assert await names(empty_town) == {"Gemeentehuis": "site", "Town Hall": "site"}


async def test_renaming_keeps_every_plan(town):
    """The plan points at the place, not at its name."""
    await town.says("waar morgen stadskantoor")
    await town.says("locaties hernoem Stadskantoor naar Huis van de Stad")
    assert "Huis van de Stad" in (await town.says("waar plan")).text
    assert set((await town.plan()).values()) == {"site s1"}


async def test_a_retired_place_is_still_named_where_it_was_planned(town):
    await town.says("waar morgen stadskantoor")
    said = await town.says("locaties weg Stadskantoor")
    assert await names(town) == {"Bibliotheek De Kade": "library"}
    assert "Stadskantoor" in (await town.says("waar plan")).text
    await town.presses(said.button(verb="locations.restore"))
    assert "Stadskantoor" in await names(town)


@pytest.mark.parametrize("text", [
    "locaties erbij", "locaties erbij stadskantoor", "locaties erbij thuis", "locaties erbij maandag", "locaties erbij Morgen", "locaties erbij bibliotheek leeg", "locaties hernoem Niets naar Iets",
    "locaties hernoem Stadskantoor", "locaties weg Niets", "locaties erbij 🎉🎉", "locaties erbij 12", "locaties weg", "locaties doe iets",
    "locaties erbij " + "x" * 61, "locaties hernoem Stadskantoor naar Bibliotheek De Kade",
])  # fmt: skip
async def test_what_cannot_be_done_is_said_and_changes_nothing(town, text):
    before = await names(town, retired=True)
    said = await town.says(text)
    assert await names(town, retired=True) == before
    assert said.card
    assert said.text != (await town.says("locaties")).text


async def test_only_administrators(town):
    """Typed or pressed: others get one sentence, and nothing changes."""
    assert "beheerder" in (await town.says("locaties erbij Kelder", BART)).text
    pressed = await town.presses(Button("", "locations.retire", {"id": "s1"}), BART, personal(BART))
    assert "beheerder" in pressed.text
    assert set(await names(town)) == {"Stadskantoor", "Bibliotheek De Kade"}


async def test_names_are_shown_harmlessly(town):
    """Markdown, mentions and HTML in a name are letters, not links."""
    await town.says("locaties erbij *[x](http://evil.example)* <at>iedereen</at>")
    said = await town.says("waar plan", BART)
    opened = await town.presses(said.button(verb="where.plan", slot="2026-11-24"), BART)
    assert "](http" not in str(opened.card).replace("\\\\", "\\").replace("\\]", "")
    assert "<at>" not in str(opened.card)


async def test_an_administrative_act_is_recorded_without_content(town):
    """Who did what when, and an id: no name of a place."""
    await town.says("locaties erbij Kelder", where=CHANNEL)
    async with town.store.engines.read.connect() as connection:
        rows = (await connection.exec_driver_sql("select act, subject from audit")).all()
    assert [row.act for row in rows] == ["place_added"]
    assert "Kelder" not in str(rows)


async def keepers(town):
    async with town.store.units.read(TENANT) as unit:
        return await unit.sites.keepers()


async def test_an_administrator_appoints_a_keeper_by_name_or_mention(town):
    """Typed with a part of the name in one's own chat, or mentioned in a group; said again it changes nothing."""
    await town.says("waar", ANOUK, CHANNEL)
    said = await town.says("/locaties beheerder Stadskantoor Bart")
    assert await keepers(town) == {"s1": BART.user_id}
    assert "Bart Jansen is nu locatiebeheerder van Stadskantoor" in said.text
    assert "Ik laat Bart Jansen dat niet weten" in said.text
    entities = [town.client.mention(), town.client.mention(CHANTAL)]
    text = "/locaties beheerder Stadskantoor <at>Chantal Özdemir</at>"
    for _ in range(2):
        await town.says(text, ANOUK, GROUP, entities=entities)
        assert await keepers(town) == {"s1": CHANTAL.user_id}
    assert "beheerder: Chantal Özdemir" in (await town.says("/locaties")).text
    assert not [body for body in town.teams.heard_by(BART.channel_user_id) if "beheerder" in str(body)]


async def test_a_keeper_can_be_taken_away(town):
    await town.says("waar", ANOUK, CHANNEL)
    await town.says("/locations keeper Stadskantoor Bart Jansen")
    said = await town.says("/locaties beheerder Stadskantoor niemand")
    assert await keepers(town) == {}
    assert "geen locatiebeheerder meer" in said.text
    assert "(locatiebeheerder:" not in said.text


async def test_a_keeper_whom_no_list_knows_is_somebody(town):
    async with town.store.units.mirror(TENANT) as unit:
        await unit.sites.set_keeper("s1", "somebody-of-long-ago")
    assert "Stadskantoor (locatiebeheerder: iemand)" in (await town.says("/locaties")).text


async def test_several_with_that_name_are_offered(town):
    """The press is looked up in the lists again: a made-up id finds nobody."""
    other = Who("Bart Peeters", "29:bart2", "aaaaaaaa-0000-4000-8000-000000000009")
    town.settle(CHANNEL, ANOUK, BART, other)
    await town.says("waar", ANOUK, CHANNEL)
    said = await town.says("/locaties beheerder Stadskantoor Bart")
    assert await keepers(town) == {}
    await town.presses(said.button(verb="locations.keeper", title="Peeters"))
    assert await keepers(town) == {"s1": other.user_id}
    await town.presses(Button("", "locations.keeper", {"id": "s1", "user": "made-up"}))
    assert await keepers(town) == {"s1": other.user_id}


@pytest.mark.parametrize("text", [
    "beheerder", "beheerder Stadskantoor", "beheerder Stadskantoor Niemendal", "beheerder Nergens Bart", "beheerder Bibliotheek De Kade Bart", "beheerder Bart",
])  # fmt: skip
async def test_without_a_site_or_a_person_nobody_is_appointed(town, text):
    await town.says("waar", ANOUK, CHANNEL)
    said = await town.says(f"/locaties {text}")
    assert await keepers(town) == {}
    assert said.text != (await town.says("/locaties")).text


async def test_a_guest_never_keeps_a_site(town):
    town.settle(CHANNEL, ANOUK, DIRK, **{DIRK.name: {"userRole": "guest"}})
    await town.says("waar", ANOUK, CHANNEL)
    await town.says("/locaties beheerder Stadskantoor Dirk")
    assert await keepers(town) == {}


async def test_only_an_administrator_appoints(town):
    await town.says("waar", BART, CHANNEL)
    await town.says("/locaties beheerder Stadskantoor Bart", BART)
    await town.presses(Button("", "locations.keeper", {"id": "s1", "user": BART.user_id}), BART)
    assert await keepers(town) == {}


async def test_appointing_is_in_the_audit_log_once(town):
    await town.says("waar", ANOUK, CHANNEL)
    for _ in range(2):
        await town.says("/locaties beheerder Stadskantoor Bart")
    await town.says("/locaties beheerder Stadskantoor niemand")
    async with town.store.units.read(TENANT) as unit:
        acts = await unit.organisation.acts(10)
    assert [(act.act, act.subject) for act in acts] == [("keeper_removed", "s1"), ("keeper_set", "s1")]
