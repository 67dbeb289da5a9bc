"""What is written of a focus time outside Samen: the status message in Teams, and the subject of the block."""

from collections.abc import Sequence
from datetime import datetime

from cards.catalogue import texts
from cards.focus.wording import clock
from cards.reach import ReachRule
from cards.reach.wording import URGENCIES, answered


def status_message(ends: datetime, rules: Sequence[ReachRule], language: str, *, learning: bool = False) -> str:
    """What colleagues read: until when, and how to reach me when it is urgent: "Focus tot 11:30. Spoed: bellen."."""
    t = texts(language)
    time = clock(ends)
    until = t("Learning until {time}.", time=time) if learning else t("Focus until {time}.", time=time)
    ways = [answered(t, rule.route, rule.within) for rule in rules if rule.urgency == "urgent" and rule.route]
    return " ".join([until, *(f"{t(URGENCIES['urgent'])}: {way}." for way in ways[:1])])


def event_subject(subject: str | None, language: str, *, learning: bool = False) -> str:
    """What the block in the calendar is called, for its owner alone."""
    t = texts(language)
    if subject:
        return t("Learning: {subject}", subject=subject) if learning else t("Focus: {subject}", subject=subject)
    return t("Learning time") if learning else t("Focus time")
