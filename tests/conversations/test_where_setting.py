"""Saying where I work: what is set, what is answered, and how it is undone."""

from datetime import timedelta

import pytest

from tests.conversations.town import ANOUK, BART, CHANNEL, GROUP, TOMORROW, Button, personal
from tests.fakes.botframework import TENANT

MORNING, AFTERNOON = f"{TOMORROW} morning", f"{TOMORROW} afternoon"


async def test_a_newcomer_says_where_and_sees_the_team(town):
    """The first sentence of the README: my place is set, and the board of that day comes with it."""
    await town.says("waar morgen stadskantoor balie", BART, CHANNEL)
    await town.says("waar delen aan", BART, CHANNEL)
    await town.says("waar", ANOUK, CHANNEL)  # Samen now knows that Anouk is in this team
    said = await town.says("/waar morgen thuis")
    assert await town.plan() == {MORNING: "home", AFTERNOON: "home"}
    assert "di 24 nov" in said.text
    assert "thuis" in said.text
    assert "Bart Jansen" in said.text
    assert "Balie" in said.text


@pytest.mark.parametrize(("sentence", "expected"), [
    ("/waar thuis", {"2026-11-23 morning": "home", "2026-11-23 afternoon": "home"}),
    ("/where office tomorrow", {MORNING: "site s1", AFTERNOON: "site s1"}),
    ("/waar do middag wijkcentrum balie", {"2026-11-26 afternoon": "neighbourhood counter"}),
    ("/waar volgende week ma di stadskantoor",
     {f"2026-{day} {part}": "site s1" for day in ("11-30", "12-01") for part in ("morning", "afternoon")}),
    ("/waar 3 dec bij inwoner", {"2026-12-03 morning": "resident", "2026-12-03 afternoon": "resident"}),
    ("/waar ma t/m wo thuis",
     {f"2026-11-{day} {part}": "home" for day in (23, 24, 25) for part in ("morning", "afternoon")}),
    ("/waar hele week bibliotheek",
     {f"2026-11-{day} {part}": "library" for day in (23, 24, 25, 26, 27) for part in ("morning", "afternoon")}),
    ("WAAR Morgen ziek", {MORNING: "not_working", AFTERNOON: "not_working"}),
    ("waar morgen de kade", None),
    ("waar morgen Bibliotheek De Kade focus", {MORNING: "library l1 focus", AFTERNOON: "library l1 focus"}),
])  # fmt: skip
async def test_sentences_of_the_issue_are_kept_as_meant(town, sentence, expected):
    """Each example sets exactly its day-parts; half a name is not a place."""
    await town.says(sentence)
    assert await town.plan() == (expected or {})


async def test_every_change_can_be_undone(town):
    """Undo gives back what was there, on the same card, and says so."""
    await town.says("waar morgen thuis")
    said = await town.says("waar morgen ochtend stadskantoor balie")
    undone = await town.presses(said.button(verb="where.undo"))
    assert await town.plan() == {MORNING: "home", AFTERNOON: "home"}
    assert not [button for button in undone.buttons if button.verb == "where.undo"]


async def test_undo_of_a_first_choice_empties_again(town):
    """What was not filled in is not filled in afterwards."""
    said = await town.says("waar morgen thuis")
    await town.presses(said.button(verb="where.undo"))
    assert await town.plan() == {}


async def test_undo_is_harmless_twice(town):
    """A double tap on undo (two activities) leaves what the first left."""
    said = await town.says("waar morgen thuis")
    for _ in range(2):
        await town.presses(said.button(verb="where.undo"))
    assert await town.plan() == {}


async def test_the_past_is_refused(town):
    """Samen keeps no history, and says so."""
    said = await town.says("waar 20 nov thuis")
    assert "geen geschiedenis" in said.text
    assert await town.plan(first=TOMORROW - timedelta(days=30)) == {}


async def test_an_old_card_does_not_write_the_past(town):
    """A card of yesterday still hangs in the chat; its buttons say what is possible instead."""
    said = await town.says("waar plan")
    choose = await town.presses(said.button(verb="where.plan", slot="2026-11-23.m"))
    town.clock.move(timedelta(days=1))
    late = await town.presses(choose.button(verb="where.set", title="thuis"))
    assert "geen geschiedenis" in late.text
    assert await town.plan() == {}


