"""What holds for every sentence: it never crashes, it is closed, and it means the same however it is typed."""

import random
import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import DayPart, Slot
from bot.domain.places import Kind, Place, WorkLocation
from bot.domain.where.grammar import Context, parse
from bot.domain.where.intents import Change, Intent, Problem, SetPlan, Share, ShowBoard, ShowPlan, Unclear
from bot.domain.where.sentence import is_too_long
from bot.domain.words import fold, token_texts
from cards import words
from tests.domain.where_reading import ACCEPTED, LEXICON, LISTED, PLACES, TODAY, contexts

EVERY_WORD = sorted(
    {
        phrase
        for source in words.load().values()
        for table in source.values()
        for key in table.values()
        for phrase in key
    }
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


@pytest.mark.parametrize(
    "text",
    ["a" * 10_000, "ma " * 3_000, "1 " * 5_000, "1-" * 700, "ﷺ" * 1_400, "@" * 1_500, "mor\u0301" * 400, "ab " * 99],
    ids=lambda text: repr(text[:4]),
)
def test_a_long_text_is_refused_at_once(text):
    started = time.process_time()
    intent = parse(text, LEXICON, Context(TODAY, "nl", "NL", PLACES))
    assert time.process_time() - started < 0.5
    assert isinstance(intent, Unclear)


def test_a_short_text_may_be_too_long_when_folded():
    assert is_too_long("㌖" * 251)
    assert not is_too_long("㌖" * 250)


def test_a_full_week_is_read_in_milliseconds():
    rest = "ma ochtend thuis focus, middag stadskantoor overleg, di t/m do markt 12 balie, vr vrij " * 2
    context = Context(TODAY, "nl", "NL", PLACES)
    parse(rest, LEXICON, context)
    started = time.process_time()
    for _ in range(20):
        parse(rest, LEXICON, context)
    assert (time.process_time() - started) / 20 < 0.05


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


@pytest.mark.parametrize(
    "text", ["⓵", "morgen ⓵ thuis", "² dec thuis", "Ⅳ dec thuis", "৩ dec thuis", "\ud800 thuis", "\x00"]
)
def test_odd_digits_and_characters(text):
    assert isinstance(parse(text, LEXICON, Context(TODAY, "nl", "NL", PLACES)), Intent)


def test_shuffled_clauses_say_the_same():
    clauses = ["ma thuis", "di ochtend stadskantoor balie", "wo vrij", "do markt 12"]
    context = Context(TODAY, "nl", "NL", PLACES)
    expected = parse(", ".join(clauses), LEXICON, context)
    for seed in range(10):
        random.Random(seed).shuffle(clauses)
        assert parse(", ".join(clauses), LEXICON, context) == expected
