"""My weekly pattern, through the door: typed, tapped, undone, and seen by nobody who may not."""

from datetime import date, timedelta

import pytest

from tests.conversations.town import ANOUK, BART, CHANNEL, TENANT, TODAY, TOMORROW, Button, Town, personal

FRIDAY, NEXT_FRIDAY = date(2026, 11, 27), date(2026, 12, 4)
WEEK = "waar patroon ma di thuis, wo do stadskantoor, vr vrij"


async def pattern(town: Town, who=ANOUK) -> dict[str, str]:
    """What the store holds of somebody's pattern: "every 0 morning" -> "home"."""
    async with town.store.units.read(TENANT) as unit:
        kept = await unit.patterns.of(who.user_id)
    return {
        f"{key.weeks} {key.weekday} {key.part}": " ".join(filter(None, (at.place, at.named, at.kind)))
        for key, at in kept.items()
    }


async def of(town: Town, day: date, who=ANOUK) -> list[str]:
    """What somebody's plan says of a day."""
    return list((await town.plan(who, day, day)).values())


async def test_a_week_is_said_once_and_fills_in_every_week(any_town):
    said = await any_town.says(WEEK)
    assert "Genoteerd" in said.text
    assert "maandag en dinsdag: thuis" in said.text
    assert "vrijdag: niet aan het werk" in said.text
    for weeks in (0, 1, 30):
        monday = TODAY + timedelta(weeks=weeks)
        assert await of(any_town, monday) == ["home"] * 2
        assert await of(any_town, monday + timedelta(days=2)) == ["site s1"] * 2
        assert await of(any_town, monday + timedelta(days=4)) == ["not_working"] * 2
        assert await of(any_town, monday + timedelta(days=5)) == []


async def test_only_what_is_said_changes(town):
    await town.says(WEEK)
    before = await pattern(town)
    await town.says("waar patroon ma ochtend balie stadskantoor")
    assert await pattern(town) == {**before, "every 0 morning": "site s1 counter"}


async def test_the_same_in_english(town):
    said = await town.says("/where pattern mon tue home, wed thu Stadskantoor, fri off")
    assert "Monday and Tuesday: at home" in said.text
    assert "Friday: not at work" in said.text


async def test_a_day_said_otherwise_wins_and_goes_back(town):
    await town.says(WEEK)
    await town.says("waar morgen bibliotheek de kade")
    assert await of(town, TOMORROW) == ["library l1"] * 2
    assert await of(town, TOMORROW + timedelta(weeks=1)) == ["home"] * 2
    said = await town.says("waar morgen volgens mijn patroon")
    assert "thuis" in said.text
    assert await of(town, TOMORROW) == ["home"] * 2
    undone = await town.presses(said.button(verb="where.undo"))
    assert "Teruggezet" in undone.text
    assert await of(town, TOMORROW) == ["library l1"] * 2


async def test_an_emptied_day_is_empty_although_the_pattern_says_something(town):
    await town.says(WEEK)
    said = await town.says("waar morgen leeg")
    assert await of(town, TOMORROW) == []
    await town.presses(said.button(verb="where.undo"))
    assert await of(town, TOMORROW) == ["home"] * 2


async def test_every_other_week_counts_from_the_first_such_day_and_says_which_weeks(town):
    said = await town.says("waar patroon om de week vr vrij")
    assert "vrijdag, even weken (vanaf vr 27 nov): niet aan het werk" in said.text
    assert await of(town, FRIDAY) == ["not_working"] * 2
    assert await of(town, NEXT_FRIDAY) == []
    assert await of(town, FRIDAY + timedelta(weeks=2)) == ["not_working"] * 2


async def test_two_odd_weeks_that_follow_each_other_are_told_beforehand(town):
    said = await town.says("waar patroon oneven weken vr vrij")
    assert "week 53 en week 1 zijn allebei oneven" in said.text
    new_year = [date(2026, 12, 25), date(2027, 1, 1), date(2027, 1, 8), date(2027, 1, 15)]
    assert [bool(await of(town, day)) for day in new_year] == [False, True, True, False]


