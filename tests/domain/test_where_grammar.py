"""What holds for every sentence: it never crashes, it is closed, and no address gets through."""

import random
import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import DayPart, Slot
from bot.domain.places import NAMEABLE, Kind, NamedPlace, Place, WorkLocation
from bot.domain.where.grammar import Context, parse
from bot.domain.where.intents import Change, Intent, Problem, SetPlan, Share, ShowBoard, ShowPlan, Unclear
from bot.domain.where.sentence import is_too_long
from bot.domain.words import Lexicon, fold, token_texts
from cards import words
from tests.domain.sentences import LISTS, load

LEXICON = Lexicon.of(words.load())
TODAY = date(2026, 11, 25)
PLACES = (
    NamedPlace("a", "Stadskantoor", Place.SITE),
    NamedPlace("b", "Markt 12", Place.SITE),
    NamedPlace("c", "Bibliotheek Rozet", Place.LIBRARY),
    NamedPlace("d", "Café op de Hoek", Place.THIRD),
    NamedPlace("e", "Wijkcentrum De Wetering", Place.NEIGHBOURHOOD),
    NamedPlace("f", "Waterschap Rijn & IJssel", Place.PARTNER),
)
LISTED = [load(name) for name in LISTS]
ACCEPTED = [(listed.context, said, meant) for listed in LISTED for said, meant in listed.accepted]
EVERY_WORD = sorted(
    {
        phrase
        for source in words.load().values()
        for table in source.values()
        for key in table.values()
        for phrase in key
    }
)
contexts = st.builds(
    Context,
    st.dates(date(2026, 1, 1), date(2035, 12, 31)),
    st.sampled_from(["nl", "en"]),
    st.sampled_from(["NL", "BE"]),
    st.just(PLACES),
)
NEVER_WORDS = ("zzyzx", "blauw", "kwispelen", "Pietersen", "424242", "@", "€", "🚫", "qq")


@given(st.text(max_size=400), contexts)
def test_any_text_is_an_intent(text, context):
    assert isinstance(parse(text, LEXICON, context), Intent)


soup = st.lists(
    st.one_of(
        st.sampled_from(EVERY_WORD),
        st.sampled_from([place.name for place in PLACES]),
        st.integers(0, 3000).map(str),
        st.sampled_from([",", "-", "/", "t/m", ".", "3-12", "31-11", "2026-12-03", "3e", "zzyzx", "7 dec"]),
    ),
    max_size=14,
).map(" ".join)


@given(soup, contexts)
def test_any_soup_of_words_is_an_intent_that_can_be_kept(text, context):
    intent = parse(text, LEXICON, context)
    for plan in [intent] if isinstance(intent, SetPlan) else getattr(intent, "offers", ()):
        slots = [change.slot for change in plan.changes]
        assert slots == sorted(set(slots), key=Slot.sort_key)
        assert slots
        assert context.today <= slots[0].day
        assert slots[-1].day <= context.today + timedelta(days=365)
        for change in plan.changes:
            if change.location is None:
                continue  # emptied
            named = [place for place in PLACES if place.id == change.location.named]
            assert all(place.place is change.location.place for place in named)
    if isinstance(intent, Unclear) and intent.problem is Problem.TYPO:
        assert len(intent.offers) == 1
    if isinstance(intent, Unclear) and intent.problem is Problem.ADDRESS:
        assert intent.leftover == ()


@given(soup, contexts)
def test_the_same_text_means_the_same_however_it_is_typed(text, context):
    intent = parse(text, LEXICON, context)
    assert parse(text.upper(), LEXICON, context) == intent
    assert parse("  " + text.replace(" ", " \u00a0 ") + "\u200b ", LEXICON, context) == intent
    assert parse(fold(text), LEXICON, context) == intent


@given(st.sampled_from(ACCEPTED), st.sampled_from(NEVER_WORDS), st.integers(0, 40))
def test_a_word_too_many_and_nothing_is_set(accepted, word, at):
    context, said, _ = accepted
    pieces = said.split()
    pieces.insert(at % (len(pieces) + 1), word)
    intent = parse(" ".join(pieces), LEXICON, context)
    assert isinstance(intent, Unclear), (said, word)
    assert not any(character.isdigit() for left in intent.leftover for character in left)


@given(st.sampled_from(ACCEPTED), st.randoms(use_true_random=False))
def test_a_letter_wrong_never_sets_something_else_unseen(accepted, randomness):
    """Swapping two letters gives the same plan, an offer, a refusal, or another sentence made of known words only."""
    context, said, _ = accepted
    at = randomness.randrange(max(1, len(said) - 1))
    typed = said[:at] + said[at : at + 2][::-1] + said[at + 2 :]
    intent = parse(typed, LEXICON, context)
    if isinstance(intent, SetPlan):
        for word in token_texts(typed):
            known = LEXICON.longest(token_texts(typed), token_texts(typed).index(word), "nl", _EVERYTHING)[0]
            assert known or not word.isalpha() or word in _KNOWN_WORDS, typed


