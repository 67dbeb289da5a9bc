"""The weekly question: asked of who wants it, answered with one tap, and nobody else's business."""

from datetime import date, datetime, timedelta

import pytest

from bot.domain.prompts import Prompt, PromptKind
from bot.domain.weekask import Choose, Problem, ShowState, SwitchOff, Unclear, parse
from bot.domain.words import Lexicon
from cards.words import load
from tests.conversations.town import ANOUK, BART, CHANNEL, GROUP, Button, Said, Town, Who, personal
from tests.fakes.botframework import TENANT, utc
from tests.plugins.databases import counted

LEXICON = Lexicon.of(load())
FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)
DAY = timedelta(days=1)
PATTERN = "/waar patroon ma t/m wo thuis, do stadskantoor, vr vrij"


def at(hour: int, minute: int = 0, day: int = 27) -> datetime:
    """A time in Amsterdam, that November."""
    return utc(hour - 1, minute).replace(day=day)


async def prompt(town: Town, who: Who = ANOUK) -> Prompt | None:
    async with town.store.units.read(TENANT) as unit:
        return await unit.prompts.of(who.user_id, PromptKind.WEEK)


async def asked(town: Town, patterned: str = "/waar patroon ma t/m wo thuis, do vr stadskantoor") -> Said:
    """Anouk, with a pattern, is asked on Friday; who is off then, on Thursday."""
    await town.says(patterned)
    await town.says("/weekvraag")
    await town.tick(at(14, day=26 if "vr vrij" in patterned else 27))
    [question] = town.heard()
    return question


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("", Choose()),
        ("aan", Choose()),
        ("vrijdag 14:00", Choose(4, 840)),
        ("Elke donderdag om 15.30 uur graag!", Choose(3, 930)),
        ("14u", Choose(None, 840)),
        ("10:15 op dinsdag", Choose(1, 615)),
        ("'s maandags 9h", Choose(0, 540)),
        ("friday at 2 pm", Choose(4, 840)),
        ("12 am", Unclear(Problem.HOURS)),
        ("uit", SwitchOff()),
        ("niet meer", SwitchOff()),
        ("off", SwitchOff()),
        ("25:00", Unclear(Problem.TIME)),
        ("14:60", Unclear(Problem.TIME)),
        ("vrijdag 19:00", Unclear(Problem.HOURS)),
        ("7:59", Unclear(Problem.HOURS)),
        ("17:00", Choose(None, 1020)),
        ("17:01", Unclear(Problem.HOURS)),
        ("vrijdag uit", Unclear(Problem.UNCLEAR)),
        ("uit vrijdag", Unclear(Problem.UNCLEAR)),
        ("ma di", Unclear(Problem.UNCLEAR)),
        ("14:00 15:00", Unclear(Problem.UNCLEAR)),
        ("half drie", Choose(None, 870)),
        ("vrijdag om half elf", Choose(4, 630)),
        ("elke vrijdag negen uur", Choose(4, 540)),
        ("friday 9am", Choose(4, 540)),
        ("vrijdagmiddag", Choose(4, 840)),
        ("vrijdag middag", Choose(4, 840)),
        ("vrijdag 's namiddags", Choose(4, 840)),
        ("vrijdagochtend", Choose(4, 540)),
        ("donderdagvoormiddag 10u", Choose(3, 600)),
        ("vrijdag morgen", Choose(4, 540)),
        ("friday afternoon", Choose(4, 840)),
        ("friday afternoon at 2:30", Choose(4, 870)),
        ("thursday morning", Choose(3, 540)),
        ("vrijdagmiddag 9:00", Unclear(Problem.HOURS)),
        ("vrijdagochtend 15:00", Unclear(Problem.HOURS)),
        ("morgen 14:00", Unclear(Problem.UNCLEAR)),  # tomorrow
        ("morgenmiddag", Unclear(Problem.UNCLEAR)),
        ("verzet naar donderdag rond 15 uur", Choose(3, 900)),
        ("change to thursday", Choose(3, None)),
        ("naar", Unclear(Problem.UNCLEAR)),
        ("bedankt", Unclear(Problem.UNCLEAR)),
        ("zet aan", Choose()),
        ("yes please", Choose()),
        ("zet uit", SwitchOff()),
        ("uit aub", SwitchOff()),
        ("nee bedankt", SwitchOff()),
        ("vraag me niet meer", SwitchOff()),
        ("vraag het me niet meer", SwitchOff()),
        ("zet af", SwitchOff()),  # Flemish
        ("liever donderdag kwart na 2 merci", Choose(3, 855)),
        ("turn off", SwitchOff()),
        ("don't ask me any more", SwitchOff()),
        ("stop asking please", SwitchOff()),
        ("wanneer", ShowState()),
        ("wanneer vrijdag", Unclear(Problem.UNCLEAR)),
        ("elke dag", Unclear(Problem.UNCLEAR)),
        ("om de week", Unclear(Problem.UNCLEAR)),
        ("vrijdag om 2 uur", Unclear(Problem.HOURS)),
        ("half", Unclear(Problem.UNCLEAR)),
        ("1400", Unclear(Problem.UNCLEAR)),
        ("quatsch", Unclear(Problem.UNCLEAR)),
        ("9" * 300, Unclear(Problem.UNCLEAR)),
    ],
)
def test_what_is_typed(text, intent):
    assert parse(text, LEXICON) == intent


