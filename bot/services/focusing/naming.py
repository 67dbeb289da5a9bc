"""What focus sessions are about, until it stands in their owner's own calendar."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.services.focusing.settled import Wording

# As long as somebody may be busy signing in (bot/adapter/offers.py), and as many.
KEPT = timedelta(minutes=20)
MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Name:
    subject: str = field(repr=False)
    until: datetime


class Names:
    """In this process's memory alone, for whoever still has to sign in or meets a failing Graph; never kept otherwise.

    Lost with the process: the event is then called focus time, without what it is about (decision 25).
    """

    def __init__(self) -> None:
        self._names: OrderedDict[str, _Name] = OrderedDict()

    def of(self, session_id: str, wording: Wording, now: datetime) -> Wording:
        """What is written of a session, with what it is about if that was said a moment ago."""
        if wording.said:
            self._names[session_id] = _Name(wording.subject, now + KEPT)
            self._names.move_to_end(session_id)
            # By a clock of this process: the minute's round may always be another one's.
            asyncio.get_running_loop().call_later(KEPT.total_seconds(), self._clean, now + KEPT)
            while len(self._names) > MOST:
                self._names.popitem(last=False)
        name = self._names.get(session_id)
        return replace(wording, subject=name.subject) if name and now < name.until else wording

    def forget(self, session_id: str) -> None:
        """It stands in the calendar, or never will."""
        self._names.pop(session_id, None)

    def _clean(self, now: datetime) -> None:
        while self._names and next(iter(self._names.values())).until <= now:
            self._names.popitem(last=False)
