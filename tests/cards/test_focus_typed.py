"""Promise 9 for `/focus`: whatever a button of a card does, a sentence does too, and the card's hint names what matters."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.focus import presses as domain
from bot.domain.focus.grammar import Context, parse
from bot.domain.focus.intents import (
    CallOff,
    EndAt,
    Extend,
    Move,
    Retry,
    Settings,
    ShowFocus,
    SignIn,
    Start,
    Stop,
    Which,
)
from bot.domain.words import Lexicon
from cards.catalogue import texts
from cards.focus import FocusSet, FocusStart, Moment, typed
from cards.focus.views import FocusExtend
from cards.focus.wording import offer_words, set_words
from cards.renderers import draw
from cards.words import load
from tests.cards.elements import presses
from tests.cards.focus_cases import FOCUS_CASES, NOW, ZONE

LEXICON = Lexicon.of(load())
ELSEWHERE = {"reach.share", "start.show"}
CARDS = {name: view for name, view in FOCUS_CASES.items() if draw(view(), "nl").card}
# What can be pressed and must stand in the hint of its card; the rest is fields, and ways back to my card.
NAMED = {"focus.stop", "focus.extend", "focus.retry", "focus.connect", "focus.signout"}
each_card = pytest.mark.parametrize("case", CARDS)
each_language = pytest.mark.parametrize("language", ["nl", "nl-BE", "en"])


def understood(sentence, language, view):
    command = LEXICON.command(sentence)
    assert command, sentence
    if command.key == "signout":
        return "signout"
    assert (command.key, command.slash) == ("focus", True), sentence
    session = getattr(view, "session", None)
    on = getattr(view, "state", None) == "on" and (session.starts.astimezone(UTC), session.ends.astimezone(UTC))
    if isinstance(session, str):  # what is not clear is said while that one is under way
        on = (NOW.replace(hour=10, minute=0).astimezone(UTC), NOW.replace(hour=11, minute=30).astimezone(UTC))
    now = getattr(view, "now", NOW)
    return parse(command.rest, LEXICON, Context(now, language.partition("-")[0], under_way=on or None))


def known(view):
    """When each session of the card begins."""
    session = getattr(view, "session", None)
    shown = [*([session] if session and not isinstance(session, str) else []), *getattr(view, "later", ())]
    offers = [one for one in getattr(view, "offers", ()) if hasattr(one, "starts")]
    return {one.id: one.starts for one in shown} | {one.session: one.starts for one in offers}


def said_and_meant(press, view, t):  # noqa: PLR0911 - one for each verb
    """A sentence for a button, and what the button means."""
    verb, data = press["verb"], press["data"]
    starts, now, usual = known(view).get(data.get("session")), getattr(view, "now", NOW), getattr(view, "usual", 50)
    today = now.date()
    ahead = starts is not None and starts > now
    which = starts and Which((starts.date(),) if starts.date() != today else (), starts.hour * 60 + starts.minute)
    match verb:
        case "focus.start" if starts:
            start = domain.to_start(data)
            to = start.at and Moment(start.at.day, start.at.minute)
            own_day = start.at is not None and start.at.day == starts.date() == today  # then the time alone is said
            return typed.move_example(t, starts, to, today), Move(start.at, which, own_day=own_day)
        case "focus.start":
            start = replace(domain.to_start(data), subject=None, sure=data.get("sure") is True)
            return said_of(start, t, today, usual), start
        case "focus.stop":
            return (typed.off_example(t, starts, today), CallOff(which)) if ahead else (typed.stop_example(t), Stop())
        case "focus.extend":
            end = domain.to_extend(data)
            local = end.until.astimezone(ZONE)
            if ahead:
                return typed.end_example(t, starts, local, today), EndAt(which, local.hour * 60 + local.minute)
            return f"/focus {offer_words(t, FocusExtend(local), today, usual)}", end
        case "focus.settings":
            wanted = domain.to_settings(data)
            return typed_settings(wanted, t), wanted
    return {
        "focus.retry": (typed.retry_example(t), Retry()),
        "focus.connect": (typed.connect_example(t), SignIn()),
        "focus.signout": (typed.sign_out_example(t), "signout"),
        "focus.show": shown(data, t),
    }[verb]


def shown(data, t):
    """A button without its session shows what can begin, or what is under way."""
    new = "session" not in data
    return (typed.new_example(t) if new else typed.show_example(t)), ShowFocus(new=new)


def said_of(start, t, today, usual):
    at, until = (
        each and Moment(each.day, each.minute, each.part and each.part.value) for each in (start.at, start.until)
    )
    offered = FocusStart(at, start.minutes, until, start.mode and start.mode.value, start.learning)
    if start.sure:
        return typed.all_the_same_example(t, offered, today, usual)
    return f"/focus {offer_words(t, offered, today, usual)}"


def typed_settings(wanted, t):
    if wanted == Settings():
        return typed.settings_example(t)
    mode = wanted.mode and wanted.mode.value
    return f"/focus {' '.join(set_words(t, FocusSet(wanted.minutes, mode, wanted.end_line, wanted.status)))}"


def means(intent, meant):
    """Whether it comes to the same: a length that a button leaves to what is usual may be said in full."""
    if isinstance(intent, Start) and isinstance(meant, Start) and meant.minutes is None and not meant.until:
        return replace(intent, minutes=None) == meant
    return intent == meant


@each_language
@each_card
def test_what_a_button_does_can_be_typed(case, language):
    view, t = CARDS[case](), texts(language)
    for press in presses(draw(view, language).card):
        if press["verb"] in ELSEWHERE:
            continue
        sentence, meant = said_and_meant(press, view, t)
        intent = understood(sentence, language, view)
        assert means(intent, meant), (press["title"], sentence, intent, meant)


def hints(view, language):
    line = draw(view, language).text.strip().splitlines()[-1]
    opening = texts(language)("Or type: {examples}", examples="")
    assert line.startswith(opening), line
    return line.removeprefix(opening).split(" · ")


@each_language
@each_card
def test_every_hint_is_understood(case, language):
    view = CARDS[case]()
    for sentence in hints(view, language):
        assert not hasattr(understood(sentence, language, view), "problem"), sentence


@each_language
@each_card
def test_the_hint_names_what_matters(case, language):
    """Of each sort of button on the card, the sentence for the first."""
    view, t = CARDS[case](), texts(language)
    meant = [understood(sentence, language, view) for sentence in hints(view, language)]
    told = {type(intent) for intent in meant}
    for press in presses(draw(view, language).card):
        _, wanted = said_and_meant(press, view, t) if press["verb"] not in ELSEWHERE else ("", None)
        moves = press["verb"] == "focus.start" and isinstance(wanted, Move)
        sure = isinstance(wanted, Start) and wanted.sure
        if press["verb"] in NAMED or moves:
            assert type(wanted) in told, (press["title"], meant)
        assert not sure or wanted in meant, (press["title"], meant)


def test_a_sentence_says_exactly_which_one():
    """Whatever the day of what is planned, and whatever its time."""
    for language in ("nl", "en"):
        t = texts(language)
        for days in range(1, 31):
            starts = datetime(2026, 11, 24, tzinfo=ZONE).replace(hour=7 + days % 15, minute=days)
            starts = starts.fromtimestamp(starts.timestamp() + days * 86400, ZONE)
            which = Which((starts.date(),), starts.hour * 60 + starts.minute)
            sentence = typed.off_example(t, starts, NOW.date())
            assert understood(sentence, language, None) == CallOff(which), sentence
            sentence = typed.move_example(t, starts, Moment(NOW.date(), 1185), NOW.date())
            assert understood(sentence, language, None).which == which, sentence


def test_the_table_knows_every_intent_of_a_card():
    assert {Stop, CallOff, Extend, EndAt, Move, Start, Settings, ShowFocus, Retry, SignIn, str} == {
        type(said_and_meant(press, view(), texts("en"))[1])
        for view in CARDS.values()
        for press in presses(draw(view(), "en").card)
        if press["verb"] not in ELSEWHERE
    }
