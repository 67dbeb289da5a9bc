"""What people type about their weekly pattern, and what is meant by it; a language nobody speaks does as well."""

from datetime import date

import pytest

from bot.domain.days import DayPart, Usual, Weeks
from bot.domain.places import Kind, NamedPlace, Place, WorkLocation
from bot.domain.where.grammar import Context, parse
from bot.domain.where.intents import Line, Problem, SetPattern, SetPlan, ShowPattern, Unclear
from bot.domain.words import Lexicon
from cards import words
from tests.domain.test_invented_language import INVENTED, _in_script

LEXICON = Lexicon.of(words.load())
STADSKANTOOR, MARKT = NamedPlace("s1", "Stadskantoor", Place.SITE), NamedPlace("s2", "Markt 12", Place.SITE)
PLACES = (STADSKANTOOR, MARKT)
MONDAY = date(2026, 11, 23)  # of week 48

# "every 01 home": every week Monday and Tuesday; "odd 4m": the morning of odd Fridays; "-": nothing any more.
DUTCH = """
patroon ma di thuis, wo do stadskantoor, vr vrij => every 01 home; every 23 site=s1; every 4 not_working
mijn patroon: ma thuis                          => every 0 home
mijn vaste week is ma di thuis                  => every 01 home
patroon maandag t/m donderdag thuis             => every 0123 home
patroon ma ochtend thuis                        => every 0m home
patroon ma ochtend stadskantoor, middag thuis   => every 0m site=s1; every 0a home
patroon ma stadskantoor dan thuis               => every 0m site=s1; every 0a home
patroon wo balie stadskantoor                   => every 2 site=s1 counter
patroon vrijdagochtend vrij                     => every 4m not_working
patroon om de week vr vrij                      => even 4 not_working
patroon vr om de week vrij                      => even 4 not_working
patroon vr tweewekelijks vrij                   => even 4 not_working
patroon om de 14 dagen vr vrij                  => even 4 not_working
patroon even weken vr vrij                      => even 4 not_working
patroon oneven weken ma thuis                   => odd 0 home
patroon vr thuis, om de week vr vrij            => even 4 not_working; odd 4 home
patroon even weken: ma thuis, di kantoor; oneven weken: ma kantoor, di thuis => even 0 home; odd 0 site; even 1 site; odd 1 home
patroon hele week thuis, wo stadskantoor        => every 0134 home; every 2 site=s1
patroon elke dag thuis                          => every 01234 home
patroon elke ochtend thuis                      => every 0m1m2m3m4m home
patroon elke ma thuis                           => every 0 home
patroon maandags thuis en vrijdags vrij         => every 0 home; every 4 not_working
patroon ma ziek                                 => every 0 not_working
patroon vr niet                                 => every 4 not_working
patroon weekend vrij                            => every 56 not_working
patroon za ochtend markt 12                     => every 5m site=s2
patroon vr leeg                                 => every 4 -
patroon even weken vr leeg                      => even 4 -
patroon leeg                                    => every 0123456 -
wis mijn patroon                                => every 0123456 -
ma thuis in mijn patroon                        => every 0 home
"""
FLEMISH = """
patroon ma voormiddag bureau, namiddag telewerk => every 0m site; every 0a home
mijn vast patroon: ma en di telewerk, vr congé  => every 01 home; every 4 not_working
patroon gans de week telewerk                   => every 01234 home
patroon om de veertien dagen wo verlof          => even 2 not_working
"""
ENGLISH = """
pattern mon tue home, wed thu stadskantoor, fri off => every 01 home; every 23 site=s1; every 4 not_working
my usual week: mon morning home                 => every 0m home
pattern every other week fri off                => even 4 not_working
pattern every other friday off                  => even 4 not_working
pattern even weeks mon home, odd weeks mon office => even 0 home; odd 0 site
pattern the whole week home, wed stadskantoor   => every 0134 home; every 2 site=s1
pattern fri clear                               => every 4 -
pattern clear                                   => every 0123456 -
"""
REFUSED = """
patroon morgen thuis                            => dated
patroon 4 dec thuis                             => dated
patroon vrijdag 4 december vrij                 => dated
patroon volgende week ma thuis                  => dated
patroon deze week ma thuis                      => dated
patroon volgende vrijdag vrij                   => dated
patroon week 49 ma thuis                        => dated
patroon ma thuis tot 1 maart                    => dated
patroon thuis                                   => no_weekday
patroon ochtend thuis                           => no_weekday
patroon even weken thuis                        => no_weekday
patroon balie                                   => no_weekday
patroon ma                                      => no_place
patroon ma di                                   => no_place
patroon even weken ma                           => no_place
patroon ma Dorpsstraat 12                       => address
patroon ma Markt 12a                            => address
patroon ma 1012 AB                              => address
patroon ma thuis en blabla                      => leftover
patroon ma thuis behalve met kerst              => leftover
patroon ma niet thuis                           => leftover
patroon ma thuis stadskantoor                   => two_places
patroon ma thius                                => typo
patroon om de week vr vrij, ma thuis            => which_weeks
patroon even weken vr vrij en ma thuis          => which_weeks
patroon ma thuis, di volgens mijn patroon       => leftover
pattern tomorrow home                           => dated
pattern home                                    => no_weekday
"""
FLEMISH_REFUSED = """
patroon ma middag thuis                         => no_daypart
"""


