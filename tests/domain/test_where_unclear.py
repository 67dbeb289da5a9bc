"""What is offered, and what is asked back, where a sentence is not clear."""

from datetime import date

import pytest

from bot.domain.days import DayPart, Slot
from bot.domain.places import NAMEABLE, Kind, NamedPlace, Place, WorkLocation
from bot.domain.where.grammar import Context, parse
from bot.domain.where.intents import Problem, ShowBoard, Unclear
from tests.domain.where_reading import LEXICON, PLACES, TODAY, unclear


def test_midday_in_flanders_is_offered_as_afternoon_and_as_morning():
    intent = unclear("morgen middag thuis", country="BE")
    assert intent.problem is Problem.NO_DAYPART
    assert [[change.slot.part for change in offer.changes] for offer in intent.offers] == [
        [DayPart.AFTERNOON],
        [DayPart.MORNING],
    ]
    assert intent.location == WorkLocation(Place.HOME)


def test_two_places_are_offered_one_by_one():
    intent = unclear("ma thuis kantoor, di vrij")
    assert intent.problem is Problem.TWO_PLACES
    assert [slot.day.day for slot in intent.slots] == [30, 30]
    assert [offer.changes[0].location.place for offer in intent.offers] == [Place.HOME, Place.SITE]
    assert all(offer.changes[-1].location == WorkLocation(Place.NOT_WORKING) for offer in intent.offers)


def test_then_after_a_morning_is_offered_as_the_afternoon_first():
    first, *others = unclear("do ochtend kantoor dan thuis").offers
    said = [(change.slot.part, change.location.place) for change in first.changes]
    assert said == [(DayPart.MORNING, Place.SITE), (DayPart.AFTERNOON, Place.HOME)]
    assert [[change.location.place for change in offer.changes] for offer in others] == [[Place.SITE], [Place.HOME]]


def test_two_kinds_of_work_are_offered_one_by_one():
    intent = unclear("ma thuis focus overleg")
    assert intent.problem is Problem.LEFTOVER
    assert [offer.changes[0].location.kind for offer in intent.offers] == [Kind.FOCUS, Kind.TOGETHER]


def test_a_kind_of_work_without_a_place_is_kept_for_the_buttons():
    intent = unclear("do middag balie")
    assert intent == Unclear(Problem.NO_PLACE, (Slot(date(2026, 11, 26), DayPart.AFTERNOON),), kind=Kind.COUNTER)


def test_what_was_understood_beside_a_word_left_over():
    intent = unclear("morgen ochtend thuis met Kees")
    assert intent.problem is Problem.LEFTOVER
    assert intent.leftover == ("kees",)
    assert intent.slots == (Slot(date(2026, 11, 26), DayPart.MORNING),)
    assert intent.location == WorkLocation(Place.HOME)


def test_a_typing_mistake_is_offered_with_the_word_left_over():
    intent = unclear("mrogen thuis")
    assert intent.problem is Problem.TYPO
    assert intent.leftover == ("mrogen",)
    assert [change.slot.day.day for change in intent.offers[0].changes] == [26, 26]


def test_a_word_of_a_place_s_name_is_offered_as_that_place():
    assert unclear("do rozet").offers[0].changes[0].location == WorkLocation(Place.LIBRARY, "c")
    assert unclear("do weterign").offers[0].changes[0].location == WorkLocation(Place.NEIGHBOURHOOD, "e")


def test_the_reason_for_absence_is_dropped():
    plans = {parse(f"do {why}", LEXICON, Context(TODAY, "nl", "NL")) for why in ("ziek", "dokter", "verlof", "vrij")}
    assert len(plans) == 1
    assert "ziek" not in repr(plans)


def test_not_working_is_no_place_for_a_kind_of_work():
    intent = unclear("do overleg ziekenhuis")
    assert (intent.problem, intent.location, intent.kind) == (Problem.NO_PLACE, None, Kind.TOGETHER)
    assert [slot.day.day for slot in intent.slots] == [26, 26]


