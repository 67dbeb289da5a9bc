"""What was just set on the card of a day, in a line with its undo: the card below shows the rest."""

from cards.elements import Sheet, button
from cards.where.changed import changed_title, newer_line, who_sees
from cards.where.instead import closed_lines
from cards.where.verbs import UNDO, part_texts
from cards.where.views import ChangedView
from cards.where.wording import part_lines

MOST_LINES = 6


def changed_line(sheet: Sheet, view: ChangedView, card: str, *, closures: bool = False) -> None:
    """What was set, who sees it, and the way back; `card` is where the answer to an undo is shown."""
    t = sheet.t
    sheet.heading(changed_title(t, view))
    sheet.bullets(part_lines(t, view.parts), MOST_LINES)
    newer_line(sheet, view)
    if closures and view.closed:
        closed_lines(sheet, view.closed, **{"from": card})
    if view.undo:
        was = {"was": part_texts(view.parts), "from": card}
        sheet.buttons([button(t, t("Undo"), UNDO, parts=part_texts(view.undo), **was)])
    if not view.quiet:  # the card below says it
        who_sees(sheet, view)