@pytest.mark.parametrize("text", ["/weekvraag?", "weekvraag ?", "/weekvraag wanneer", "/weekask status"])
async def test_to_ask_how_it_stands_changes_nothing(town: Town, text):
    said = await town.says(text, locale="nl-NL")
    assert said.button(verb="weekask.on")
    assert await prompt(town) is None
    await town.says("/weekvraag di 9:00")
    said = await town.says(text)
    assert "9:00" in said.text
    assert (await prompt(town)).weekday == 1


@pytest.mark.parametrize("text", ["/weekvraag", "weekvraag", "/weekask", "Vraag mijn week!", "/WEEKVRAAG aan"])
async def test_it_is_off_until_somebody_wants_it(town: Town, text):
    assert await prompt(town) is None
    said = await town.says(text)
    assert await prompt(town) == Prompt(PromptKind.WEEK, 4, 14 * 60, "Europe/Amsterdam")
    assert "27 november" in said.text or "27 November" in said.text
    assert await prompt(town, BART) is None


async def test_a_day_that_is_never_worked_is_explained_beside_the_first_date(town: Town):
    said = await town.says("/weekvraag zondag 10:00")
    assert "Die zondag werk je niet, dus vraag ik het de eerste keer op vrijdag 27 november." in said.text
    assert "De eerste keer op" not in said.text


async def test_right_as_it_is_with_nothing_filled_in_says_no_more_than_that(town: Town):
    question = await asked(town, "/weekvraag")
    said = await town.presses(question.button(verb="weekask.ok"))
    assert "Je week staat" not in said.text
    assert "Dat mag ook." in said.text


async def test_the_pattern_card_offers_it(town: Town):
    said = await town.says(PATTERN)
    said = await town.presses(said.button(verb="weekask.on"))
    assert (await prompt(town)).weekday == 4
    # They are off on Fridays by that pattern.
    assert "Die vrijdag werk je niet, dus vraag ik het de eerste keer op donderdag 26 november." in said.text
    said = await town.presses(said.button(verb="weekask.off"))
    assert "Ik vraag je niet naar je week" in said.text
    assert await prompt(town) is None
    await town.presses(said.button(verb="weekask.on"))
    assert await prompt(town)


async def test_a_day_or_a_time_alone_leaves_the_other(town: Town):
    await town.says("/weekvraag donderdag 9:30")
    await town.says("/weekvraag 10:30")
    assert (await prompt(town)).minute == 10 * 60 + 30
    await town.says("/weekvraag dinsdag")
    await town.says("/weekvraag")
    assert await prompt(town) == Prompt(PromptKind.WEEK, 1, 10 * 60 + 30, "Europe/Amsterdam")


@pytest.mark.parametrize(
    ("text", "words"), [("quatsch", "begreep ik niet"), ("26:00", "ken ik niet"), ("22:00", "tussen 8 en 17 uur")]
)
async def test_what_cannot_be_changes_nothing_and_is_said(town: Town, text, words):
    await town.says("/weekvraag di 9:00")
    said = await town.says(f"/weekvraag {text}")
    assert words in said.text
    assert (await prompt(town)).weekday == 1