_EVERYTHING = frozenset(category for source in words.load().values() for category in source) | {"compound"}
_KNOWN_WORDS = LEXICON.words(_EVERYTHING) | {
    word for listed in LISTED for place in listed.context.places for word in token_texts(place.name)
}


def _rendered(plan, language, choose):
    """One clause for each day-part: a date, the kind of work, the day-part and the place, as the tables call them."""
    table = words.load()[language]
    # "work" beside "together" would be one phrase; "morgen" is a morning right after a day only.
    several = {*table["filler"]["words"], *table["relative"]["tomorrow"]}
    names = {place.id: place.name for place in PLACES}
    clauses = []
    for change in plan.changes:
        where = change.location
        pieces = [
            f"{change.slot.day:%Y-%m-%d}",
            choose(table["kind"][where.kind]) if where.kind else "",
            choose(
                [word for word in table["part"][change.slot.part] if word not in several]
            ),  # between the two: "home" + "office hours" would read differently
            names[where.named] if where.named else choose([w for w in table["place"][where.place] if w not in several]),
        ]
        clauses.append(" ".join(pieces))
    return ", ".join(clauses)


def _locations():
    own = [WorkLocation(p.place, p.id, kind) for p in PLACES for kind in (None, *Kind)]
    classes = [WorkLocation(p, None, kind) for p in Place if p is not Place.NOT_WORKING for kind in (None, *Kind)]
    return [*own, *classes, WorkLocation(Place.NOT_WORKING)]


slots = st.builds(Slot, st.dates(TODAY, TODAY + timedelta(days=365)), st.sampled_from(DayPart))


@pytest.mark.parametrize("language", ["nl", "en"])
@given(st.dictionaries(slots, st.sampled_from(_locations()), min_size=1, max_size=5), st.randoms())
def test_a_plan_said_in_words_is_that_plan(language, chosen, randomness):
    plan = SetPlan(tuple(Change(slot, chosen[slot]) for slot in sorted(chosen, key=Slot.sort_key)))
    said = _rendered(plan, language, randomness.choice)
    assert parse(said, LEXICON, Context(TODAY, language, "NL", PLACES)) == plan, said


STREETS = ("Kerkstraat", "Lange Dreef", "Hoofdweg", "Grote Markt", "Meir", "Coolsingel", "de Ruyterkade", "Plein 1945")
TOWNS = ("Arnhem", "Antwerpen", "Gent", "Velp")
addresses = st.one_of(
    st.builds("{} {}{}".format, st.sampled_from(STREETS), st.integers(1, 999), st.sampled_from(["", "a", " b"])),
    st.builds("{} {}-{}".format, st.sampled_from(STREETS[:2]), st.integers(1, 40), st.integers(1, 40)),
    st.builds("{} {}".format, st.integers(1000, 9999).filter(lambda n: not 1990 <= n < 2100), st.sampled_from(TOWNS)),
    st.builds(
        "{}{}{}{}".format,
        st.integers(1000, 9999),
        st.sampled_from(["", " "]),
        st.sampled_from("KLPRSTX"),
        st.sampled_from("BCKLX"),
    ),
    st.builds("06{}{:08}".format, st.sampled_from(["", " ", "-"]), st.integers(0, 99999999)),
    st.builds("+32 4{:02} {:02} {:02} {:02}".format, *[st.integers(0, 99)] * 4),
    st.builds("{:.4f}, {:.4f}".format, st.floats(50, 53), st.floats(3, 7)),
    st.builds("{}@{}.nl".format, st.sampled_from(["jan", "info"]), st.sampled_from(["gemeente", "arnhem"])),
    st.builds("https://{}.be/{}".format, st.sampled_from(["maps", "kaart"]), st.integers(1, 99)),
)


@given(addresses, st.sampled_from(ACCEPTED), st.booleans())
def test_no_address_gets_through(address, accepted, first):
    context, said, _ = accepted
    intent = parse(f"{address}. {said}" if first else f"{said} {address}", LEXICON, context)
    assert isinstance(intent, Unclear)
    assert intent.problem is Problem.ADDRESS
    assert intent.leftover == ()
    assert intent.offers == ()
    # What is left is a place class and the id of a place that an administrator named: never a word of the sentence.
    assert intent.location is None or intent.location.named in {None, *(place.id for place in context.places)}


@given(addresses, contexts)
def test_an_address_alone_is_called_one(address, context):
    intent = parse(f"thuis {address}", LEXICON, context)
    assert isinstance(intent, Unclear)
    assert intent.problem is Problem.ADDRESS
    assert intent.leftover == ()


