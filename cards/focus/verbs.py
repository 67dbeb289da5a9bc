"""The verbs of `/focus`, and how times travel in a button. bot/domain/focus/presses.py reads them back."""

from datetime import UTC, datetime
from typing import Any

from cards.catalogue import Texts
from cards.elements import Action, button
from cards.focus.views import FocusExtend, FocusSet, FocusStart, FocusStop, FocusWhich, Moment, Offer

START, STOP, EXTEND = "focus.start", "focus.stop", "focus.extend"
SHOW, SETTINGS, RETRY = "focus.show", "focus.settings", "focus.retry"
CONNECT, SIGN_OUT = "focus.connect", "focus.signout"
HOUR = 60


def offered(t: Texts, title: str, offer: Offer, **data: object) -> Action:
    """A button that does exactly what is offered, whatever is filled in elsewhere on the card."""
    match offer:
        case FocusStart():
            return alone(button(t, title, START, **start_data(offer), **data))
        case FocusStop():
            return alone(button(t, title, STOP, **data))
        case FocusExtend(until):
            return alone(button(t, title, EXTEND, until=utc_text(until), **data))
        case FocusSet():
            return alone(button(t, title, SETTINGS, **settings_data(offer)))
        case FocusWhich(session=session, to=to):
            return offered(t, title, to or FocusStop(), session=session)


def alone(action: Action) -> Action:
    """A button that takes the card's fields not along: Teams sends them with every button that does not say so."""
    return Action({**action, "associatedInputs": "none"})


def start_data(start: FocusStart) -> dict[str, Any]:
    """A start as a button carries it; None is left out by the button itself."""
    return {
        "at": start.at and moment_text(start.at),
        "minutes": start.minutes,
        "until": start.until and moment_text(start.until),
        "mode": start.mode,
        "learning": start.learning or None,
        "subject": start.subject,
    }


def settings_data(said: FocusSet) -> dict[str, Any]:
    return {"minutes": said.minutes, "mode": said.mode, "end_line": said.end_line, "status": said.status}


def moment_text(moment: Moment) -> str:
    """Such as "2026-11-25T13:30"; without a time "2026-11-25" or "2026-11-25.morning"."""
    day = moment.day.isoformat()
    if moment.minute is None:
        return f"{day}.{moment.part}" if moment.part else day
    return f"{day}T{moment.minute // HOUR:02}:{moment.minute % HOUR:02}"


def utc_text(moment: datetime) -> str:
    """A moment wherever it is read: "2026-11-25T10:30:00+00:00"."""
    return moment.astimezone(UTC).isoformat()
