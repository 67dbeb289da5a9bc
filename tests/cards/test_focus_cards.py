"""What the cards of `/focus` say and send."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.days import DayPart
from bot.domain.focus import presses as domain
from bot.domain.focus.grammar import Context, parse
from bot.domain.focus.intents import MOST, At, Extend, Problem, Settings, ShowFocus, Start, Stop
from bot.domain.focus.session import LONGEST, SHORTEST, Mode
from bot.domain.words import Lexicon
from cards.catalogue import texts
from cards.focus import FocusSession, FocusStart, FocusUnclearView, Moment, typed, wording
from cards.focus import begin as begin_card
from cards.focus.begin import next_half_hour
from cards.focus.gone import LINES
from cards.focus.traces import AHEAD, ENDED
from cards.focus.unclear import PROBLEMS
from cards.focus.verbs import start_data, utc_text
from cards.focus.wording import MODES, minutes_between
from cards.focus.written import event_subject, status_message
from cards.reach import ReachRule
from cards.renderers import draw
from cards.words import load
from tests.cards.elements import faults, presses, texts_of, walk
from tests.cards.focus_cases import FOCUS_CASES, FULL, NOTHING, NOW, PLANNED, RULES, SESSION, TODAY, VIEW, ZONE, at

LEXICON = Lexicon.of(load())
READ = {
    "focus.start": domain.to_start,
    "focus.extend": domain.to_extend,
    "focus.stop": domain.to_stop,
    "focus.settings": domain.to_settings,
    **dict.fromkeys(("focus.show", "focus.retry", "focus.connect", "focus.signout"), domain.to_show),
}
ELSEWHERE = {"reach.share", "start.show"}
CARDS = {name: view for name, view in FOCUS_CASES.items() if draw(view(), "nl").card}
each_language = pytest.mark.parametrize("language", ["nl", "nl-BE", "en"])


def pressed(view, verb, language="nl"):
    return [press for press in presses(draw(view, language).card) if press["verb"] == verb]


@pytest.mark.parametrize("case", CARDS)
def test_every_button_means_something_to_the_bot(case):
    for press in presses(draw(CARDS[case](), "nl").card):
        if press["verb"] not in ELSEWHERE:
            assert READ[press["verb"]](press["data"]) is not None, press


@pytest.mark.parametrize("case", CARDS)
def test_the_words_of_flanders_draw_every_card_too(case):
    drawn = draw(CARDS[case](), "nl-BE")
    assert faults(drawn.card) == []
    assert [text for text in texts_of(drawn.card) if text not in drawn.text] == []


def starts():
    days = (None, (TODAY, None, None), (TODAY, None, "morning"), (TODAY, 570, None))
    for when in days:
        for minutes, until in ((None, None), (90, None), (None, (TODAY, 690, None))):
            if not (when and when[1] is None and until):
                yield when, minutes, until


@pytest.mark.parametrize("said", tuple(starts()))
@pytest.mark.parametrize("rest", [(None, False, None), ("quiet", True, "Zaak 2026-114"), ("reachable", False, None)])
def test_a_start_travels_as_the_domain_has_it(said, rest):
    """Both write the same data, and it is read back as the same start."""
    when, minutes, until = said
    mode, learning, subject = rest
    mine = FocusStart(when and Moment(*when), minutes, until and Moment(*until), mode, learning, subject)
    theirs = Start(moment(when), minutes, moment(until), mode and Mode(mode), learning, subject)
    carried = {name: value for name, value in start_data(mine).items() if value is not None}
    assert carried == domain.start_data(theirs)
    assert domain.to_start(carried) == theirs


def moment(said):
    return said and At(said[0], said[1], DayPart(said[2]) if said[2] else None)


def test_another_end_is_a_moment_and_not_a_length():
    """Pressed twice, or tomorrow, the button still says the same end."""
    for view in (VIEW, replace(VIEW, now=VIEW.now + timedelta(minutes=30))):
        (press,) = pressed(view, "focus.extend")
        assert domain.to_extend(press["data"]) == Extend(datetime(2026, 11, 24, 11, 0, tzinfo=UTC))
        assert press["title"] == "+30 min (tot 12:00)"


def test_half_an_hour_more_never_makes_it_longer_than_a_session_may_be():
    assert (wording.LONGEST, begin_card.SHORTEST) == (LONGEST, SHORTEST)
    for minutes in range(10, MOST + 1):
        session = replace(SESSION, ends=SESSION.starts + timedelta(minutes=minutes))
        found = pressed(replace(VIEW, session=session), "focus.extend")
        if minutes == MOST:
            assert found == []
            continue
        until = domain.to_extend(found[0]["data"]).until
        assert until == session.ends + min(timedelta(minutes=30), session.starts + LONGEST - session.ends)


def test_an_hour_that_the_clock_shows_twice_is_counted_once():
    """On 25 October 2026 the clock goes from 3:00 back to 2:00."""
    starts, ends = (datetime(2026, 10, 25, 2, 30, tzinfo=ZONE, fold=fold) for fold in (0, 1))
    assert minutes_between(starts, ends) == 60
    view = replace(VIEW, now=starts, session=replace(SESSION, starts=starts, ends=ends))
    (press,) = pressed(view, "focus.extend")
    assert press["data"]["until"] == "2026-10-25T02:00:00+00:00"


@pytest.mark.parametrize(
    ("now", "until"),
    [((10, 43), (11, 0)), ((10, 20), (10, 30)), ((10, 21), (11, 0)), ((10, 51), (11, 30)), ((23, 55), (0, 30))],
)
def test_until_the_next_half_hour_leaves_time_for_the_shortest(now, until):
    found = next_half_hour(at(*now))
    assert (found.hour, found.minute) == until
    assert SHORTEST <= found - at(*now) <= timedelta(minutes=40)
    (press,) = [one for one in pressed(replace(NOTHING, now=at(*now)), "focus.start") if "until" in one["data"]]
    day = TODAY + timedelta(days=until < now)
    assert domain.to_start(press["data"]) == Start(until=At(day, until[0] * 60 + until[1]))


def test_what_is_filled_in_goes_along_with_a_start_and_with_nothing_else():
    """Teams sends every field with every button that does not say otherwise, and overrides what the button says."""
    view = replace(NOTHING, connection="on", times=(Moment(TODAY, 780),), later=(PLANNED,))
    card = draw(view, "nl").card
    fields = {one["id"] for one in walk(card) if one["type"].startswith("Input.")}
    assert fields == {"mode", "subject"}
    for press in presses(card):
        if press["verb"] == "focus.start":
            assert "associatedInputs" not in press
            assert not fields & set(press["data"])
        else:
            assert press["associatedInputs"] == "none"
    (later,) = (press for press in presses(card) if press["verb"] == "focus.start" and "at" in press["data"])
    filled = {"mode": "reachable", "subject": "nota", **later["data"]}
    assert domain.to_start(filled) == Start(At(TODAY, 780), 50, mode=Mode.REACHABLE, subject="nota")


@each_language
def test_the_first_card_says_once_what_cannot_be_known_and_what_an_early_stop_does(language):
    """Until somebody who never used it knows; in either mode, also where it is still to come."""
    t = texts(language)
    said = (t("If you had chosen a Teams status yourself before, I cannot read that back, and do not put it back."),)
    early = (
        "If you stop early, I take away what I set. If you chose {status} yourself meanwhile, that goes too: I see no"
        " difference. What else you changed stays."
    )
    shown = {"quiet": t("Do not disturb"), "reachable": t("Busy")}
    priority = t("On your computer you choose who has priority access: in Teams under Settings, Privacy.")
    for state, session in (("on", SESSION), ("planned", PLANNED)):
        for mode in ("quiet", "reachable"):
            view = replace(VIEW, state=state, session=replace(session, mode=mode), first=True)
            text = draw(view, language).text
            assert all(one in text for one in (*said, t(early, status=shown[mode])))
            assert (priority in text) is (mode == "quiet")
            assert not any(one in draw(replace(view, first=False), language).text for one in (*said, priority))


def test_the_settings_card_sends_what_is_filled_in_and_undo_what_was():
    card = draw(FOCUS_CASES["focus_settings_saved"](), "nl").card
    fields = {one["id"]: one["value"] for one in walk(card) if one["type"].startswith("Input.")}
    assert domain.to_settings(fields) == Settings(45, Mode.REACHABLE, end_line=True, status=False)
    save, undo = (press for press in presses(card) if press["verb"] == "focus.settings")
    assert "associatedInputs" not in save
    assert not set(fields) & set(save["data"])
    assert undo["associatedInputs"] == "none"
    assert domain.to_settings(undo["data"]) == Settings(50, Mode.QUIET, end_line=False, status=True)


def test_only_a_yes_outside_working_hours_is_not_asked_again():
    (yes,) = pressed(FOCUS_CASES["focus_asked"](), "focus.start")
    assert yes["data"]["sure"] is True
    for name, view in CARDS.items():
        if name != "focus_asked":
            assert not any("sure" in press["data"] for press in presses(draw(view(), "nl").card))


def test_what_is_about_one_focus_time_says_which():
    for view in (FULL, VIEW, FOCUS_CASES["focus_planned"](), FOCUS_CASES["focus_planned_meeting"]()):
        for press in presses(draw(view, "nl").card):
            if press["verb"] in {"focus.stop", "focus.extend", "focus.retry", "focus.start"}:
                assert press["data"]["session"] in {view.session.id, *(one.id for one in view.later)}


@pytest.mark.parametrize("language", ["nl", "nl-BE", "en"])
def test_the_subject_is_drawn_nowhere(language):
    """It stands in the person's own event only: a button carries it, no card and no text says it."""
    word = "bezwaarschrift"
    starts = tuple(FocusStart(Moment(TODAY, minute), 60, subject=word) for minute in (780, 840))
    views = [
        *(FocusUnclearView(problem, NOW, starts) for problem in PROBLEMS),
        FULL,
        replace(FOCUS_CASES["focus_asked"](), again=starts[0]),
    ]
    for view in views:
        drawn = draw(view, language)
        assert word not in drawn.text
        assert not any(word in text for text in texts_of(drawn.card))
        assert not any(word in press["title"] for press in presses(drawn.card))
        assert word in str([press["data"] for press in presses(drawn.card)])
    assert word not in repr(starts)