async def test_in_a_group_the_answer_is_for_the_asker_alone(town: Town):
    await town.says("hoi", BART)
    await town.says("/weekvraag", ANOUK, GROUP)
    assert await prompt(town)
    assert "vraag ik hoe je volgende week" not in town.screen(BART)
    assert "vraag ik hoe je volgende week" in town.screen(ANOUK)


async def test_the_question_comes_filled_in_and_one_tap_is_enough(town: Town):
    question = await asked(town)
    assert question.text.startswith("Hoe ziet je volgende week eruit?")
    assert "ma 30 nov t/m wo 2 dec: thuis" in question.text
    assert "do 3 t/m vr 4 dec: Stadskantoor" in question.text
    before = await town.plan()
    for _ in range(2):
        settled = await town.presses(question.button(verb="weekask.ok"))
        assert settled.text.startswith("Je week staat")
        assert not [button for button in settled.buttons if button.verb.startswith("weekask")]
    assert await town.plan() == before
    async with town.store.units.read(TENANT) as unit:
        kept = {one.name: len(one.rows) for one in await unit.own.of(ANOUK.user_id) if one.rows}
    assert kept == {"person": 1, "pattern": 10, "prompt": 1, "sent_card": 1} | kept
    assert set(kept) <= {"person", "pattern", "prompt", "sent_card"}


@pytest.mark.parametrize(
    ("first", "then"), [("/weekvraag donderdag 15:00", "/weekvraag uit"), ("/weekvraag uit", "/weekvraag")]
)
async def test_delivered_again_after_a_change_of_mind_it_is_told_as_it_is(any_town: Town, first: str, then: str):
    town = any_town
    activity = town.client.activity("message", ANOUK, personal(ANOUK), text=first)
    await town.client.post(activity)
    await town.says(then)
    now = (await town.says("/weekvraag wanneer")).text
    await town.client.post(activity)
    assert town.heard()[-1].text == now


async def test_it_comes_once_and_again_a_week_later(town: Town):
    await asked(town)
    for when in (at(14, 1), at(13), at(17), at(14, day=28), at(14, day=30)):
        await town.tick(when)
        assert town.heard() == []
    await town.tick(at(14) + 7 * DAY)
    [question] = town.heard()
    assert "ma 7 t/m vr 11 dec" in question.text


async def test_nothing_comes_to_who_switched_it_off_paused_or_stopped(town: Town):
    for who, text in ((ANOUK, "/weekvraag uit"), (BART, "/pauze 2 weken")):
        await town.says("/weekvraag", who)
        await town.says(text, who)
    await town.tick(at(14))
    assert town.heard(ANOUK) == town.heard(BART) == []
    assert await prompt(town, BART)


@pytest.mark.parametrize("text", ["/stop", "/weekvraag uit", "/vergeet"])
async def test_switched_off_between_the_look_and_the_sending_it_is_not_said(town: Town, text):
    """At 14:00 it is promised while Teams is away; before it can be said they want it no more."""
    await town.says("/weekvraag")
    await town.tick(at(13, 59))
    async with town.store.units.mirror(TENANT) as unit:
        await unit.deliveries.add("week.ask", "2026-11-27", user_id=ANOUK.user_id, due_at=at(14, 5))
        waiting = await unit.prompts.of(ANOUK.user_id, PromptKind.WEEK)
        await unit.prompts.put(ANOUK.user_id, waiting, at(14, day=28), FRIDAY)
    said = await town.says(text)
    for button in said.buttons:
        if button.verb in ("stop.now", "forget.now"):
            await town.presses(button)
    await town.tick(at(14, 5))
    assert town.heard() == []


async def test_a_free_week_is_not_asked_about_and_a_late_question_not_after_its_week_began(town: Town):
    await town.says("/weekvraag")
    await town.says("/waar 30 nov t/m 4 dec vrij")
    await town.tick(at(14))
    assert town.heard() == []
    town.clock.set(at(19) + 7 * DAY)  # asked for on Friday, and Teams was away that evening
    async with town.store.units.mirror(TENANT) as unit:
        await unit.deliveries.add("week.ask", "2026-12-04", user_id=ANOUK.user_id, due_at=at(9) + 10 * DAY)
    await town.tick(at(9) + 10 * DAY)  # Monday 7 December: the week it asks about
    assert town.heard() == []


