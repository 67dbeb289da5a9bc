"""Samen and somebody's own Microsoft 365: what it would do there, what it never does, and the way in and out."""

from collections.abc import Callable, Mapping

from microsoft_teams.cards.core import OpenUrlAction

from cards.catalogue import marked, texts
from cards.drawing import Drawn
from cards.elements import Action, Sheet, action, button
from cards.focus.points import points
from cards.focus.typed import show_example, sign_out_example, start_example
from cards.focus.verbs import CONNECT, SHOW, SIGN_OUT
from cards.focus.views import ConnectView, SignedOutView
from cards.focus.wording import clock
from cards.where.typed import or_type

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
    DRAWN[view.why](sheet, view)
    return sheet.done()


def _new(sheet: Sheet, view: ConnectView) -> None:
    t = sheet.t
    sheet.title(t("Connect me with your Microsoft 365"))
    sheet.say(t("I am not connected with it yet. You decide, and you can take it back at any time."))
    _what(sheet)
    _sign_in(sheet, view)


def _what(sheet: Sheet) -> None:
    t = sheet.t
    sheet.heading(t("What I would do there"))
    points(sheet, [t(line) for line in DOES])
    sheet.heading(t("What I never do there"))
    points(sheet, [t(line) for line in NEVER])


def _again(sheet: Sheet, view: ConnectView) -> None:
    """Signing in is needed once more."""
    t = sheet.t
    if view.why == "failed":
        sheet.title(t("Signing in did not work"))
        sheet.say(t("I am not connected with your Microsoft 365. You can simply try it again."))
    else:
        sheet.title(t("Sign in again"))
        sheet.say(t("Microsoft asks you to sign in again now and then. Until you do, I change nothing there."))
    _sign_in(sheet, view)


def _revoked(sheet: Sheet, view: ConnectView) -> None:
    t = sheet.t
    sheet.title(t("No longer connected"))
    sheet.say(t("The permission for your Microsoft 365 was taken back. That is fine: I reach nothing there any more."))
    sheet.say(
        t(
            "A Teams status and message that I had set end by themselves. A block in your calendar stays; you can delete it."
        )
    )
    _sign_in(sheet, view)


def _sign_in(sheet: Sheet, view: ConnectView) -> None:
    """The link, or the button that asks for one; and that it is not needed."""
    t = sheet.t
    sheet.say(t(HOLDS))
    title = t("Sign in with Microsoft")
    way: Action = action(OpenUrlAction(title=title, url=view.link)) if view.link else button(t, title, CONNECT)
    sheet.buttons([way])
    if view.link:
        sheet.write([f"{title}: {view.link}"])
        sheet.say(t("Do you get a code to see? Type it here."), subtle=True)
    sheet.hint(or_type(t, [start_example(t, 50), sign_out_example(t)]))


def _admin(sheet: Sheet, _: ConnectView) -> None:
    t = sheet.t
    sheet.title(t("Your administrator has to approve this first"))
    sheet.say(
        t(
            "In your organisation an administrator of Microsoft 365 has to approve that I set the Teams status and "
            "the calendar of whoever wants that. You need not do anything."
        )
    )
    sheet.say(t(HOLDS))
    sheet.say(t("I say this once."), subtle=True)
    sheet.buttons([button(t, t("It has been approved"), CONNECT)])
    sheet.hint(or_type(t, [start_example(t, 50)]))


def _connected(sheet: Sheet, _: ConnectView) -> None:
    t = sheet.t
    sheet.title(t("Connected with Microsoft 365"))
    sheet.say(t("From now on Teams and your calendar show your focus time. Nothing else changes there."))
    sheet.buttons([button(t, t("My focus time"), SHOW), button(t, t("Disconnect"), SIGN_OUT)])
    sheet.hint(or_type(t, [start_example(t, 50), sign_out_example(t)]))


def draw_signed_out(view: SignedOutView, language: str) -> Drawn:
    """That Samen reaches it no more, and what stays."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Signed out") if view.was else t("You were not signed in"))
    sheet.say(t("I do not reach your Microsoft 365 any more.") if view.was else t("I do not reach your Microsoft 365."))
    if view.until:
        sheet.say(
            t(
                "What I set for your focus time: the Teams status and message end by themselves at {until}. "
                "The block in your calendar stays; you can delete it.",
                until=clock(view.until),
            )
        )
    sheet.say(t(HOLDS))
    if view.was:
        sheet.say(
            t("Microsoft itself still knows that you gave permission. You take that back there, under My Apps."),
            subtle=True,
        )
    sheet.buttons([button(t, t("Connect Microsoft 365"), CONNECT)])
    sheet.hint(or_type(t, [start_example(t, 50), show_example(t)]))
    return sheet.done()


DRAWN: Mapping[str, Callable[[Sheet, ConnectView], None]] = {
    "new": _new,
    "expired": _again,
    "failed": _again,
    "admin": _admin,
    "revoked": _revoked,
    "connected": _connected,
}
