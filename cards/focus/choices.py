"""Whole readings to choose from, as buttons that can be read on a phone."""

from collections.abc import Sequence

from cards.elements import Action, Sheet
from cards.where.choices import tiles

LONGEST_TITLE = 32  # characters of a button, which does not wrap


def choices(sheet: Sheet, actions: Sequence[Action]) -> None:
    """A button each, or boxes of several lines where one would be cut off; their titles are in the text form too."""
    titles = [action["title"] for action in actions]
    if all(len(title) <= LONGEST_TITLE for title in titles):
        for action in actions:
            sheet.buttons([action])
    else:
        sheet.add(*tiles(actions, across=1))
    sheet.write(titles)