async def test_a_day_without_a_place_gets_one_with_a_tap(town: Town):
    question = await asked(town, "/waar patroon ma t/m wo thuis, vr vrij")
    assert "Voor do 3 dec staat er nog niets" in question.text
    changed = await town.presses(question.button(verb="weekask.set", title="Stadskantoor"))
    assert changed.text.startswith("Hoe ziet je volgende week eruit?")
    assert "do 3 dec: hele dag Stadskantoor" in changed.text
    assert (await town.plan())["2026-12-03 morning"] == "site s1"
    settled = await town.presses(changed.button(verb="weekask.ok"))
    assert "Anders dan" not in settled.text


async def test_what_differs_and_who_sees_it_is_told(town: Town):
    await town.says("/waar delen aan", ANOUK, CHANNEL)
    await town.says("/waar 1 dec vrij")
    question = await asked(town)
    assert "te zien voor" in question.text
    settled = await town.presses(question.button(verb="weekask.ok"))
    assert "Anders dan in je patroon" in settled.text
    assert "di 1 dec: hele dag niet aan het werk" in settled.text.partition("Anders")[2]


async def test_an_old_card_does_nothing(town: Town):
    """On the Monday of its week it stands and works; after that, and for weeks that nobody asked about, it is old."""
    question = await asked(town, "/waar patroon ma t/m wo thuis")
    confirm, fill = question.button(verb="weekask.ok"), question.button(verb="weekask.set", title="Thuis")
    await town.tick(at(9, day=30))
    assert (await town.presses(confirm)).text.startswith("Je week staat")
    await town.tick(at(9, day=30) + DAY)
    before = await town.plan()
    for button in (confirm, fill):
        assert (await town.presses(button)).card is None
    assert await town.plan() == before


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("weekask.ok", {}),
        ("weekask.ok", {"week": "2026-12-01"}),  # no Monday
        ("weekask.ok", {"week": "2027-11-29"}),
        ("weekask.ok", {"week": 7}),
        ("weekask.on", {"weekday": 9}),
        ("weekask.on", {"minute": True}),
        ("weekask.on", {"minute": 1200}),
        ("weekask.set", {"week": "2026-11-30", "parts": ["2026-12-08.m.home.."]}),  # of another week
        ("weekask.set", {"week": "2026-11-30", "parts": ["2026-12-01.m.site.nowhere."]}),
        ("weekask.set", {"week": "2026-11-30", "parts": 7}),
        ("weekask.set", {"parts": ["2026-12-01.m.home.."]}),
    ],
)
async def test_what_no_card_of_ours_holds_is_no_press(town: Town, verb, data):
    said = await town.presses(Button("", verb, data), ANOUK, personal(ANOUK))
    assert said.card is None
    assert await town.plan() == {}
    assert await prompt(town) is None


async def test_with_plans_switched_off_there_is_no_question(town: Town):
    await town.says("/weekvraag", BART)
    await town.says("/beheer uit waar", ANOUK)
    assert "uit" in (await town.says("/weekvraag", BART)).text
    await town.tick(at(14))
    assert town.heard(BART) == []


async def test_it_is_in_my_data_and_privacy_and_gone_with_forget(town: Town):
    await town.says("/weekvraag")
    assert "elke dag of elke week" in (await town.says("/privacy")).text
    assert '"minute": 840' in (await town.says("/mijngegevens tekst")).text
    await town.says("/vergeet")
    assert await prompt(town) is None


async def test_nobody_else_sees_who_is_asked_or_answers(town: Town):
    await town.says("/waar delen aan", ANOUK, CHANNEL)
    screen = town.screen(BART)
    question = await asked(town)
    await town.presses(question.button(verb="weekask.ok"))
    assert town.screen(BART) == screen


async def test_what_the_tap_costs(town: Town):
    question = await asked(town)
    with counted(town.store) as sent:
        await town.presses(question.button(verb="weekask.ok"))
    reads = [each for each in sent if each.lstrip().startswith(("SELECT", "WITH"))]
    assert len(reads) <= 8, "\n".join(each[:80] for each in sent)
    assert not [each for each in sent if "INSERT INTO plan" in each]