async def test_only_i_see_it_until_i_share(town):
    """Who sets a plan without sharing is told so, with one button to show it."""
    said = await town.says("waar morgen thuis", ANOUK, CHANNEL)
    assert "staat nog op geen enkel bord" in said.text  # typed in a group, it is not for my eyes only
    assert "Alleen jij ziet dit" in (await town.says("waar morgen thuis")).text
    button = said.button(verb="where.share", on=True)
    assert "Wijkzaken" in button.title
    shared = await town.presses(button)
    assert "Wijkzaken" in shared.text
    board = await town.says("waar morgen", BART, CHANNEL)
    assert "Anouk de Vries" in board.text


async def test_a_typo_is_a_question(town):
    """A word that is nearly known is offered, never acted upon."""
    said = await town.says("waar morgen tuhis")
    assert await town.plan() == {}
    await town.presses(said.button(verb="where.set"))
    assert await town.plan() == {MORNING: "home", AFTERNOON: "home"}


async def test_without_the_command_it_is_asked(town):
    """In a hurry people forget the command: "morgen thuis" is offered as one tap, and stored by that tap only."""
    said = await town.says("morgen thuis")
    assert await town.plan() == {}
    await town.presses(said.button(verb="where.set"))
    assert await town.plan() == {MORNING: "home", AFTERNOON: "home"}


async def test_a_missing_place_is_asked(town):
    """The day and the kind of work are kept in the question, and one tap completes it."""
    said = await town.says("waar morgen middag balie")
    assert await town.plan() == {}
    await town.presses(said.button(verb="where.set", title="Wijkcentrum"))
    assert await town.plan() == {AFTERNOON: "neighbourhood counter"}


async def test_middag_is_asked_back_in_flanders(town):
    """For a Fleming "middag" is noon: before or after?"""
    said = await town.says("waar morgen middag thuis", locale="nl-BE")
    assert await town.plan() == {}
    assert len([button for button in said.buttons if button.verb == "where.set"]) >= 2
    await town.says("waar morgen namiddag thuis", locale="nl-BE")
    assert await town.plan() == {AFTERNOON: "home"}


async def test_a_plan_is_emptied_by_typing_too(town):
    """What a button can do, words can do; and it can be undone."""
    await town.says("waar morgen thuis")
    said = await town.says("waar morgen middag leeg")
    assert await town.plan() == {MORNING: "home"}
    await town.presses(said.button(verb="where.undo"))
    assert await town.plan() == {MORNING: "home", AFTERNOON: "home"}
    await town.says("/where clear tomorrow")
    assert await town.plan() == {}


async def test_a_flemish_middag_without_a_place(town):
    """Two things are missing: first before or after noon, then the place; two taps and it is set."""
    said = await town.says("waar morgen middag balie", locale="nl-BE")
    opened = await town.presses(said.button(verb="where.plan", slot="2026-11-24.a"))
    await town.presses(opened.button(verb="where.set", title="Wijkcentrum"))
    assert await town.plan() == {AFTERNOON: "neighbourhood counter"}


async def test_next_friday_is_asked(town):
    """On a Monday "volgende vrijdag" may be in four days or in eleven."""
    said = await town.says("waar volgende vrijdag thuis")
    assert "Welke dag" in said.text
    assert len([button for button in said.buttons if button.verb == "where.set"]) == 2


@pytest.mark.parametrize("address", [
    "Kerkstraat 12", "6811 AB", "Lange Leemstraat 37 bus 4", "06-12345678", "https://kaart.example/x", "51.98514, 5.89873",
])  # fmt: skip
async def test_an_address_is_refused_and_leaves_no_trace(town, address):
    """Promise 3: nothing of it is stored, shown or put on a card."""
    said = await town.says(f"waar morgen {address}")
    assert await town.plan() == {}
    assert "bewaar ik niet" in said.text
    for piece in address.split():
        assert len(piece) < 4 or piece not in str(said.card) + said.text


async def test_a_name_an_administrator_gave_beats_the_detector(town):
    """A site may be called after its street."""
    await town.says("locaties erbij Markt 12")
    await town.says("waar morgen markt 12")
    assert set(await town.plan()) == {MORNING, AFTERNOON}


async def test_words_left_over_store_nothing(town):
    """The grammar is closed: what it does not know stops it, and is not repeated."""
    said = await town.says("waar morgen thuis quizavondje")
    assert await town.plan() == {}
    assert "quizavondje" not in str(said.card) + said.text
    assert "di 24 nov" in said.text


