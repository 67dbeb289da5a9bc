"""A person's own presence in Teams: read, prefer, say, and take back. Teams clients follow within minutes."""

from datetime import datetime, timedelta
from typing import Any

from graph.client import Mandate
from graph.reading import mapping, reads, text, words
from graph.times import moment
from graph.types import Presence, StatusMessage


class OwnPresence:
    """Every method may raise any GraphError."""

    def __init__(self, mandate: Mandate) -> None:
        self._mandate = mandate

    async def read(self) -> Presence:
        """Presence now. It does not say whose wish it is, or until when."""
        return presence(await self._mandate.ask((await self._mandate.wire()).presence()))

    async def prefer(self, availability: str, activity: str, lasts: timedelta) -> None:
        """Show this instead of what Teams finds out, for so long.

        Pairs as Graph allows them: ("DoNotDisturb", "DoNotDisturb"), ("Busy", "Busy"). Only while a Teams client or
        an app says they are there; else they show as offline. learn.microsoft.com/graph/api/presence-setuserpreferredpresence
        """
        await self._mandate.ask((await self._mandate.wire()).prefer(availability, activity, lasts))

    async def clear_preferred(self) -> None:
        """Let Teams find out by itself again; fine where nothing was preferred."""
        await self._mandate.ask((await self._mandate.wire()).clear_preferred())

    async def say(self, text: str, until: datetime | None = None) -> None:
        """Put a status message, in the place of any other; it goes by itself at `until`."""
        await self._mandate.ask((await self._mandate.wire()).say(text, until))

    async def unsay(self) -> None:
        """Take the status message away, whoever wrote it."""
        await self.say("")


@reads
def presence(answer: Any) -> Presence:
    """Raises UnreachableError for something that is no presence."""
    told = mapping(answer)
    return Presence(
        availability=text(told.get("availability")),
        activity=words(told.get("activity")) or "",
        status=_status(told.get("statusMessage")),
        version=words(told.get("sequenceNumber")) or None,
    )


def _status(told: Any) -> StatusMessage | None:
    """None where nothing is said; Graph also answers an empty message for that."""
    message = told.get("message") if isinstance(told, dict) else None
    said = words(message.get("content")) if isinstance(message, dict) else None
    return StatusMessage(said, moment(told.get("expiryDateTime"))) if said else None
