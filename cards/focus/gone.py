"""What Samen called off by itself, and why."""

from cards.catalogue import marked
from cards.elements import Sheet
from cards.focus.views import FocusSession, FocusView
from cards.focus.wording import moment_of, moment_words

CALLED_OFF = {
    "deleted": marked("You took the block out of your calendar, so this does not go on."),
    "moved": marked(
        "You moved the block to a time that cannot be: focus time takes 10 minutes to 4 hours and is not in the past. "
        "So this does not go on."
    ),
    "away": marked("Your plan says that you do not work then, so this does not go on."),
    "paused": marked("You pause then, so this does not go on."),
    "off": marked("Your organisation switched focus time off. That ended this, too."),
}
LINES = {
    "deleted": marked("Your focus time of {when} was called off: you took the block out of your calendar."),
    "moved": marked("Your focus time of {when} was called off: you moved the block to a time that cannot be."),
    "away": marked("Your focus time of {when} was called off: you do not work then."),
    "paused": marked("Your focus time of {when} was called off: you pause then."),
    "off": marked("Your focus time of {when} was called off: your organisation switched focus time off."),
}


def gone_line(sheet: Sheet, view: FocusView) -> None:
    """One line of it on whatever card comes next, for whoever has not seen its own."""
    if view.gone and view.gone.called_off and not _is_there(view, view.gone):
        when = moment_words(sheet.t, moment_of(view.gone.starts), view.now.date())
        sheet.say(sheet.t(LINES[view.gone.called_off], when=when))


def _is_there(view: FocusView, gone: FocusSession) -> bool:
    """Whether the card shows it, or one that was planned for that time anew: nobody would know which is meant."""
    shown = [view.session, *view.later]
    return any(one and (one.id == gone.id or one.starts == gone.starts) for one in shown)
