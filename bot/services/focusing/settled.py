"""What is written of a focus session outside Samen, and how it stands afterwards."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.focus.session import Session
from graph.errors import ConsentMissingError, GraphError, NotSignedInError

THEIRS_TO_MEND = (NotSignedInError, ConsentMissingError)


@dataclass(frozen=True, slots=True)
class Wording:
    """What is written in Teams and the calendar: the event's subject, and the status message, None for none.

    `said`: the subject is what its owner called it, and not just focus time.
    """

    subject: str = field(repr=False)
    status: str | None = None
    said: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """A session after what could be done was done and noted; `error` where something could not. `given_up`: nor ever.

    `meetings`: when others are in it. `again`: when it is looked at next, None for never.
    """

    session: Session
    error: GraphError | None = None
    given_up: bool = False
    meetings: tuple[tuple[datetime, datetime], ...] = ()
    again: datetime | None = None
