"""Focus times to come, each with its way out."""

from collections.abc import Sequence
from datetime import date

from cards.elements import Sheet, button
from cards.focus.verbs import HOUR, STOP, alone
from cards.focus.views import FocusSession, Moment
from cards.focus.wording import moment_words, session_words
from cards.where.wording import capital

MOST_AHEAD = 3


def ahead_lines(sheet: Sheet, sessions: Sequence[FocusSession], today: date, title: str) -> None:
    """The first few, below a title of their own."""
    t, shown = sheet.t, sessions[:MOST_AHEAD]
    if not shown:
        return
    sheet.heading(title)
    sheet.bullets([capital(session_words(t, one, today)) for one in shown])
    moments = [Moment(one.starts.date(), one.starts.hour * HOUR + one.starts.minute) for one in shown]
    titles = [t("Call off {when}", when=moment_words(t, moment, today)) for moment in moments]
    sheet.buttons([alone(button(t, name, STOP, session=one.id)) for name, one in zip(titles, shown, strict=True)])
