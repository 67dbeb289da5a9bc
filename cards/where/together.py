"""The day-parts that a team spends together, in words."""

from collections.abc import Sequence
from datetime import date

from cards.catalogue import Texts
from cards.dates import in_words
from cards.elements import Sheet, small

MONDAY = date(2026, 11, 23)  # any Monday: days of the week have names, not dates


def together_words(t: Texts, day: date, parts: Sequence[str]) -> str:
    """A day of the week with its halves: "di ochtend"; both halves: "di hele dag"."""
    halves = {"morning": t("Morning"), "afternoon": t("Afternoon")}
    name = in_words(t, day, "EEE")
    return f"{name} {t('all day') if len(parts) == len(halves) else halves[parts[0]].lower()}"


def together_line(sheet: Sheet, day: date, parts: Sequence[str]) -> None:
    """The line that marks a day on which the team has time together; nothing on other days."""
    if parts:
        line = sheet.t("★ Together: {when}", when=together_words(sheet.t, day, parts))
        sheet.add(small(line, subtle=False, spacing="Small"))
        sheet.paragraphs.append(line)
