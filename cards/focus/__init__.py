"""The cards of `/focus`: my protected time, what Teams and my calendar show of it, and the way to connect them.

Buttons are Action.Execute; what each verb carries, besides `l` (the language the card was drawn in) and, where it is about
one focus time, `session` (its id):
  focus.start     a start, as `bot/domain/focus/presses.py` reads it; `sure`: asked back already, outside working hours
  focus.extend    until: another end, "2026-11-25T10:30:00+00:00"
  focus.stop      nothing; with a session to come: calls it off
  focus.settings  what to set; nothing: show them
  focus.show, focus.retry, focus.connect, focus.signout  nothing more; a show without a session: what can begin
"""

from cards.focus.views import (
    ConnectView,
    FocusExtend,
    FocusOverView,
    FocusSession,
    FocusSet,
    FocusSettingsView,
    FocusStart,
    FocusStop,
    FocusUnclearView,
    FocusView,
    FocusWhich,
    Meeting,
    Moment,
    Offer,
    SignedOutView,
)

__all__ = [
    "ConnectView",
    "FocusExtend",
    "FocusOverView",
    "FocusSession",
    "FocusSet",
    "FocusSettingsView",
    "FocusStart",
    "FocusStop",
    "FocusUnclearView",
    "FocusView",
    "FocusWhich",
    "Meeting",
    "Moment",
    "Offer",
    "SignedOutView",
]
