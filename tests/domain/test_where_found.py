"""Questions for a place or a kind of work, and who is found."""

from datetime import date

import pytest

from bot.domain.days import DayPart, whole_day
from bot.domain.places import Kind, NamedPlace, Place, WorkLocation
from bot.domain.where.found import Doubt, Puzzled, found, question
from bot.domain.where.grammar import Context, parse
from bot.domain.where.intents import Find, Problem, ShowBoard, ShowWeek, Unclear
from bot.domain.words import Lexicon
from cards import words

LEXICON = Lexicon.of(words.load())
TODAY = date(2026, 11, 25)  # a Wednesday
TOMORROW, FRIDAY, MONDAY = date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 30)
PLACES = (NamedPlace("s1", "Stadskantoor", Place.SITE), NamedPlace("l1", "Bibliotheek De Kade", Place.LIBRARY))
NL, EN, BE = (Context(TODAY, *spoken, PLACES) for spoken in (("nl", "NL"), ("en", "NL"), ("nl", "BE")))
COUNTER, TOGETHER = Kind.COUNTER, Kind.TOGETHER

ASKED = [
    ("samenwerken", Find(TODAY, kind=TOGETHER)),
    ("balie", Find(TODAY, kind=COUNTER)),
    ("balie morgen", Find(TOMORROW, kind=COUNTER)),
    ("doet de balie morgen?", Find(TOMORROW, kind=COUNTER)),
    ("heeft morgenochtend baliedienst", Find(TOMORROW, DayPart.MORNING, kind=COUNTER)),
    ("bibliotheek", Find(TODAY, place=Place.LIBRARY)),
    ("is er vandaag in de bibliotheek?", Find(TODAY, place=Place.LIBRARY)),
    ("zit er vrijdag in de bieb", Find(FRIDAY, place=Place.LIBRARY)),
    ("bibliotheek De Kade", Find(TODAY, place=Place.LIBRARY, named="l1")),
    ("stadskantoor vrijdag", Find(FRIDAY, place=Place.SITE, named="s1")),
    ("werkt er op kantoor", Find(TODAY, place=Place.SITE)),
    ("is er vrijdag op het werk", Find(FRIDAY, place=Place.SITE)),
    ("balie stadskantoor do", Find(TOMORROW, place=Place.SITE, named="s1", kind=COUNTER)),
    ("is morgen thuis", Find(TOMORROW, place=Place.HOME)),
    ("morgen middag thuis", Find(TOMORROW, DayPart.AFTERNOON, Place.HOME)),
    ("halve dag balie", Find(TODAY, kind=COUNTER)),
    ("library today", Find(TODAY, place=Place.LIBRARY)),
    ("is at the library today?", Find(TODAY, place=Place.LIBRARY)),
    ("works from home on friday", Find(FRIDAY, place=Place.HOME)),
]
SHOWN = [
    ("", ShowBoard(TODAY, alone=True)),
    ("?", ShowBoard(TODAY, alone=True)),
    ("morgen", ShowBoard(TOMORROW, alone=True)),
    ("is er morgen", ShowBoard(TOMORROW, alone=True)),
    ("werkt er vrijdagochtend", ShowBoard(FRIDAY, alone=True)),
    ("is waar", ShowBoard(TODAY, alone=True)),
    ("'s in", ShowBoard(TODAY, alone=True)),
    ("is working tomorrow", ShowBoard(TOMORROW, alone=True)),
    ("week", ShowWeek()),
    ("is er volgende week", ShowWeek(MONDAY)),
    ("deze week", ShowWeek(date(2026, 11, 23))),
]
REFUSED = [
    ("Bart", Doubt.LEFTOVER),
    ("kan me helpen", Doubt.LEFTOVER),
    ("niet thuis", Doubt.LEFTOVER),
    ("is er niet", Doubt.LEFTOVER),
    ("mijn plan", Doubt.LEFTOVER),
    ("balie leeg", Doubt.LEFTOVER),
    ("balie over 2 jaar", Doubt.LEFTOVER),
    ("bibliotheek om 9 uur", Doubt.LEFTOVER),
    ("bibliotheeek", Doubt.TYPO),
    ("Kerkstraat 12", Doubt.ADDRESS),
    ("6811 AB", Doubt.ADDRESS),
    ("is er op https://kaart.example", Doubt.ADDRESS),
    ("ma t/m wo bibliotheek", Doubt.ONE_DAY),
    ("volgende week thuis", Doubt.ONE_DAY),
    ("elke ma balie", Doubt.ONE_DAY),
    ("thuis of bibliotheek", Doubt.ONE_THING),
    ("balie en overleg", Doubt.ONE_THING),
    ("vrij", Doubt.NOT_WORKING),
    ("is ziek", Doubt.NOT_WORKING),
    ("is off today", Doubt.NOT_WORKING),
    ("gisteren balie", Doubt.PAST),
    ("balie 3 dec 2029", Doubt.TOO_FAR),
    ("balie 31 november", Doubt.NO_SUCH_DAY),
]


