"""Focus times to come, each with its way out."""

from collections.abc import Sequence
from datetime import date

from cards.elements import Sheet, button
from cards.focus.verbs import STOP, alone
from cards.focus.views import FocusSession
from cards.focus.wording import moment_of, moment_words, session_words
from cards.where.wording import capital

MOST_AHEAD = 3


def ahead_lines(sheet: Sheet, sessions: Sequence[FocusSession], today: date, title: str) -> None:
    """The first few, below a title of their own."""
    t, shown = sheet.t, sessions[:MOST_AHEAD]
    if not shown:
        return
    sheet.heading(title)
    sheet.bullets([capital(session_words(t, one, today)) for one in shown])
    titles = [t("Call off {when}", when=moment_words(t, moment_of(one.starts), today)) for one in shown]
    sheet.buttons([alone(button(t, name, STOP, session=one.id)) for name, one in zip(titles, shown, strict=True)])