async def test_the_card_is_changed_by_tapping(town):
    card = await town.says("waar patroon")
    assert "Je hebt nog geen patroon" in card.text
    opened = await town.presses(card.button(verb="where.pattern", usual="every.4"))
    odd = await town.presses(opened.button(verb="where.pattern", title="oneven"))
    noted = await town.presses(odd.button(verb="where.pattern_set", title="Niet aan het werk"))
    assert await pattern(town) == {"odd 4 morning": "not_working", "odd 4 afternoon": "not_working"}
    assert "vrijdag, oneven weken (vanaf vr 4 dec): niet aan het werk" in noted.text
    back = await town.presses(noted.button(verb="where.pattern_undo"))
    assert "Teruggezet" in back.text
    assert await pattern(town) == {}


async def test_a_half_day_with_a_kind_of_work_is_tapped(town):
    card = await town.says("waar patroon")
    opened = await town.presses(card.button(verb="where.pattern", usual="every.2.m"))
    counter = await town.presses(opened.button(verb="where.pattern", title="Balie"))
    await town.presses(counter.button(verb="where.pattern_set", title="Stadskantoor"))
    assert await pattern(town) == {"every 2 morning": "site s1 counter"}
    again = await town.presses(card.button(verb="where.pattern", usual="every.2.m"))
    await town.presses(again.button(verb="where.pattern_set", title="Leegmaken"))
    assert await pattern(town) == {}


async def test_an_undo_leaves_alone_what_was_said_since(town):
    first = await town.says("waar patroon ma thuis")
    await town.says("waar patroon ma ochtend stadskantoor")
    undone = await town.presses(first.button(verb="where.pattern_undo"))
    assert "laat ik" in undone.text
    assert await pattern(town) == {"every 0 morning": "site s1"}


async def test_the_pattern_or_a_day_of_it_is_emptied(town):
    await town.says(WEEK)
    await town.says("waar patroon vr leeg")
    assert await of(town, FRIDAY) == []
    said = await town.says("waar patroon leeg")
    assert await pattern(town) == {}
    await town.presses(said.button(verb="where.pattern_undo"))
    assert set(await pattern(town)) == {f"every {day} {part}" for day in range(4) for part in ("morning", "afternoon")}


async def test_days_that_were_filled_in_stay_and_can_follow(town):
    await town.says("waar elke ma stadskantoor")
    said = await town.says("waar patroon ma thuis")
    assert "Die blijven zo" in said.text
    assert await of(town, TODAY + timedelta(weeks=1)) == ["site s1"] * 2
    await town.presses(said.button(verb="where.follow"))
    assert await of(town, TODAY + timedelta(weeks=1)) == ["home"] * 2


async def test_the_plan_card_marks_what_is_usual_and_leads_back(town):
    await town.says(WEEK)
    assert "thuis (vast)" in (await town.says("waar plan")).text
    await town.says("waar morgen ochtend stadskantoor")
    card = await town.says("waar plan")
    opened = await town.presses(card.button(verb="where.plan", slot="2026-11-24.m"))
    back = await town.presses(opened.button(verb="where.follow"))
    assert back.card is not None
    assert await of(town, TOMORROW) == ["home"] * 2
    unchanged = await town.presses(card.button(verb="where.plan", slot="2026-11-25.m"))
    assert [button for button in unchanged.buttons if button.verb == "where.follow"] == []


async def test_following_a_pattern_that_says_nothing_changes_nothing(town):
    await town.says("waar morgen stadskantoor")
    said = await town.says("waar morgen zoals altijd")
    assert "Er is niets veranderd" in said.text
    assert await of(town, TOMORROW) == ["site s1"] * 2


REFUSED = [
    ("waar patroon morgen thuis", "geen datums"),
    ("waar patroon vrijdag 4 december vrij", "geen datums"),
    ("waar patroon thuis", "Voor welke dagen"),
    ("waar patroon ma Dorpsstraat 12", "Adressen"),
    ("waar patroon ma thuis en blabla", "niet alles"),
    ("waar patroon ma thuis kantoor", "meer dan één plek"),
    ("waar patroon ma", "Waar ben je dan"),
]