def test_every_problem_mode_and_state_has_words():
    assert set(PROBLEMS) == set(Problem)
    assert set(MODES) == set(Mode)
    for table in (AHEAD, ENDED):
        assert set(table) == {"presence", "status", "block"}
    common = {"done", "busy", "later", "theirs", "failed", "unconnected", "off"}
    assert [set(states) - common for states in AHEAD.values()] == [set(), set(), {"covered", "absent"}]
    assert all(common <= set(states) for states in AHEAD.values())


@pytest.mark.parametrize("state", ["done", "busy", "theirs", "failed"])
def test_no_two_of_the_three_are_told_alike(state):
    """By words, not by the mark before them."""
    for language in ("nl", "en"):
        t = texts(language)
        for table in (AHEAD, ENDED):
            said = [t(words[state]) for words in table.values()]
            assert len({line.partition(":")[0] for line in said}) == 3


def test_a_retry_is_offered_where_something_failed_and_only_there():
    for name, view in CARDS.items():
        made = view()
        session = getattr(made, "session", None)
        failed = isinstance(session, FocusSession) and "failed" in (session.presence, session.status, session.block)
        # What is over and cannot be reached is mended by connecting.
        lost = failed and made.connection == "lost" and made.state in ("stopped", "over")
        assert bool(pressed(made, "focus.retry")) == (failed and not lost), name
        assert not lost or len(pressed(made, "focus.connect")) == 1, name


