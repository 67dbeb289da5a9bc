"""`/beheer`: the organisation's switches with their decisions, and its minimum."""

from datetime import timedelta

import pytest

from bot.domain.capabilities import Capability
from cards.admin.wording import NAMES, TYPE_OFF, TYPE_ON
from cards.notices import CAPABILITIES
from tests.conversations.admin_steps import DECIDED, acts, filled, minimum, switches
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, TEAM_ID, Button

pytestmark = pytest.mark.thorough


async def test_everything_is_off_until_a_decision_is_recorded(strict):
    assert "uit" in (await strict.says("waar morgen thuis", BART)).text
    assert await strict.plan(BART) == {}
    said = await strict.says(DECIDED)
    assert "OR-besluit 2026/113" in said.text
    assert "OR en directie" in said.text
    assert "20 november 2026" in said.text
    await strict.says("waar morgen thuis", BART)
    assert len(await strict.plan(BART)) == 2


async def test_off_is_off_at_once_and_keeps_what_there_is(strict):
    await strict.says(DECIDED)
    await strict.says("waar morgen thuis", BART)
    board = await strict.says("waar", BART)
    said = await strict.says("/beheer uit waar eerst overleg")
    assert "eerst overleg" in said.text
    assert (await strict.says("waar", BART)).card is None
    assert (await strict.presses(board.button(verb="where.plan"), BART)).card is None
    assert len(await strict.plan(BART)) == 2
    await strict.says(DECIDED)
    assert (await strict.says("waar", BART)).card


async def test_what_waits_is_not_sent_once_it_is_off(strict):
    """A message that was asked for before, and whatever would have come of itself."""
    for what in ("waar", "sluiten"):
        await strict.says(f"/beheer aan {what} 20-11-2026 OR-besluit 12, akkoord: OR")
    await strict.says("waar di stadskantoor", BART)
    await strict.says("/kantoor dicht Stadskantoor di ochtend")
    await strict.says("/beheer uit sluiten")
    await strict.tick(timedelta(minutes=1))
    assert strict.heard(BART) == []
    assert (await strict.says("/kantoor")).card is None
    await strict.says("/beheer aan sluiten 20-11-2026 OR-besluit 12, akkoord: OR")
    await strict.tick(timedelta(minutes=1))
    assert strict.heard(BART) == []


async def test_every_button_of_the_overview_leads_somewhere(strict):
    for button in (await strict.says("/beheer")).buttons:
        assert (await strict.presses(button)).card, button


async def test_the_form_is_the_typed_sentence(strict):
    """Pressed and typed end in the same switch and the same line of the log."""
    opened = await strict.says("/beheer")
    form = await strict.presses(opened.button(verb="admin.form", capability="where"))
    on = form.button(verb="admin.on")
    await strict.presses(filled(on, decided="2026-11-20", reference="OR-besluit 2026/113", agreed="OR en directie"))
    pressed = (await switches(strict))["where"]
    await strict.says("/beheer uit waar")
    await strict.says(DECIDED)
    assert (await switches(strict))["where"].decision == pressed.decision
    assert await acts(strict) == [("capability_on", "where"), ("capability_off", "where"), ("capability_on", "where")]


@pytest.mark.parametrize("text", [
    "/admin on where 20 November 2026 Decision 12, agreed: works council",
    "/beheer aan waar 2026-11-20 besluit 12 akkoord OR",
    "beheer zet aan waar vandaag besluit 12; akkoord van: OR",
])  # fmt: skip
async def test_other_ways_to_say_it(strict, text):
    await strict.says(text)
    switch = (await switches(strict))["where"]
    assert switch.on
    assert switch.decision.reference.casefold().endswith("12")
    assert switch.decision.agreed_by in {"works council", "OR"}


@pytest.mark.parametrize(("text", "words"), [
    ("/beheer aan", "waar, bereik, sluiten, balie of focus"),
    ("/beheer aan alles", "waar, bereik, sluiten, balie of focus"),
    ("/beheer doe iets", "niet wat je wilt"),
    ("/beheer aan waar OR-besluit 12, akkoord: OR", "dag van het besluit"),
    ("/beheer aan waar 31-2-2026 besluit, akkoord: OR", "dag van het besluit"),
    ("/beheer aan waar 20-11-0026 besluit, akkoord: OR", "dag van het besluit"),
    ("/beheer aan waar 24-11-2026 besluit, akkoord: OR", "moet nog komen"),
    ("/beheer aan waar 20-11-2026, akkoord: OR", "waar het besluit te vinden is"),
    ("/beheer aan waar 20-11-2026 besluit 12", "wie akkoord is"),
    ("/beheer aan waar 20-11-2026 \u200b\u2060, akkoord: \u200b", "waar het besluit te vinden is"),
    (f"/beheer aan waar 20-11-2026 {'x' * 121}, akkoord: OR", "te lang"),
    ("/beheer aan waar 20-11-2026 besluit, akkoord: jan@gemeente.nl", "e-mailadressen"),
    ("/beheer aan waar 20-11-2026 https://intranet.example/12, akkoord: OR", "e-mailadressen"),
])  # fmt: skip
async def test_a_decision_must_be_whole(strict, text, words):
    """Nothing is switched, and the answer says what to do."""
    said = await strict.says(text)
    assert words.casefold() in said.text.casefold()
    assert await switches(strict) == {}
    assert await acts(strict) == []


