"""What holds for every sentence of `/focus`: it never crashes, its limits hold, and the subject is what was typed."""

import time
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.focus.grammar import MOST_CHARACTERS, Context, parse
from bot.domain.focus.intents import LONGEST_SUBJECT, Extend, Intent, Problem, Settings, ShowFocus, Start, Unclear
from bot.domain.focus.rules import Times, in_real_time
from bot.domain.words import Lexicon
from cards import words
from tests.domain.focus.said import LISTS, load

LEXICON = Lexicon.of(words.load())
TYPED = sorted({said for name in LISTS for said, _ in (*load(name).accepted, *load(name).refused)})
KNOWN = sorted(
    {
        phrase
        for source in words.load().values()
        for table in (
            "focus",
            "focus_setting",
            "length",
            "tens",
            "clock",
            "relative",
            "weekday",
            "part",
            "range",
            "amount",
        )
        for phrases in source[table].values()
        for phrase in phrases
    }
)
ODD = [
    ",",
    "-",
    ":",
    "2026-114",
    "11:30",
    "25:00",
    "9-11",
    "3/12",
    "1,5",
    "½",
    "2u30",
    "nota",
    "Zaak",
    "📝",
    "(x)",
    '"y"',
]
# Right to left and back, digits of other scripts, one sign of many parts, letters that fold to more than themselves.
STRANGE = [
    "מחר ב-9",
    "غدا ٩:٣٠",
    "\u202e90 nota\u202c",
    "९० मिनट",
    "９０ ｍｉｎ",
    "👩‍👩‍👧‍👦",
    "🏳️‍🌈",
    "ﷺ",
    "ß",
    "1½",
    "\x00",
    "\ud83d",
    "(" * 20,
]
ZONES = ("Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")
HOUR = timedelta(hours=1)
YEARS = (datetime(2026, 1, 1), datetime(2031, 1, 1))  # noqa: DTZ001 - bounds have no zone


@st.composite
def contexts(draw):
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    now = draw(st.datetimes(*YEARS, timezones=st.just(UTC))).astimezone(zone)
    begin = now.astimezone(UTC) - draw(st.timedeltas(timedelta(), 4 * HOUR))
    end = now.astimezone(UTC) + draw(st.timedeltas(timedelta(minutes=1), 4 * HOUR))
    under_way = (begin, end) if draw(st.booleans()) else None
    return Context(now, draw(st.sampled_from(["nl", "en"])), draw(st.integers(10, 240)), under_way)


soup = st.lists(
    st.one_of(
        st.sampled_from(KNOWN),
        st.sampled_from(ODD),
        st.integers(0, 400).map(str),
        st.text(max_size=6),
        st.sampled_from(STRANGE),
    ),
    max_size=9,
).map(" ".join)
joined = st.lists(st.sampled_from(TYPED), min_size=2, max_size=3).map(" ".join)
texts = st.one_of(soup, joined, st.text(max_size=200), st.sampled_from(TYPED))


def _acts(intent):
    return intent.offers if isinstance(intent, Unclear) else (intent,)


def _visible(text):
    return " ".join("".join(" " if unicodedata.category(c)[0] in "ZC" else c for c in text).split())


@given(texts, contexts())
def test_any_text_is_an_intent_that_can_be_done(text, context):
    intent = parse(text, LEXICON, context)
    assert isinstance(intent, Intent)
    for act in _acts(intent):
        if isinstance(act, Start):
            found = in_real_time(act, context.now, context.zone, context.usual)
            assert isinstance(found, Times) or found.problem is Problem.NO_TIME, (act, found)
        if isinstance(act, Settings) and act.minutes is not None:
            assert 10 <= act.minutes <= 240
        if isinstance(act, Extend):
            assert context.now < act.until <= context.under_way[0] + 4 * HOUR
            assert act.until.tzinfo is UTC


@given(texts, contexts())
def test_a_session_begins_now_or_later_and_lasts_ten_minutes_to_four_hours(text, context):
    for act in _acts(parse(text, LEXICON, context)):
        found = in_real_time(act, context.now, context.zone, context.usual) if isinstance(act, Start) else None
        if isinstance(found, Times):
            assert found.starts_at >= context.now
            assert timedelta(minutes=10) <= found.ends_at - found.starts_at <= 4 * HOUR
            assert found.starts_at.tzinfo is found.ends_at.tzinfo is UTC


@given(texts, contexts())
def test_a_subject_is_a_part_of_what_was_typed(text, context):
    for act in _acts(parse(text, LEXICON, context)):
        if isinstance(act, Start) and act.subject is not None:
            assert act.subject in _visible(text)
            assert 0 < len(act.subject) <= LONGEST_SUBJECT
            assert act.subject.isprintable()
            assert act.subject == act.subject.strip()


@given(texts, contexts())
def test_no_subject_is_in_what_might_be_logged(text, context):
    marked = f"60 qzxj{text}"
    assert "qzxj" not in repr(parse(marked, LEXICON, context))


@given(texts, contexts())
def test_whoever_is_asked_back_can_choose_each_answer_once(text, context):
    intent = parse(text, LEXICON, context)
    if isinstance(intent, Unclear):
        assert len(set(intent.offers)) == len(intent.offers)
    if isinstance(intent, Unclear) and intent.problem is Problem.DOUBTFUL:
        assert intent.offers