def test_not_connected_still_says_that_it_holds():
    for name, view in CARDS.items():
        if "alone" in name and "none" not in name and "stopped" not in name:
            assert "It holds inside Samen all the same." in draw(view(), "en").text, name
        told = name not in ("focus_connect_connected", "focus_signed_out_not")
        if name.startswith(("focus_connect", "focus_signed_out")) and told:
            assert "Your focus time holds inside Samen anyway" in draw(view(), "en").text, name


def test_an_approval_is_not_asked_of_whoever_cannot_give_it():
    """No button where it was said once, but for the settings, where whoever looks for it finds it."""
    for name in ("focus_alone_admin", "focus_alone_again", "focus_none_off"):
        assert pressed(FOCUS_CASES[name](), "focus.connect") == []
    assert len(pressed(FOCUS_CASES["focus_settings_unapproved"](), "focus.connect")) == 1
    assert pressed(FOCUS_CASES["focus_settings"](), "focus.connect") == []


def test_there_is_one_button_to_sign_in():
    """Teams' own card follows what is said the first time, or when it was asked for; elsewhere the button is ours."""
    for name in ("focus_alone", "focus_connect", "focus_connect_revoked"):
        assert pressed(FOCUS_CASES[name](), "focus.connect") == [], name
    for name in ("focus_planned_alone", "focus_none_alone", "focus_half_connected", "focus_connect_failed"):
        assert len(pressed(FOCUS_CASES[name](), "focus.connect")) == 1, name


