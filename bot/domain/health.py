"""How Samen is doing: when timed work last ran, and what failed, by kind. Of the whole installation; nobody is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Failure(StrEnum):
    """What failed, as it is counted."""

    TURN = "turn"  # somebody was told that something went wrong
    ANSWER = "answer"  # an answer could not be brought
    TICK = "tick"  # a part of the minute's work
    JOB = "job"  # a job that was tried several times and given up
    DELIVERY_BLOCKED = "delivery_blocked"  # the receiver blocked or removed Samen
    DELIVERY_REFUSED = "delivery_refused"  # Teams calls the message or its receiver wrong
    DELIVERY_EXPIRED = "delivery_expired"  # three days or twenty times were not enough
    DELIVERY_UNSURE = "delivery_unsure"  # nobody knows whether it arrived, and it must not come twice
    DELIVERY_FAULT = "delivery_fault"  # it could not be worded
    FOCUS_LEFT = "focus_left"  # something of a focus session could not be taken away again
    FOCUS_UNSEEN = "focus_unseen"  # a calendar could not be looked at before a planned focus session began
    CARD_KEPT = "card_kept"  # a card whose day is over could not be replaced
    CARD_UNKNOWN = "card_unknown"  # a card was sent and could not be remembered


@dataclass(frozen=True, slots=True)
class Report:
    """`ticked_at` is when timed work last ran, None for never; `failures` are those of the last 7 days."""

    version: str
    database: str  # "sqlite" or "postgresql"
    ticked_at: datetime | None
    failures: Mapping[Failure, int]
