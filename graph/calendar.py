"""A person's own calendar: look, and make, lengthen or remove an event that Samen marked as its own."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from graph.client import Mandate
from graph.errors import GraphError, NoMailboxError, UnreachableError
from graph.events import event
from graph.reading import mapping
from graph.types import Draft, Event

GONE = 404
PAGES = 20  # of 100 events; stops a link that never ends, as does the patience for all pages after the first together


class OwnCalendar:
    """Every method may raise any GraphError."""

    def __init__(self, mandate: Mandate) -> None:
        self._mandate = mandate

    async def view(self, start: datetime, end: datetime) -> Sequence[Event]:
        """Everything that takes place between two moments, the repeated too, by start."""
        return await self._all(await self._mandate.ask_outlook((await self._mandate.wire()).view(start, end)))

    async def marked(self, mark: str) -> Sequence[Event]:
        """The events that Samen made with this mark, whoever changed them since."""
        return await self._all(await self._mandate.ask_outlook((await self._mandate.wire()).marked(mark)))

    async def get(self, event_id: str) -> Event | None:
        """An event as it stands now; None if it is gone."""
        return await self._if_there((await self._mandate.wire()).event(event_id))

    async def create(self, draft: Draft, transaction_id: str, mark: str) -> Event:
        """Make a private event. The same `transaction_id` again makes no second one; `mark` finds it back.

        The answer's own `mark` is what was given: Graph tells it only to who asks for it.
        """
        answer = await self._mandate.ask_outlook((await self._mandate.wire()).create(draft, transaction_id, mark))
        return event(answer, mark)

    async def move_end(self, event_id: str, start: datetime, end: datetime) -> Event | None:
        """Let an event that begins at `start` end at another moment; None if it is gone."""
        return await self._if_there((await self._mandate.wire()).move_end(event_id, start, end))

    async def delete(self, event_id: str) -> None:
        """Remove an event; fine if it is gone already."""
        try:
            await self._mandate.ask_outlook((await self._mandate.wire()).delete(event_id))
        except NoMailboxError:
            raise
        except GraphError as error:
            if error.status != GONE:
                raise

    async def _if_there(self, request: Any) -> Event | None:
        try:
            return event(await self._mandate.ask_outlook(request))
        except NoMailboxError:
            raise
        except GraphError as error:
            if error.status != GONE:
                raise
            return None

    async def _all(self, page: Any) -> Sequence[Event]:
        """A list's events, page after page. Raises UnreachableError for a list that does not end, or not in time."""
        try:
            async with asyncio.timeout(self._mandate.client.patience):
                return await self._pages(page)
        except TimeoutError:
            raise UnreachableError(200) from None

    async def _pages(self, page: Any) -> Sequence[Event]:
        found: list[Event] = []
        for _ in range(PAGES):
            found += [event(row) for row in _rows(page)]
            link = mapping(page).get("@odata.nextLink")
            if not isinstance(link, str):
                return found
            page = await self._mandate.follow(link)
        raise UnreachableError(200)


def _rows(page: Any) -> Sequence[Any]:
    rows = mapping(page).get("value")
    if not isinstance(rows, list):
        raise UnreachableError(200)
    return rows