@each_language
def test_what_the_cards_say_to_type_is_understood(language):
    """Each hint, in the words of its language, is the intent of the button beside it."""
    t, lexicon = texts(language), LEXICON
    said = {
        typed.start_example(t, 90): Start(minutes=90),
        typed.until_example(t, "11:30"): Start(until=At(TODAY, 690)),
        typed.learning_example(t): Start(minutes=60, learning=True),
        typed.reachable_example(t): Start(minutes=50, mode=Mode.REACHABLE),
        typed.stop_example(t): Stop(),
        typed.show_example(t): ShowFocus(),
        typed.settings_example(t): Settings(),
        t("/focus default 25"): Settings(25),
        t("/focus default reachable"): Settings(mode=Mode.REACHABLE),
        t("/focus end line on"): Settings(end_line=True),
        t("/focus end line off"): Settings(end_line=False),
        t("/focus status off"): Settings(status=False),
        t("/focus status on"): Settings(status=True),
    }
    context = Context(NOW, language.partition("-")[0])
    for example, intent in said.items():
        assert parse(example.removeprefix("/focus "), lexicon, context) == intent, example
    plan = parse(typed.plan_focus_example(t).removeprefix("/focus "), lexicon, context)
    assert (plan.at, plan.minutes, bool(plan.subject)) == (At(TODAY + timedelta(days=1), 540), 120, True)
    busy = replace(context, under_way=(SESSION.starts.astimezone(UTC), SESSION.ends.astimezone(UTC)))
    longer = parse(typed.longer_example(t).removeprefix("/focus "), lexicon, busy)
    assert longer == Extend(SESSION.ends.astimezone(UTC) + timedelta(minutes=30))


def test_a_status_message_says_until_when_and_what_to_do_when_it_is_urgent():
    assert status_message(SESSION.ends, RULES, "nl") == "Focus tot 11:30. Spoed: bellen."
    assert status_message(SESSION.ends, RULES, "nl-BE") == "Focus tot 11:30. Dringend: bellen."
    assert status_message(SESSION.ends, (), "en", learning=True) == "Learning until 11:30."
    assert (
        status_message(SESSION.ends, (ReachRule("urgent"), ReachRule("normal", "chat")), "en") == "Focus until 11:30."
    )


def test_a_block_is_called_after_its_subject():
    assert event_subject("Zaak {0} & *co*", "nl") == "Focus: Zaak {0} & *co*"
    assert event_subject(None, "nl", learning=True) == "Leertijd"
    assert event_subject("C#", "en", learning=True) == "Learning: C#"


@each_language
def test_what_was_called_off_is_no_more_told_once_that_time_is_planned_anew(language):
    gone = replace(SESSION, id="f9", starts=PLANNED.starts, called_off="deleted")
    told = texts(language)(LINES["deleted"], when="{}").partition("{}")[0]
    other = replace(gone, starts=PLANNED.starts + timedelta(hours=5))
    for view in (replace(VIEW, state="planned", session=PLANNED), replace(VIEW, later=(PLANNED,))):
        assert told not in draw(replace(view, gone=gone), language).text
        assert told in draw(replace(view, gone=other), language).text


@each_language
def test_no_two_choices_read_alike(language):
    """Where 50 minutes are usual, the number of "rapport 50" is how long, or belongs to the subject."""
    offers = FocusStart(minutes=50, subject="rapport"), FocusStart(subject="rapport 50")
    first, second = pressed(FocusUnclearView("doubtful", NOW, offers, 50), "focus.start", language)
    assert first["title"].endswith(texts(language)("with your subject"))
    assert second["title"].endswith(texts(language)("with all of it as your subject"))
    assert second["data"]["subject"] == "rapport 50"


def test_a_card_with_times_goes_when_its_day_is_over():
    assert VIEW.first_day == TODAY
    assert NOTHING.first_day is None
    assert replace(NOTHING, later=(PLANNED,)).first_day == TODAY + timedelta(days=1)


def test_a_moment_travels_the_same_from_any_zone():
    assert utc_text(at(11, 30)) == utc_text(at(11, 30).astimezone(UTC)) == "2026-11-24T10:30:00+00:00"


@each_language
def test_where_the_clock_goes_back_in_between_the_length_is_told(language: str):
    """From 2:50 to 2:40 would be no time at all; it is fifty minutes."""
    starts = datetime(2026, 10, 25, 0, 50, tzinfo=UTC).astimezone(ZONE)
    shown = wording.span_words(
        texts(language), starts, (starts.astimezone(UTC) + timedelta(minutes=50)).astimezone(ZONE)
    )
    assert shown.endswith("2:40 (50 min)")
    on_another_day = starts + timedelta(days=1)
    assert "min" not in wording.span_words(texts(language), on_another_day, on_another_day + timedelta(minutes=50))