@pytest.mark.parametrize("text", ["morgen niet thuis", "vanaf woensdag thuis", "quizavondje", "Kerkstraat 12"])
async def test_no_other_day_is_put_in_front_of_a_thumb(town, text):
    """Where the day is not clear, no button sets one; the plan is one tap away."""
    said = await town.says(f"waar {text}")
    assert not [button for button in said.buttons if button.verb in ("where.set", "where.choose")]
    assert said.button(verb="where.plan")


async def test_said_in_a_group_answered_alone(town):
    """In a group the answer comes in my own chat; the group reads one line without my place."""
    said = await town.says("waar morgen bij inwoner", ANOUK, GROUP)
    assert "Bij een inwoner" in said.text or "bij een inwoner" in said.text
    assert [line["text"] for line in said.others] == ["Anouk de Vries, het antwoord staat in je chat met mij."]
    heard = town.teams.heard_by(BART.channel_user_id)
    assert [body["text"] for body in heard] == ["Anouk de Vries, het antwoord staat in je chat met mij."]


async def test_every_other_week_fills_eight_weeks(town):
    """Nothing recurring is kept: the days themselves are, and every one is shown."""
    said = await town.says("waar om de week ma thuis")
    plan = await town.plan()
    days = sorted({key.partition(" ")[0] for key in plan})
    assert len(days) == 4
    assert all(value == "home" for value in plan.values())
    await town.presses(said.button(verb="where.undo"))
    assert await town.plan() == {}


async def test_forged_presses_change_nobody_else(town):
    """A press sets the presser's own plan, whatever the card says; a foreign or retired id is not a place."""
    data = {"parts": ["2026-11-24.m.site.zzzz."], "user": BART.user_id, "tenant": "other", "l": "nl"}
    said = await town.client.press("where.set", data, ANOUK, personal(ANOUK))
    assert said.status == 200
    assert await town.plan(ANOUK) == await town.plan(BART) == {}


async def test_a_plan_belongs_to_its_tenant(town):
    """Another tenant's reader finds nothing."""
    await town.says("waar morgen thuis")
    async with town.store.units.read("22222222-2222-4222-8222-222222222222") as unit:
        assert await unit.plans.of(ANOUK.user_id, TOMORROW, TOMORROW) == {}
    async with town.store.units.read(TENANT) as unit:
        assert len(await unit.plans.of(ANOUK.user_id, TOMORROW, TOMORROW)) == 2


async def test_an_old_undo_leaves_alone_what_is_newer(town):
    """The undo of this morning's card does not wipe what was said since; what is unchanged still goes back."""
    old = await town.says("waar morgen thuis")
    await town.says("waar morgen middag stadskantoor")
    undone = await town.presses(old.button(verb="where.undo"))
    assert await town.plan() == {AFTERNOON: "site s1"}
    assert "laat ik staan" in undone.text
    again = await town.presses(old.button(verb="where.undo"))
    assert await town.plan() == {AFTERNOON: "site s1"}
    assert "Stadskantoor" in again.text


async def test_days_beyond_every_calendar(town):
    """A forged card of the year 9999 is too far, not a fault."""
    await town.says("waar", ANOUK, CHANNEL)
    for verb, data in (("where.board", {"day": "9999-12-31"}), ("where.plan", {"slot": "9999-12-31"})):
        said = await town.presses(Button("", verb, {**data, "l": ["nl"]}), ANOUK, CHANNEL)
        assert "jaar vooruit" in said.text


async def test_what_was_so_already_is_not_called_noted(town):
    """And an undo that leaves all of it alone has put nothing back."""
    first = await town.says("waar morgen thuis")
    again = await town.says("waar morgen thuis")
    assert "Genoteerd" in first.text
    assert "Genoteerd" not in again.text
    assert "Dat stond er al zo" in again.text
    await town.says("waar morgen stadskantoor")
    undone = await town.presses(first.button(verb="where.undo"))
    assert "Niet teruggezet" in undone.text
    assert "Stadskantoor" in undone.text


async def test_a_pattern_that_was_so_already_is_not_called_noted(town):
    first = await town.says("waar patroon ma thuis")
    assert "Genoteerd" in first.text
    assert "Dat stond er al zo" in (await town.says("waar patroon ma thuis")).text
    await town.says("waar patroon ma stadskantoor")
    undone = await town.presses(first.button(title="Ongedaan"))
    assert "Niet teruggezet" in undone.text