def cases(text: str) -> list[tuple[str, str]]:
    return [
        (said.strip(), meant.strip()) for said, _, meant in (line.partition("=>") for line in text.split("\n") if line)
    ]


ACCEPTED = [("NL", *case) for case in cases(DUTCH + ENGLISH)] + [("BE", *case) for case in cases(DUTCH + FLEMISH)]
UNCLEAR = [("NL", *case) for case in cases(REFUSED)] + [("BE", *case) for case in cases(REFUSED + FLEMISH_REFUSED)]


def understood(said: str, country: str = "NL", today: date = MONDAY):
    return parse(said, LEXICON, Context(today, "nl", country, PLACES))


def meant_by(meant: str) -> dict[Usual, WorkLocation | None]:
    lines: dict[Usual, WorkLocation | None] = {}
    for clause in meant.split(";"):
        weeks, days, place, *kind = clause.split()
        place, _, named = place.partition("=")
        location = None if place == "-" else WorkLocation(Place(place), named or None, Kind(kind[0]) if kind else None)
        for at, weekday in enumerate(days):
            part = {"m": (DayPart.MORNING,), "a": (DayPart.AFTERNOON,)}.get(days[at + 1 : at + 2], tuple(DayPart))
            if weekday.isdigit():
                lines |= {Usual(Weeks(weeks), int(weekday), each): location for each in part}
    return lines


def said_by(intent: SetPattern) -> dict[Usual, WorkLocation | None]:
    return {line.usual: line.location for line in intent.lines}


@pytest.mark.parametrize(("country", "said", "meant"), ACCEPTED)
def test_is_understood(country, said, meant):
    intent = understood(said, country)
    assert isinstance(intent, SetPattern), intent
    assert said_by(intent) == meant_by(meant)
    assert [line.usual for line in intent.lines] == sorted(said_by(intent), key=Usual.sort_key)


@pytest.mark.parametrize(("country", "said", "problem"), UNCLEAR)
def test_is_refused(country, said, problem):
    intent = understood(said, country)
    assert isinstance(intent, Unclear)
    assert intent.problem == problem
    # No day or place of the fortnight that it was read in comes out.
    assert intent.slots == ()
    assert intent.offers == ()


@pytest.mark.parametrize(
    "text", ["patroon", "mijn patroon", "toon mijn patroon", "pattern", "my usual week", "vaste week"]
)
def test_the_word_alone_asks_for_the_pattern(text):
    assert understood(text) == ShowPattern()


def test_two_readings_are_offered_whole():
    intent = understood("patroon om de week vr vrij, ma thuis")
    assert isinstance(intent, Unclear)
    assert [said_by(reading) for reading in intent.patterns] == [
        meant_by("every 0 home; even 4 not_working"),
        meant_by("even 0 home; even 4 not_working"),
    ]


@pytest.mark.parametrize(
    ("today", "weeks"),
    [
        (date(2026, 11, 23), "even"),  # the Friday of week 48 is still to come
        (date(2026, 11, 27), "even"),  # it is today
        (date(2026, 11, 28), "odd"),  # it is over
        (date(2026, 12, 30), "odd"),  # week 53
        (date(2027, 1, 2), "odd"),  # week 1 follows it
    ],
)
def test_every_other_week_counts_from_the_first_such_day_to_come(today, weeks):
    intent = understood("patroon om de week vr vrij", today=today)
    assert said_by(intent) == meant_by(f"{weeks} 4 not_working")


@pytest.mark.parametrize(
    "text", ["do volgens mijn patroon", "do zoals altijd", "thu back to my pattern", "thu as usual"]
)
def test_a_day_can_follow_the_pattern(text):
    intent = understood(text)
    assert isinstance(intent, SetPlan)
    assert intent.follow
    assert {change.slot.day for change in intent.changes} == {date(2026, 11, 26)}


@pytest.mark.parametrize(
    "text", ["ma thuis, di volgens mijn patroon", "ma leeg, di volgens patroon", "ma thuis zoals altijd"]
)
def test_following_and_setting_in_one_sentence_is_not_guessed_at(text):
    intent = understood(text)
    assert isinstance(intent, Unclear)
    assert intent.offers == ()


@pytest.mark.parametrize(("said", "meant"), cases(DUTCH))
def test_words_nobody_speaks_do_as_well(said, meant):
    invented = Lexicon.of(INVENTED)
    places = tuple(NamedPlace(place.id, _in_script(place.name), place.place) for place in PLACES)
    intent = parse(_in_script(said), invented, Context(MONDAY, "xx", "NL", places))
    assert isinstance(intent, SetPattern), intent
    assert said_by(intent) == meant_by(meant)
    assert all(isinstance(line, Line) for line in intent.lines)


def test_a_refusal_holds_no_day_of_the_fortnight():
    assert understood("patroon ma thius").patterns == (
        SetPattern(tuple(Line(u, WorkLocation(Place.HOME)) for u in meant_by("every 0 home"))),
    )
    assert understood("patroon ma").problem is Problem.NO_PLACE
