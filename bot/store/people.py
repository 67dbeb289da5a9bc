"""People as they chose to be known."""

from sqlalchemy import select

from bot.domain.people import Person
from bot.store.rows import TENANT, USER, Rows, upsert
from bot.store.tables import person

_GET = select(person.c.user_id, person.c.language, person.c.zone).where(
    person.c.tenant == TENANT, person.c.user_id == USER
)
_SAVE = upsert(person)


class PeopleRows:
    """`People` in a database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def get(self, user_id: str) -> Person | None:
        row = (await self._rows.run(_GET, user_id=user_id)).one_or_none()
        return Person(*row) if row else None

    async def save(self, person: Person) -> None:
        await self._rows.run(_SAVE, user_id=person.user_id, language=person.language, zone=person.zone)
