"""The rules of `/reach`: what holds for the rest of today, for any rule, plan and minute; and what is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import DayPart
from bot.domain.people import Member, Roster
from bot.domain.places import Kind, Place, WorkLocation
from bot.domain.reach import presses
from bot.domain.reach.find import matching
from bot.domain.reach.grammar import parse
from bot.domain.reach.intents import FindColleague, SetRules, ShareReach, ShowRules
from bot.domain.reach.rules import DAY, NOON, SAME_DAY, Hours, Route, Rule, Urgency, now_and_later, open_today
from bot.domain.words import Lexicon
from cards.reach.mine import carried
from cards.reach.views import ReachRule
from cards.words import load

LEXICON = Lexicon.of(load())
OFF = WorkLocation(Place.NOT_WORKING)
HOME = WorkLocation(Place.HOME)
COUNTER = WorkLocation(Place.SITE, "s1", Kind.COUNTER)
MORNING, AFTERNOON = DayPart.MORNING, DayPart.AFTERNOON

minutes = st.integers(0, DAY - 1)
hours = st.tuples(st.integers(0, DAY), st.integers(0, DAY)).filter(lambda two: two[0] < two[1]).map(lambda t: Hours(*t))
rules = st.builds(Rule, st.sampled_from(Route), st.sampled_from((None, 15, 60, 240, SAME_DAY)), st.none() | hours)
todays = st.dictionaries(st.sampled_from(DayPart), st.sampled_from((OFF, HOME, COUNTER)))


def half(minute):
    return MORNING if minute < NOON else AFTERNOON


@given(rules, st.sampled_from(Urgency), todays, minutes)
def test_nobody_is_said_to_be_reachable_outside_their_hours_or_when_they_do_not_work(rule, urgency, today, minute):
    holds = open_today(rule, urgency, today, minute)
    if holds is None:
        return
    start = holds.start if holds.start is not None else minute
    assert start >= minute
    assert today.get(half(start)) != OFF
    if rule.hours:
        assert rule.hours.start <= start < rule.hours.until
        assert holds.until is not None
        assert start < holds.until <= rule.hours.until
    if holds.until is not None:
        assert today.get(half(holds.until - 1)) != OFF


@given(rules, todays, minutes)
def test_urgent_things_never_wait_for_the_counter(rule, today, minute):
    """Only not working and the hours keep an urgent question."""
    free = {part: HOME if at == COUNTER else at for part, at in today.items()}
    assert open_today(rule, Urgency.URGENT, today, minute) == open_today(rule, Urgency.URGENT, free, minute)


@given(rules, todays, minutes)
def test_an_ordinary_question_waits_at_most_until_something_better_today(rule, today, minute):
    """Whoever can be reached at all today, can be reached with an ordinary question too."""
    urgent = open_today(rule, Urgency.URGENT, today, minute)
    assert (open_today(rule, Urgency.NORMAL, today, minute) is None) == (urgent is None)


@given(todays, minutes)
def test_the_past_is_never_told(today, minute):
    here, there = now_and_later(today, minute)
    if minute >= NOON:
        assert here in (None, today.get(AFTERNOON))
        assert there is None


def test_the_counter_in_the_morning_then_chat():
    rule = Rule(Route.CHAT, 240, Hours(540, 1020))
    holds = open_today(rule, Urgency.NORMAL, {MORNING: COUNTER, AFTERNOON: HOME}, 600)
    assert (holds.start, holds.until) == (NOON, 1020)


SET = {
    "gewoon chat binnen 4 uur 9-17": ("normal", Rule(Route.CHAT, 240, Hours(540, 1020))),
    "spoed bellen 8:00-18:00": ("urgent", Rule(Route.CALL, None, Hours(480, 1080))),
    "spoed bellen 8u30 tot 17u": ("urgent", Rule(Route.CALL, None, Hours(510, 1020))),
    "dringend telefonisch tussen 9 en 17 uur": ("urgent", Rule(Route.CALL, None, Hours(540, 1020))),
    "mail dezelfde dag": None,
    "mail binnen een dag": ("normal", Rule(Route.MAIL, SAME_DAY)),
    "kom langs, binnen een kwartier": ("normal", Rule(Route.DESK, 15)),
    "chat altijd als ik werk": ("normal", Rule(Route.CHAT)),
    "spoed uit": ("urgent", None),
    "urgent call 8 am - 6 pm": ("urgent", Rule(Route.CALL, None, Hours(480, 1080))),
    "normal mail within 1 hour from 9 to 12": ("normal", Rule(Route.MAIL, 60, Hours(540, 720))),
    "urgent call until 24": None,
    "chat binnen 2 uur": None,
    "chat chat": None,
    "gewoon": None,
    "spoed uit 8-18": None,
    "delen": None,
}


@pytest.mark.parametrize("text", SET)
def test_what_is_understood(text):
    intent = parse(text, LEXICON, "nl")
    wanted = SET[text]
    assert intent == (ShowRules("unclear") if wanted is None else SetRules(((Urgency(wanted[0]), wanted[1]),)))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("", ShowRules()),
        ("delen aan", ShareReach(on=True)),
        ("share off", ShareReach(on=False)),
        ("delen met het team uit", ShareReach(on=False)),
        ("Bart", FindColleague(("bart",))),
        ("Özlem van den Berg?", FindColleague(("ozlem", "van", "den", "berg"))),
        ("mevrouw Verlaan", FindColleague(("mevrouw", "verlaan"))),
        ("spoed 18-8 bellen", ShowRules("hours")),
        ("bel 0470 12 34 56", ShowRules("address")),
        ("020 1234567", ShowRules("address")),
        ("spoed bellen Kerkstraat 12", ShowRules("address")),
    ],
)
def test_other_intents(text, intent):
    assert parse(text, LEXICON, "nl") == intent


@given(st.text(max_size=120))
def test_whatever_is_typed_never_breaks(text):
    assert parse(text, LEXICON, "nl") is not None


@given(st.sampled_from(Urgency), st.none() | rules)
def test_an_undo_button_carries_a_rule_exactly(urgency, rule):
    start, until = (rule.hours.start, rule.hours.until) if rule and rule.hours else (None, None)
    shown = ReachRule(urgency, rule.route, rule.within, start, until) if rule else ReachRule(urgency)
    assert presses.to_set({"rules": [carried(shown)]}) == SetRules(((urgency, rule),), undo=True)


@given(
    st.dictionaries(
        st.sampled_from(("normal_route", "normal_from", "normal_until", "urgent_within")),
        st.text(max_size=8) | st.integers(),
    )
)
def test_no_card_data_breaks_the_press(data):
    presses.to_save(data)


JAN, JANSEN = Member("29:1", "u1", "Bart Jansen"), Member("29:2", "u2", "Bart van den Berg")
GUEST = Member("29:3", "u3", "Bart Gast", guest=True)
ROSTER = [Roster((JAN, JANSEN, GUEST), None), Roster((JAN,), None)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("bart",), {"u1", "u2"}),
        (("jansen",), {"u1"}),
        (("berg", "bart"), {"u2"}),
        (("bar",), set()),
        (("gast",), set()),
    ],
)
def test_a_name_finds_members_by_whole_words(words, found):
    assert {member.user_id for member in matching(FindColleague(words), ROSTER, "me")} == found


def test_one_asking_for_their_own_first_name_means_a_colleague():
    assert [member.user_id for member in matching(FindColleague(("bart",)), ROSTER, "u1")] == ["u2"]