@pytest.mark.parametrize(("text", "answer"), REFUSED)
async def test_what_cannot_be_a_pattern_is_not_kept(town, text, answer):
    said = await town.says(text)
    assert answer in said.text
    assert await pattern(town) == {}
    assert "dorpsstraat" not in said.text.lower()
    assert "patroon" in said.text


async def test_two_readings_are_asked_about(town):
    said = await town.says("waar patroon om de week vr vrij, ma thuis")
    assert "In welke weken" in said.text
    assert await pattern(town) == {}
    await town.presses(said.button(verb="where.pattern_set"))
    assert (await pattern(town))["every 0 morning"] == "home"


async def test_a_reason_is_dropped(town):
    await town.says("waar patroon wo zorgverlof")
    assert set((await pattern(town)).values()) == {"not_working"}


async def test_delivered_twice_is_told_as_it_is_and_changes_nothing(any_town):
    activity = any_town.client.activity(text="waar patroon ma thuis")
    assert (await any_town.client.post(activity)).status == 200
    await any_town.says("waar patroon ma stadskantoor")
    assert (await any_town.client.post(activity)).status == 200
    last = any_town.teams.sent()[-1]["attachments"][0]["content"]["fallbackText"]
    assert "maandag: Stadskantoor" in last
    assert set((await pattern(any_town)).values()) == {"site s1"}


async def test_nobody_sees_a_pattern_before_it_is_shared_and_then_only_a_day(town):
    """Listening as Bart, in the channel and in his own chat."""
    await town.says("waar delen aan", BART, CHANNEL)
    start = len(town.teams.sent())
    nothing = (await town.says("waar", BART, CHANNEL)).text
    await town.says(WEEK, ANOUK, CHANNEL)
    assert (await town.says("waar", BART, CHANNEL)).text == nothing
    heard = [str(body) for body in town.teams.heard_by(BART.channel_user_id) if body in town.teams.sent()[start:]]
    assert not any("maandag en dinsdag" in body for body in heard)
    await town.says("waar delen aan", ANOUK, CHANNEL)
    shared = await town.says("waar", BART, CHANNEL)
    assert "Anouk" in shared.text
    assert "vast" not in shared.text
    assert "Anouk" not in (await town.says("waar zaterdag", BART, CHANNEL)).text
    own = await town.says("waar patroon", BART, personal(BART))
    assert "Je hebt nog geen patroon" in own.text
    await town.says("waar delen uit", ANOUK, CHANNEL)
    assert (await town.says("waar", BART, CHANNEL)).text == nothing


async def test_a_pressed_card_is_believed_in_nothing(town):
    for data in (
        {"lines": ["every.7.m.home.."]},
        {"lines": ["always.0.m.home.."]},
        {"lines": ["every.0.m.moon.."]},
        {"lines": []},
        {"lines": "every.0.m.home.."},
        {"lines": ["every.0.m.site.unknown."]},
        {},
    ):
        await town.presses(Button("", "where.pattern_set", data))
    assert await pattern(town) == {}


async def test_what_was_said_for_a_day_stays_when_the_pattern_changes(town):
    """Also where both said the same at that moment; going back to the pattern lets go of it."""
    monday = "2026-12-14"
    await town.says("waar patroon ma thuis", BART)
    await town.says("waar 14 dec thuis", BART)
    await town.says("waar patroon ma stadskantoor", BART)
    plan = await town.plan(BART)
    assert (plan[f"{monday} morning"], plan["2026-12-07 morning"]) == ("home", "site s1")
    await town.says("waar 14 dec volgens mijn patroon", BART)
    assert (await town.plan(BART))[f"{monday} morning"] == "site s1"


async def test_undoing_goes_back_to_following_the_pattern(town):
    await town.says("waar patroon ma thuis", BART)
    said = await town.says("waar 14 dec stadskantoor", BART)
    await town.presses(said.button(title="Ongedaan"), BART)
    await town.says("waar patroon ma vrij", BART)
    assert (await town.plan(BART))["2026-12-14 morning"] == "not_working"