@pytest.mark.parametrize(
    "text",
    [
        *("do thuis behalve ochtend", "thuis na 13u", "do thuis vanavond", "do vrij 3 weken", "do thuis tot de middag"),
        *("vanaf do thuis", "do thuis om 9", "1e kerstdag vrij", "do misschien thuis", "do thuis 9-12", "zo thuis"),
    ],
)
def test_nothing_is_offered_beside_what_may_turn_it_round(text):
    assert unclear(text) == Unclear(Problem.LEFTOVER)


def test_no_day_is_understood_where_none_was_said():
    assert unclear("december thuis").slots == ()
    assert unclear("thuis met Kees").slots == ()


def test_who_works_without_a_place_is_asked_for_it():
    whole = tuple(Slot(date(2026, 11, 26), part) for part in DayPart)
    for text in ("ik werk morgen", "werk ik morgen", "ik kom morgen", "ik ben er morgen"):
        assert unclear(text) == Unclear(Problem.NO_PLACE, whole)
    assert parse("wie is er morgen", LEXICON, Context(TODAY, "nl", "NL", PLACES)) == ShowBoard(date(2026, 11, 26))


def test_the_only_site_is_the_office():
    one = (NamedPlace("a", "Stadskantoor", Place.SITE), NamedPlace("c", "Rozet", Place.LIBRARY))
    intent = parse("do kantoor", LEXICON, Context(TODAY, "nl", "NL", one))
    assert intent.changes[0].location == WorkLocation(Place.SITE, "a")
    intent = parse("do stadskantoor", LEXICON, Context(TODAY, "nl", "NL", one))
    assert intent.changes[0].location == WorkLocation(Place.SITE, "a")
    for other in ("gemeentehuis", "provinciehuis", "loods", "ocmw"):
        intent = parse(f"do {other}", LEXICON, Context(TODAY, "nl", "NL", one))
        assert intent.changes[0].location == WorkLocation(Place.SITE)
    intent = parse("do bibliotheek", LEXICON, Context(TODAY, "nl", "NL", one))
    assert intent.changes[0].location == WorkLocation(Place.LIBRARY)


def test_words_too_far_from_any_are_no_typing_mistake():
    for word in ("kwispelen", "loodgieter", "burgemeester", "vergaarbak"):
        assert unclear(f"morgen thuis {word}").offers == ()


def test_two_places_of_one_name_are_asked_back():
    twice = (NamedPlace("a", "De Brug", Place.SITE), NamedPlace("b", "De Brug", Place.THIRD))
    intent = unclear("do de brug", places=twice)
    assert intent.problem is Problem.TWO_PLACES
    assert {offer.changes[0].location.named for offer in intent.offers} == {"a", "b"}


def test_a_name_wins_over_words_and_the_detector():
    odd = (
        NamedPlace("a", "Thuis in de Wijk", Place.NEIGHBOURHOOD),
        NamedPlace("b", "Kerkstraat 4", Place.SITE),
        NamedPlace("c", "Kerkstraat 44", Place.SITE),
        NamedPlace("d", "3 december", Place.THIRD),
    )
    for name, place in (("thuis in de wijk", odd[0]), ("KERKSTRAAT 4", odd[1]), ("kerkstraat 44", odd[2])):
        intent = parse(f"do {name}", LEXICON, Context(TODAY, "nl", "NL", odd))
        assert intent.changes[0].location == WorkLocation(place.place, place.id)
    assert unclear("do kerkstraat 5", places=odd).problem is Problem.ADDRESS


def test_every_nameable_class_can_be_named():
    places = tuple(NamedPlace(place, f"Zwaluw {n}", place) for n, place in enumerate(sorted(NAMEABLE)))
    for place in places:
        intent = parse(f"morgen {place.name}", LEXICON, Context(TODAY, "nl", "NL", places))
        assert intent.changes[0].location == WorkLocation(place.place, place.id)
