"""What every card says of who sees it while its reader pauses or has stopped, and the way back."""

from cards.catalogue import Texts, marked
from cards.elements import Action, Sheet, button

NOBODY_NOW = marked("Nobody sees this now, because you pause or stopped. Type /start to end that.")
NOTHING_NOW = marked("I send you nothing now, because you pause or stopped. Type /start to end that.")


def resume_button(t: Texts) -> Action:
    """Ends the pause or the stop."""
    return button(t, t("Join in again"), "start.show")


def quiet_line(sheet: Sheet) -> None:
    """The sentence with its button, where else it would say who sees this."""
    _say(sheet, NOBODY_NOW)


def silent_line(sheet: Sheet) -> None:
    """The same where it would say when something is sent."""
    _say(sheet, NOTHING_NOW)


def _say(sheet: Sheet, why: str) -> None:
    sheet.say(sheet.t(why))
    sheet.buttons([resume_button(sheet.t)])