@pytest.mark.parametrize(
    "text",
    ["a" * 10_000, "ma " * 3_000, "1 " * 5_000, "1-" * 700, "ﷺ" * 1_400, "@" * 1_500, "mor\u0301" * 400, "ab " * 99],
    ids=lambda text: repr(text[:4]),
)
def test_a_long_text_is_refused_at_once(text):
    started = time.perf_counter()
    intent = parse(text, LEXICON, Context(TODAY, "nl", "NL", PLACES))
    assert time.perf_counter() - started < 0.5
    assert isinstance(intent, Unclear)


def test_a_short_text_may_be_too_long_when_folded():
    assert is_too_long("㌖" * 251)
    assert not is_too_long("㌖" * 250)


def test_a_full_week_is_read_in_milliseconds():
    rest = "ma ochtend thuis focus, middag stadskantoor overleg, di t/m do markt 12 balie, vr vrij " * 2
    context = Context(TODAY, "nl", "NL", PLACES)
    parse(rest, LEXICON, context)
    started = time.perf_counter()
    for _ in range(20):
        parse(rest, LEXICON, context)
    assert (time.perf_counter() - started) / 20 < 0.05


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("", ShowBoard(TODAY)),
        ("  ", ShowBoard(TODAY)),
        ("?", ShowBoard(TODAY)),
        ("bord", ShowBoard(TODAY)),
        ("is iedereen?", ShowBoard(TODAY)),
        ("everyone tomorrow", ShowBoard(date(2026, 11, 26))),
        ("plan", ShowPlan()),
        ("mijn plan", ShowPlan()),
        ("mijn week", ShowPlan()),
        ("my plan", ShowPlan()),
        ("plan volgende week", ShowPlan()),
        ("toon mijn plan", ShowPlan()),
        ("delen aan", Share(on=True)),
        ("delen uit", Share(on=False)),
        ("share on", Share(on=True)),
        ("share off", Share(on=False)),
        ("aan delen", Share(on=True)),
        ("niet delen", Share(on=False)),
        ("deel mijn plan", Share(on=True)),
        ("share my plan", Share(on=True)),
    ],
)
def test_what_is_no_plan(text, intent):
    assert parse(text, LEXICON, Context(TODAY, "nl", "NL", PLACES)) == intent


def unclear(text, country="NL", language="nl", places=PLACES):
    intent = parse(text, LEXICON, Context(TODAY, language, country, places))
    assert isinstance(intent, Unclear)
    return intent


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


def test_a_word_with_a_hyphen_after_a_numbered_name_is_no_house_letter():
    intent = parse("do Markt 12 e-learning", LEXICON, Context(TODAY, "nl", "NL", PLACES))
    assert intent.changes[0].location == WorkLocation(Place.SITE, "b", Kind.LEARNING)
    assert unclear("do Markt 12 e thuis").problem is Problem.ADDRESS


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("51.9851, 5.8987", Problem.ADDRESS),
        ("thuis, adres volgt", Problem.ADDRESS),
        ("thuis kwispelen", Problem.LEFTOVER),
    ],
)
def test_what_only_one_detector_finds(text, problem):
    assert unclear(text).problem is problem


def test_a_building_called_after_a_square_leaves_no_number_behind():
    for text in ("do werkplein 3", "milieustraat 12b", "Zorgplein 4 bus 2"):
        intent = unclear(text)
        assert intent.problem in {Problem.LEFTOVER, Problem.ADDRESS}
        assert intent.location is None or intent.problem is Problem.ADDRESS
        assert intent.leftover in {(), ("b",), ("bus",)}
    for street in ("Stadhuisplein", "Kerkstraat", "do Cultuurplein"):
        assert unclear(street).problem is Problem.ADDRESS


def test_words_too_far_from_any_are_no_typing_mistake():
    for word in ("kwispelen", "loodgieter", "burgemeester", "vergaarbak"):
        assert unclear(f"morgen thuis {word}").offers == ()


@pytest.mark.parametrize(
    "text", ["⓵", "morgen ⓵ thuis", "² dec thuis", "Ⅳ dec thuis", "৩ dec thuis", "\ud800 thuis", "\x00"]
)
def test_odd_digits_and_characters(text):
    assert isinstance(parse(text, LEXICON, Context(TODAY, "nl", "NL", PLACES)), Intent)


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


def test_shuffled_clauses_say_the_same():
    clauses = ["ma thuis", "di ochtend stadskantoor balie", "wo vrij", "do markt 12"]
    context = Context(TODAY, "nl", "NL", PLACES)
    expected = parse(", ".join(clauses), LEXICON, context)
    for seed in range(10):
        random.Random(seed).shuffle(clauses)
        assert parse(", ".join(clauses), LEXICON, context) == expected
