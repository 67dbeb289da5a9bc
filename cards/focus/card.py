"""My focus time on one card: under way, planned, over, or none."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from cards.catalogue import Texts, marked, texts
from cards.drawing import Drawn
from cards.elements import Action, Sheet, button
from cards.focus.ahead import ahead_lines
from cards.focus.begin import draw_none
from cards.focus.explain import explanation, who_sees
from cards.focus.gone import CALLED_OFF, gone_line
from cards.focus.hints import hint
from cards.focus.meetings import meeting_lines
from cards.focus.traces import has, is_connected, trace_lines
from cards.focus.verbs import CONNECT, EXTEND, RETRY, SHOW, STOP, offered, utc_text
from cards.focus.views import FocusSession, FocusStart, FocusView
from cards.focus.wording import (
    MODES,
    clock,
    half_an_hour_more,
    long_words,
    minutes_between,
    session_words,
    span_words,
    whole_day,
)
from cards.reach.wording import rule_words
from cards.where.wording import capital

CHANGES = {
    "extended": marked("It now lasts until {until}."),
    "shortened": marked("It now ends at {until}."),
    "already": marked("This was already under way. Nothing has changed."),
    "another": marked("That button belongs to another focus time. Nothing has changed."),
    "overlap": marked("You already have focus time then. Nothing has changed."),
    "nothing_on": marked("Nothing is under way now. This one is still planned."),
    "followed": marked("You moved the block in your calendar. I go by that: it is now from {start} to {until}."),
}
CONNECTIONS = {
    "offer": marked("I am not connected with your Microsoft 365 yet, so Teams and your calendar do not show this."),
    "lost": marked("I am no longer connected with your Microsoft 365, so I change nothing there now."),
    "admin": marked(
        "Teams and your calendar do not show this: an administrator of your organisation has to approve that first. "
        "I say this once."
    ),
    "off": marked("I am not connected with your Microsoft 365. Teams and your calendar do not show this."),
}


def draw_focus(view: FocusView, language: str) -> Drawn:
    """The card for how it stands."""
    sheet = Sheet(texts(language))
    if view.session is None:
        draw_none(sheet, view)
    else:
        DRAWN[view.state](sheet, view, view.session)
        hint(sheet, view, view.session)
    return sheet.done()


def _on(sheet: Sheet, view: FocusView, session: FocusSession) -> None:
    t, until = sheet.t, clock(session.ends)
    left = long_words(t, minutes_between(view.now, session.ends))
    left = t("{length} left at {time}", length=left, time=clock(view.now))
    title = t("Learning until {time}", time=until) if session.learning else t("Focus until {time}", time=until)
    sheet.title(title, ", ".join([capital(left), t(MODES[session.mode])]))
    _changed(sheet, view, session)
    meeting_lines(sheet, view, session)
    sheet.say(t("Until then I send you nothing that can wait."))
    stop = button(t, capital(t("stop now")), STOP, session=session.id)
    sheet.buttons([*_longer(t, session), stop, *_again(t, session)])
    _outside(sheet, view, session)
    _reach(sheet, view)
    who_sees(sheet, view, session)
    _later(sheet, view)
    if view.first:
        explanation(sheet, session)


def _planned(sheet: Sheet, view: FocusView, session: FocusSession) -> None:
    t, today = sheet.t, view.now.date()
    sheet.title(
        t("Learning time planned") if session.learning else t("Focus time planned"),
        whole_day(t, session.starts.date(), today),
    )
    _changed(sheet, view, session)
    sheet.say(f"{span_words(t, session.starts, session.ends)}, {t(MODES[session.mode])}")
    meeting_lines(sheet, view, session)
    now = FocusStart(
        minutes=minutes_between(session.starts, session.ends), mode=session.mode, learning=session.learning
    )
    off = button(t, t("Call it off"), STOP, session=session.id)
    sheet.buttons([offered(t, t("Start now"), now, session=session.id), off, *_again(t, session)])
    _outside(sheet, view, session)
    who_sees(sheet, view, session)
    _later(sheet, view)
    if view.first:
        explanation(sheet, session)


def _soon(sheet: Sheet, view: FocusView, session: FocusSession) -> None:
    """The one message before it begins: there is a meeting in it."""
    t, start = sheet.t, clock(session.starts)
    if session.learning:
        title = t("Your learning time begins at {start}", start=start)
    else:
        title = t("Your focus time begins at {start}", start=start)
    sheet.title(title, f"{span_words(t, session.starts, session.ends)}, {t(MODES[session.mode])}")
    meeting_lines(sheet, view, session)
    sheet.buttons([button(t, t("Leave it as it is"), SHOW, session=session.id)])
    sheet.say(t("If you do nothing, it stays as it is."), subtle=True)


def _ended(sheet: Sheet, view: FocusView, session: FocusSession) -> None:
    t = sheet.t
    lasted = replace(session, ends=session.stopped or session.ends)
    sheet.title(_ended_title(t, view, session), capital(session_words(t, lasted, view.now.date())))
    if session.called_off:
        sheet.say(t(CALLED_OFF[session.called_off]))
    failed, lost = has(session, "failed"), view.connection == "lost"
    trace_lines(sheet, session, ended=True, lost=lost)
    if failed and lost:
        sheet.say(
            t("I am no longer connected with your Microsoft 365. Connect me again, and I take away what is mine.")
        )
        retry = [button(t, t("Connect Microsoft 365"), CONNECT)]
    else:
        retry = [button(t, t("Try again"), RETRY, session=session.id)] if failed else []
    busy = [_refresh(t, session)] if has(session, "busy") else []
    sheet.buttons([*retry, *busy, button(t, t("New focus time"), SHOW)])
    _later(sheet, view)


def _ended_title(t: Texts, view: FocusView, session: FocusSession) -> str:
    if view.state == "over":
        return t("Your learning time is over") if session.learning else t("Your focus time is over")
    return t("Stopped") if session.stopped and not session.called_off else t("Called off")


def _asked(sheet: Sheet, view: FocusView, session: FocusSession) -> None:
    """Asked once: whoever says yes is not asked again."""
    t = sheet.t
    sheet.title(t("Outside your working hours"), whole_day(t, session.starts.date(), view.now.date()))
    span = span_words(t, session.starts, session.ends)
    sheet.say(t("{span} is outside your working hours. Start all the same?", span=span))
    sheet.say(t("Nothing has begun yet."), subtle=True)
    yes = [offered(t, t("Yes, start"), view.again, sure=True, session=view.instead)] if view.again else []
    sheet.buttons([*yes, button(t, t("No, leave it"), SHOW)])


def _changed(sheet: Sheet, view: FocusView, session: FocusSession) -> None:
    if view.changed:
        sheet.say(sheet.t(CHANGES[view.changed], until=clock(session.ends), start=clock(session.starts)))


def _outside(sheet: Sheet, view: FocusView, session: FocusSession) -> None:
    """What Teams and the calendar show; or that they do not, and that it holds all the same."""
    t = sheet.t
    if is_connected(session):
        trace_lines(sheet, session)
    if view.connection != "on":
        holds = t("It holds inside Samen all the same.")
        sheet.say(f"{t(CONNECTIONS[view.connection])} {holds}")
    # The first time Teams' own card to sign in comes below: two buttons for one thing would be one too many.
    if view.connection == "lost" or (view.connection == "offer" and not view.first):
        sheet.buttons([button(t, t("Connect Microsoft 365"), CONNECT)])


def _reach(sheet: Sheet, view: FocusView) -> None:
    """My own rules: what colleagues go by meanwhile."""
    t = sheet.t
    rules = [rule_words(t, rule) for rule in view.reach if rule.route]
    if rules:
        sheet.say(t("This is how to reach you: “{rules}”.", rules=" · ".join(rules)))


def _longer(t: Texts, session: FocusSession) -> list[Action]:
    """Half an hour more, or what is left of the longest; none where it is that long already."""
    until = half_an_hour_more(session)
    more = minutes_between(session.ends, until)
    if not more:
        return []
    title = t("+{minutes} min (until {time})", minutes=more, time=clock(until))
    return [button(t, title, EXTEND, until=utc_text(until), session=session.id)]


def _again(t: Texts, session: FocusSession) -> list[Action]:
    retry = [button(t, t("Try again"), RETRY, session=session.id)] if has(session, "failed") else []
    return [*retry, _refresh(t, session)]


def _refresh(t: Texts, session: FocusSession) -> Action:
    return button(t, t("Refresh"), SHOW, session=session.id)


def _later(sheet: Sheet, view: FocusView) -> None:
    gone_line(sheet, view)
    ahead_lines(sheet, view.later, view.now.date(), sheet.t("Also planned"))


DRAWN: Mapping[str, Callable[[Sheet, FocusView, FocusSession], None]] = {
    "on": _on,
    "planned": _planned,
    "soon": _soon,
    "stopped": _ended,
    "over": _ended,
    "asked": _asked,
}