@given(st.integers(10, 240), st.text(alphabet="abcdefghijklmnop 0123456789-/:.()", min_size=1, max_size=80))
def test_behind_a_length_and_a_subject_nothing_else_begins_unasked(minutes, rest):
    context = Context(datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Europe/Amsterdam")), "nl")
    intent = parse(f"{minutes} dossier{rest}", LEXICON, context)
    whole = Start(minutes=minutes, subject=_visible(f"dossier{rest}"))
    assert intent == whole or (isinstance(intent, Unclear) and whole in intent.offers)


@given(st.sampled_from(TYPED), contexts())
def test_the_same_is_meant_however_it_is_typed(said, context):
    def bare(intent):
        if isinstance(intent, Unclear):
            return replace(intent, offers=tuple(bare(offer) for offer in intent.offers))
        return replace(intent, subject=intent.subject.casefold()) if getattr(intent, "subject", None) else intent

    meant = bare(parse(said, LEXICON, context))
    assert bare(parse(said.upper(), LEXICON, context)) == meant
    assert bare(parse("  " + said.replace(" ", " \u00a0 ") + "\u200b ", LEXICON, context)) == meant


NOW = datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))


def test_nothing_said_is_the_usual_or_what_is_on():
    assert parse(" ", LEXICON, Context(NOW, "nl")) == Start()
    on = Context(NOW, "nl", under_way=(NOW.astimezone(UTC), NOW.astimezone(UTC) + HOUR))
    assert parse("", LEXICON, on) == ShowFocus()


def test_a_subject_of_121_characters_is_offered_shorter():
    assert parse("60 " + "a" * 120, LEXICON, Context(NOW, "nl")) == Start(minutes=60, subject="a" * 120)
    intent = parse("60 " + "a" * 121, LEXICON, Context(NOW, "nl"))
    assert intent == Unclear(Problem.LONG_SUBJECT, (Start(minutes=60, subject="a" * 120),))
    assert parse("a" * (MOST_CHARACTERS + 1), LEXICON, Context(NOW, "nl")) == Unclear(Problem.LONG_SUBJECT)


@pytest.mark.parametrize("typed", ["60 Nota\u202e één\u200b", "60 Nota\n\téén", "60   Nota \u00a0 één "])
def test_a_subject_stands_on_one_line_and_hides_nothing(typed):
    assert parse(typed, LEXICON, Context(NOW, "nl")) == Start(minutes=60, subject="Nota één")


HOSTILE = ("nu", "9", "stil nu", "maandag", "9:00-11:00", "een half uur", "van 9 tot", "standaard", "verleng", "-", "½")


@pytest.mark.parametrize("word", HOSTILE)
@pytest.mark.parametrize("first", ["", "x ", "60 x "])
def test_no_text_takes_long(first, word):
    texts = [first + f"{word} " * ((MOST_CHARACTERS - len(first)) // (len(word) + 1)), first + f"{word} " * 36 + "y"]
    begin = time.process_time()
    for text in texts:
        assert isinstance(parse(text, LEXICON, Context(NOW, "nl")), Intent)
    assert time.process_time() - begin < 1


pasted = st.lists(st.one_of(st.sampled_from(KNOWN + ODD + STRANGE), st.text(max_size=12)), min_size=1, max_size=40)


@given(pasted, st.integers(1, 4000), st.sampled_from([" ", "", "\n", ", ", "-"]), contexts())
def test_whatever_is_pasted_is_read_in_20_ms(parts, characters, between, context):
    text = between.join(parts)
    text = (text * (characters // max(len(text), 1) + 1))[:characters]
    assert min(_took(text, context) for _ in range(3)) < 0.02  # the least of them: another process is no fault of ours


def _took(text, context):
    begin = time.process_time()
    assert isinstance(parse(text, LEXICON, context), Intent)
    return time.process_time() - begin


def test_in_the_evening_until_8_is_asked_for():
    evening = Context(NOW.replace(hour=18), "nl")
    intent = parse("tot 8", LEXICON, evening)
    assert isinstance(intent, Unclear)
    assert [offer.until.minute for offer in intent.offers] == [20 * 60]


@pytest.mark.parametrize(
    ("at", "typed", "language", "minutes"),
    [
        ("23:30", "tot 1:00", "nl", 90),
        ("23:30", "tot 1u", "nl-BE", 90),
        ("23:30", "until 1:00", "en", 90),
        ("01:30", "tot 2:30", "nl", 60),
        ("01:30", "tot 2u30", "nl-BE", 60),
        ("01:30", "tot half drie nota", "nl", 60),
        ("10:30", "tot 1:00", "nl", 150),
        ("13:30", "tot 2:30", "nl", 60),
    ],
)
def test_until_a_small_hour_at_night_is_that_nights(at, typed, language, minutes):
    now = NOW.replace(hour=int(at[:2]), minute=int(at[3:]))
    start = parse(typed, LEXICON, Context(now, language))
    assert isinstance(start, Start)
    found = in_real_time(start, now, now.tzinfo, 50)
    assert isinstance(found, Times)
    assert (found.starts_at, found.ends_at - found.starts_at) == (now.astimezone(UTC), timedelta(minutes=minutes))


@pytest.mark.parametrize("typed", ["tot 14:30", "tot 13 uur", "tot half drie 's middags", "until 2:30 pm"])
def test_a_time_after_noon_is_never_one_of_the_night(typed):
    found = parse(typed, LEXICON, Context(NOW.replace(hour=1, minute=30), "en" if "pm" in typed else "nl"))
    assert not isinstance(found, Start) or found.until is None or found.until.minute >= 12 * 60


def test_both_ends_of_the_afternoon_stay_there():
    start = parse("morgen van 1:30 tot 2:30", LEXICON, Context(NOW, "nl"))
    assert isinstance(start, Start)
    assert (start.at.minute, start.until.minute) == (13 * 60 + 30, 14 * 60 + 30)
