"""What can be typed instead of pressing the buttons of my card."""

from collections.abc import Callable, Mapping

from cards.catalogue import Texts
from cards.elements import Sheet
from cards.focus.traces import has
from cards.focus.typed import (
    all_the_same_example,
    connect_example,
    end_example,
    longer_example,
    move_example,
    new_example,
    off_example,
    plan_focus_example,
    retry_example,
    show_example,
    start_example,
    stop_example,
    until_example,
)
from cards.focus.views import FocusExtend, FocusSession, FocusStart, FocusView
from cards.focus.wording import clock, half_an_hour_more, minutes_between
from cards.where.typed import or_type


def hint(sheet: Sheet, view: FocusView, session: FocusSession) -> None:
    """The sentences for this card's own buttons."""
    sheet.hint(or_type(sheet.t, [*HINTS[view.state](sheet.t, view, session), *around(sheet.t, view)]))


def around(t: Texts, view: FocusView) -> list[str]:
    """For the first of the others to come, and for the way into Microsoft 365."""
    off = [off_example(t, one.starts, view.now.date()) for one in view.later[:1]]
    offered = view.connection == "lost" or (view.connection == "offer" and not view.first)
    ended = view.state in ("stopped", "over", "asked", "soon")
    return [*off, *([connect_example(t)] if offered and not ended else [])]


def _on(t: Texts, view: FocusView, session: FocusSession) -> list[str]:
    more = minutes_between(session.ends, half_an_hour_more(session))
    longer = [longer_example(t, more)] if more else []
    return [*longer, stop_example(t), *_meeting(t, view, session), *_again(t, session), show_example(t)]


def _planned(t: Texts, view: FocusView, session: FocusSession) -> list[str]:
    today = view.now.date()
    off, now = off_example(t, session.starts, today), move_example(t, session.starts, None, today)
    return [off, now, *_meeting(t, view, session), *_again(t, session), show_example(t)]


def _soon(t: Texts, view: FocusView, session: FocusSession) -> list[str]:
    return [*_meeting(t, view, session), show_example(t)]


def _ended(t: Texts, view: FocusView, session: FocusSession) -> list[str]:
    # What is being taken away is looked at once more by trying again.
    again = [retry_example(t)] if has(session, "failed") or has(session, "busy") else []
    if view.connection == "lost" and has(session, "failed"):
        again = [connect_example(t)]
    return [*again, start_example(t, view.usual), plan_focus_example(t), new_example(t)]


def _asked(t: Texts, view: FocusView, _: FocusSession) -> list[str]:
    today = view.now.date()
    yes = [all_the_same_example(t, view.again, today, view.usual)] if view.again and not view.instead else []
    return [*yes, show_example(t)]


def _again(t: Texts, session: FocusSession) -> list[str]:
    return [retry_example(t)] if has(session, "failed") else []


def _meeting(t: Texts, view: FocusView, session: FocusSession) -> list[str]:
    """The two ways around a meeting."""
    today, ways = view.now.date(), []
    if view.meetings and isinstance(view.shorter, FocusExtend):
        until = view.shorter.until
        on = view.state == "on"
        ways.append(until_example(t, clock(until)) if on else end_example(t, session.starts, until, today))
    if view.meetings and isinstance(view.after, FocusStart):
        ways.append(move_example(t, session.starts, view.after.at, today))
    return ways


HINTS: Mapping[str, Callable[[Texts, FocusView, FocusSession], list[str]]] = {
    "on": _on,
    "planned": _planned,
    "soon": _soon,
    "stopped": _ended,
    "over": _ended,
    "asked": _asked,
}
