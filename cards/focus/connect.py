"""Samen and somebody's own Microsoft 365: what it would do there, what it never does, and the way in and out."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from cards.catalogue import Texts, marked, texts
from cards.drawing import Drawn
from cards.elements import Sheet, button
from cards.focus.points import points
from cards.focus.typed import connect_example, show_example, sign_out_example, start_example
from cards.focus.verbs import CONNECT, SHOW, SIGN_OUT
from cards.focus.views import ConnectView, SignedOutView
from cards.focus.wording import clock, near_day, span_words
from cards.where.typed import or_type
from cards.where.wording import capital

DOES = (
    marked("Set your Teams status and a status message for your focus time, and take them away again."),
    marked("Put a private block in your calendar, and take it out again."),
    marked("Look whether you have a meeting then, and what your working hours are."),
)
NEVER = (
    marked("Read anything of somebody else."),
    marked("Read your mail, or keep what is in your calendar."),
    marked("Keep a password or a key to your account: those stay with Microsoft."),
)
HOLDS = marked("Your focus time holds inside Samen anyway: I send you nothing that can wait.")


def draw_connect(view: ConnectView, language: str) -> Drawn:
    """Why it is not connected and what would help; or that it is."""
    sheet = Sheet(texts(language))
    DRAWN[view.why](sheet)
    return sheet.done()


def _new(sheet: Sheet) -> None:
    t = sheet.t
    sheet.title(t("Connect me with your Microsoft 365"))
    sheet.say(t("I am not connected with it yet. You decide, and you can take it back at any time."))
    _what(sheet)
    _below(sheet)


def _what(sheet: Sheet) -> None:
    t = sheet.t
    sheet.heading(t("What I would do there"))
    points(sheet, [t(line) for line in DOES])
    sheet.heading(t("What I never do there"))
    points(sheet, [t(line) for line in NEVER])


def _failed(sheet: Sheet) -> None:
    t = sheet.t
    sheet.title(t("Signing in did not work"))
    sheet.say(t("I am not connected with your Microsoft 365. You can simply try it again."))
    sheet.say(t(HOLDS))
    sheet.buttons([button(t, t("Sign in with Microsoft"), CONNECT)])
    sheet.hint(or_type(t, [connect_example(t), start_example(t, 50), sign_out_example(t)]))


def _revoked(sheet: Sheet) -> None:
    t = sheet.t
    sheet.title(t("No longer connected"))
    sheet.say(t("The permission for your Microsoft 365 was taken back. That is fine: I reach nothing there any more."))
    sheet.say(
        t(
            "A Teams status and message that I had set end by themselves. A block in your calendar stays; you can delete it."
        )
    )
    _below(sheet)


def _below(sheet: Sheet) -> None:
    """Where the way in is, and that it is not needed."""
    t = sheet.t
    sheet.say(t(HOLDS))
    sheet.say(t("My next message in our own chat has the button to sign in. Do you get a code to see? Type it there."))
    sheet.hint(or_type(t, [start_example(t, 50), sign_out_example(t)]))


def _admin(sheet: Sheet) -> None:
    t = sheet.t
    sheet.title(t("Your administrator has to approve this first"))
    sheet.say(
        t(
            "In your organisation an administrator of Microsoft 365 has to approve that I set the Teams status and "
            "the calendar of whoever wants that. There is nothing you need to do."
        )
    )
    sheet.say(t(HOLDS))
    sheet.buttons([button(t, t("It has been approved"), CONNECT)])
    sheet.hint(or_type(t, [connect_example(t), start_example(t, 50)]))


def _connected(sheet: Sheet) -> None:
    t = sheet.t
    sheet.title(t("Connected with Microsoft 365"))
    sheet.say(t("From now on Teams and your calendar show your focus time. Nothing else changes there."))
    sheet.buttons([button(t, t("My focus time"), SHOW), button(t, t("Disconnect"), SIGN_OUT)])
    sheet.hint(or_type(t, [show_example(t), sign_out_example(t), start_example(t, 50)]))


def draw_signed_out(view: SignedOutView, language: str) -> Drawn:
    """That Samen reaches it no more, and what stays; or that it may still."""
    sheet = Sheet(texts(language))
    t = sheet.t
    if view.failed:
        _not_signed_out(sheet)
        return sheet.done()
    sheet.title(t("Signed out") if view.was else t("You were not signed in"))
    sheet.say(t("I do not reach your Microsoft 365 any more.") if view.was else t("I do not reach your Microsoft 365."))
    if view.until:
        sheet.say(t("The Teams status and message that I set end by themselves at {time}.", time=clock(view.until)))
    _blocks(sheet, view)
    sheet.say(t(HOLDS))
    if view.was:
        sheet.say(
            t("Microsoft itself still knows that you gave permission. You take that back there, under My Apps."),
            subtle=True,
        )
    sheet.buttons([button(t, t("Connect Microsoft 365"), CONNECT)])
    sheet.hint(or_type(t, [connect_example(t), start_example(t, 50), show_example(t)]))
    return sheet.done()


def _blocks(sheet: Sheet, view: SignedOutView) -> None:
    """What I leave in the calendar, and the two ways to be rid of it."""
    if not view.blocks:
        return
    t = sheet.t
    said = t.many(
        "This block stays in your calendar. You can delete it yourself.",
        "These {count} blocks stay in your calendar. You can delete them yourself.",
        len(view.blocks),
    )
    again = t("Or connect me again and stop or call off your focus time: then I take away what is mine.")
    sheet.say(f"{said} {again}")
    points(sheet, [capital(_when(t, starts, ends, view.today or starts.date())) for starts, ends in view.blocks])


def _when(t: Texts, starts: datetime, ends: datetime, today: date) -> str:
    return f"{near_day(t, starts.date(), today)} {span_words(t, starts, ends)}"


def _not_signed_out(sheet: Sheet) -> None:
    t = sheet.t
    sheet.title(t("Signing out did not work"))
    sheet.say(
        t("Microsoft gives no answer now, so I do not know whether I am out of your account. Please try it again.")
    )
    sheet.buttons([button(t, t("Try again"), SIGN_OUT)])
    sheet.hint(or_type(t, [sign_out_example(t)]))


DRAWN: Mapping[str, Callable[[Sheet], None]] = {
    "new": _new,
    "failed": _failed,
    "admin": _admin,
    "revoked": _revoked,
    "connected": _connected,
}