@pytest.mark.parametrize(("said", "meant"), [*ASKED, *SHOWN])
def test_a_question_is_understood(said, meant):
    assert question(said, LEXICON, EN if said.isascii() and "library" in said else NL) == meant


@pytest.mark.parametrize(("said", "doubt"), REFUSED)
def test_a_question_that_leaves_doubt_is_refused(said, doubt):
    puzzled = question(said, LEXICON, NL)
    assert isinstance(puzzled, Puzzled)
    assert puzzled.doubt is doubt


def test_a_mistyped_question_offers_what_it_may_mean():
    assert question("bibliotheeek morgen", LEXICON, NL).offer == Find(TOMORROW, place=Place.LIBRARY)


def test_noon_in_flanders_asks_for_the_whole_day():
    """The answer tells the halves apart, so there is nothing to ask back."""
    assert question("morgen middag balie", LEXICON, BE) == Find(TOMORROW, kind=COUNTER)


@pytest.mark.parametrize("said", ["balie", "balie?", "vandaag balie", "balie vandaag", "counter today"])
def test_where_with_a_kind_of_work_alone_asks_who_does_it(said):
    assert parse(said, LEXICON, NL) == Find(TODAY, kind=COUNTER)


@pytest.mark.parametrize("said", ["morgen balie", "de balie", "vanmiddag balie", "ik doe balie"])
def test_where_with_more_than_that_still_asks_for_the_place(said):
    meant = parse(said, LEXICON, NL)
    assert isinstance(meant, Unclear)
    assert meant.problem is Problem.NO_PLACE


MORNING, AFTERNOON = whole_day(TODAY)
HALL, KADE, LIBRARY = (
    WorkLocation(Place.SITE, "s1"),
    WorkLocation(Place.LIBRARY, "l1"),
    WorkLocation(Place.LIBRARY),
)
AT_COUNTER, MEETING = WorkLocation(Place.SITE, "s1", COUNTER), WorkLocation(Place.LIBRARY, "l1", TOGETHER)


def told(plan, find):
    return [
        (at.location, line.name, line.half and line.half.value, line.other)
        for at in found([("Bart", plan)], find)
        for line in at.lines
    ]


def test_somebody_there_all_day_is_named_once():
    plan = {MORNING: KADE, AFTERNOON: KADE}
    assert told(plan, Find(TODAY, place=Place.LIBRARY)) == [((Place.LIBRARY, "l1"), "Bart", None, None)]


def test_half_a_day_is_told():
    plan = {MORNING: HALL, AFTERNOON: KADE}
    assert told(plan, Find(TODAY, place=Place.LIBRARY)) == [((Place.LIBRARY, "l1"), "Bart", "afternoon", None)]


def test_two_places_in_a_day_are_one_line():
    plan = {MORNING: KADE, AFTERNOON: LIBRARY}
    assert told(plan, Find(TODAY, place=Place.LIBRARY)) == [((Place.LIBRARY, "l1"), "Bart", "morning", LIBRARY)]


def test_the_half_that_was_asked_for_needs_no_telling():
    plan = {MORNING: HALL, AFTERNOON: KADE}
    assert told(plan, Find(TODAY, DayPart.AFTERNOON, Place.LIBRARY)) == [((Place.LIBRARY, "l1"), "Bart", None, None)]
    assert told(plan, Find(TODAY, DayPart.MORNING, Place.LIBRARY)) == []


def test_place_and_kind_both_count():
    plan = {MORNING: AT_COUNTER, AFTERNOON: MEETING}
    assert told(plan, Find(TODAY, place=Place.SITE, named="s1", kind=COUNTER)) == [
        ((Place.SITE, "s1"), "Bart", "morning", None)
    ]
    assert told(plan, Find(TODAY, place=Place.SITE, kind=TOGETHER)) == []
    assert told(plan, Find(TODAY, place=Place.SITE, named="s2")) == []


def test_another_day_says_nothing():
    assert told({MORNING: KADE}, Find(TOMORROW, place=Place.LIBRARY)) == []


def test_who_does_not_work_is_never_found():
    assert told({MORNING: WorkLocation(Place.NOT_WORKING)}, Find(TODAY)) == []
