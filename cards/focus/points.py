"""Sentences below each other."""

from collections.abc import Sequence

from cards.elements import Sheet, container, words


def points(sheet: Sheet, lines: Sequence[str]) -> None:
    """With room between them: on a phone each takes two or three lines."""
    sheet.add(container(*(words(line, spacing="Small" if n else None) for n, line in enumerate(lines))))
    sheet.write(lines)