async def test_a_refused_form_keeps_what_was_filled_in(strict):
    form = await strict.says("/beheer aan waar")
    later = next(each for each in form.card["body"][-2]["actions"] if each["verb"] == "admin.show")
    assert later["associatedInputs"] == "none"  # an empty field must not keep anybody here
    again = await strict.presses(filled(form.button(verb="admin.on"), decided="2026-11-20", reference="Besluit 9"))
    assert "Besluit 9" in again.text
    assert "20 november 2026" in again.text
    assert await switches(strict) == {}


@pytest.mark.parametrize("data", [
    {}, {"capability": "everything"}, {"capability": ["where"]}, {"capability": {"a": 1}}, {"capability": None},
])  # fmt: skip
async def test_a_forged_button_does_nothing(strict, data):
    for verb in ("admin.form", "admin.on", "admin.ask_off", "admin.off"):
        await strict.presses(Button("", verb, {**data, "decided": ["x"], "reference": 1, "agreed": {}}))
    await strict.presses(Button("", "admin.minimum", {"number": {"a": 1}}))
    await strict.presses(Button("", "admin.log", {"page": "9" * 400}))
    assert await switches(strict) == {}
    assert await minimum(strict) == 5


async def test_ending_needs_the_slash_or_a_second_button(strict):
    """Promise 6: a loose sentence asks first."""
    await strict.says(DECIDED)
    asked = await strict.says("beheer uit waar")
    assert (await switches(strict))["where"].on
    await strict.presses(asked.button(verb="admin.off"))
    assert not (await switches(strict))["where"].on


async def test_delivered_twice_is_done_once(strict):
    for _ in range(2):
        said = await strict.says(DECIDED, id="once")
    assert said.card
    for _ in range(2):
        await strict.says("/beheer minimum 8", id="twice")
    assert await acts(strict) == [("minimum_set", "8"), ("capability_on", "where")]


async def test_delivered_again_later_it_is_told_how_things_are_now(strict):
    """Teams repeats an activity after somebody else switched it off: it stays off, and the answer says so."""
    await strict.says(DECIDED, id="once")
    await strict.says("/beheer uit waar")
    said = await strict.says(DECIDED, id="once")
    assert not (await switches(strict))["where"].on
    assert "werken: uit" in said.text
    assert "vanaf nu aan" not in said.text
    assert "stond al aan" not in said.text


async def test_the_same_again_is_no_act(strict):
    """A second tap is another activity, and changes nothing either."""
    await strict.says(DECIDED)
    await strict.says(DECIDED)
    await strict.says("/beheer uit balie")
    await strict.says("/beheer uit balie")
    assert await acts(strict) == [("capability_off", "counter"), ("capability_on", "where")]


async def test_the_minimum_only_goes_up(strict):
    for text, words, expected in (
        ("/beheer minimum 4", "nooit lager dan 5", 5),
        ("/beheer minimum 0", "nooit lager dan 5", 5),
        ("/beheer minimum 8", "vanaf 8 mensen", 8),
        ("/beheer minimum 7", "alleen omhoog", 8),
        ("/beheer minimum 101", "Boven de 100", 8),
        ("/beheer minimum acht", "als getal", 8),
        ("/beheer minimum -9", "als getal", 8),
        ("/admin minimum 9", "from 9 people up", 9),
    ):
        assert words in (await strict.says(text)).text
        assert await minimum(strict) == expected
    form = await strict.says("/beheer minimum")
    await strict.presses(filled(form.button(verb="admin.minimum"), number=12))
    assert await minimum(strict) == 12


async def test_everything_in_english_too(strict):
    await strict.says("/admin on where 20-11-2026 Council decision 12, agreed: works council")
    assert (
        "Decided on 20 November 2026: Council decision 12. Agreed: works council." in (await strict.says("/admin")).text
    )
    assert "switched on" in (await strict.says("/admin log")).text
    assert "off from now on" in (await strict.says("/admin off where")).text


async def test_a_decision_is_shown_harmlessly(strict):
    await strict.says("/beheer aan waar 20-11-2026 *[x](y)* <at>iedereen</at>, akkoord: **OR**")
    card = str((await strict.says("/beheer")).card)
    assert "](y)" not in card
    assert "<at>" not in card
    assert "**" not in card


def test_every_capability_can_be_typed_and_answered():
    for table in (NAMES, TYPE_ON, TYPE_OFF, CAPABILITIES):
        assert set(table) == set(Capability)


async def test_what_needs_plans_is_off_while_plans_are(town):
    """Nobody decided that plans may be filled in or asked about: then a counter or a closed site is no way around."""
    await town.says("waar patroon di stadskantoor", BART)
    await town.says("/balie di ochtend 2", BART, CHANNEL)
    await town.says("/beheer uit waar", ANOUK)
    overview = await town.says("/beheer", ANOUK)
    assert overview.text.count("Dit werkt alleen als ook") == 2
    for text in ("/balie", "/balie druk", "/balie wo ochtend 2"):
        assert "uit in je organisatie" in (await town.says(text, BART)).text, text
    assert "uit in je organisatie" in (await town.says("/kantoor dicht Stadskantoor di", ANOUK)).text
    pressed = await town.presses(Button("", "counter.help", {"day": "2026-11-24", "part": "m", "team": TEAM_ID}), BART)
    assert "uit in je organisatie" in pressed.text
    await town.tick(timedelta(days=1))
    assert not town.heard(CHANTAL)
    await town.says("/beheer aan waar 20-11-2026 OR-besluit 7, akkoord: OR", ANOUK)
    assert "Dit werkt alleen als ook" not in (await town.says("/beheer", ANOUK)).text
