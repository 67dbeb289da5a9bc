"""`/today`: the place of the day is chosen on its card, and the card stays."""

from tests.conversations.november import at
from tests.conversations.today_steps import plans
from tests.conversations.town import ANOUK, BART, TODAY


async def test_what_is_not_filled_in_is_set_with_one_tap(town):
    said = await town.says("vandaag")
    assert "Waar werk je vandaag?" in said.text
    said = await town.presses(said.button(verb="where.set", title="Thuis"))
    assert await town.plan() == {f"{TODAY} {part}": "home" for part in ("morning", "afternoon")}
    assert not [one for one in said.buttons if one.verb == "where.set"]


async def test_who_chooses_a_place_stays_on_the_card_of_the_day(any_town):
    """With what was set, who sees it, and an undo that shows the same card, with its question, again."""
    town = any_town
    await plans(town, BART, "vandaag Stadskantoor")
    asked = await town.says("vandaag")
    said = await town.presses(asked.button(verb="where.set", title="Stadskantoor"))
    assert said.text.startswith("Vandaag\n\nMaandag 23 november\n\nGenoteerd\n\n- ma 23 nov: hele dag Stadskantoor")
    assert "Alleen jij ziet dit." in said.text
    assert said.button(verb="where.share")
    assert "Jouw plek: Stadskantoor" in said.text
    assert "Op dezelfde plek\n\n- Stadskantoor: Bart Jansen" in said.text
    assert "Bord van" not in said.text
    back = await town.presses(said.button(verb="where.undo"))
    assert back.text.startswith("Vandaag\n\nMaandag 23 november\n\nTeruggezet")
    assert "Waar werk je vandaag?" in back.text
    assert await town.plan() == {}
    await town.presses(back.button(verb="where.set", title="Thuis"))
    late = await town.presses(said.button(verb="where.undo"))  # of a card further up: what is newer stays
    assert "Wat je daarna nog wijzigde, laat ik staan." in late.text
    assert "Jouw plek: thuis" in late.text


async def test_who_shares_reads_on_the_card_who_sees_the_place(town):
    await plans(town, ANOUK, "morgen thuis")
    said = await town.presses((await town.says("vandaag")).button(verb="where.set", title="Thuis"))
    assert "Ook zichtbaar voor Wijkzaken." in said.text
    assert not [one for one in said.buttons if one.verb == "where.share"]


async def test_a_place_pressed_on_the_card_of_a_day_that_is_over_is_not_set(town):
    press = (await town.says("vandaag")).button(verb="where.set", title="Thuis")
    await town.tick(at(24, 1))
    said = await town.presses(press)
    assert "Vandaag\n" not in said.text
    assert await town.plan() == {}


async def test_only_the_half_that_is_open_is_asked_about_and_none_that_is_over(town):
    await town.says("/waar vandaag ochtend thuis")
    said = await town.says("/vandaag")
    assert "En waar ben je ’s\u00a0middags?" in said.text
    await town.presses(said.button(verb="where.set", title="Stadskantoor"))
    assert await town.plan() == {f"{TODAY} morning": "home", f"{TODAY} afternoon": "site s1"}
    await town.says("/waar vandaag leeg")
    await town.tick(at(23, 14))
    said = await town.says("/vandaag")
    assert "Waar werk je vanmiddag?" in said.text
    await town.tick(at(23, 18, 30))
    assert not [one for one in (await town.says("/vandaag")).buttons if one.verb == "where.set"]


async def test_other_words_behind_it_are_about_the_plan(town):
    """ "vandaag thuis" was never a question for one's day; it is asked about, and nothing is set by itself."""
    for text in (
        "vandaag thuis",
        "/vandaag thuis",
        "/vandaag aan de balie Stadskantoor",
        "today on site",
        "today on leave",
    ):
        said = await town.says(text)
        assert {"Bedoel je dit?", "Do you mean this?"} & set(said.text.split("\n")), text
        assert said.button(verb="where.set")
    assert await town.plan() == {}
