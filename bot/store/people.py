"""People as they chose to be known."""

from dataclasses import fields
from functools import cache

from sqlalchemy import RowMapping, select

from bot.domain.people import Contact, Person
from bot.store.rows import TENANT, USER, Rows, Upsert, upsert
from bot.store.tables import person

_CONTACT = tuple(field.name for field in fields(Contact))
_SETTINGS = ("language", "zone", "paused_until", "stopped", "offer_after", "leaving_since")
_GET = select(*(person.c[name] for name in ("user_id", *_SETTINGS, *_CONTACT))).where(
    person.c.tenant == TENANT, person.c.user_id == USER
)


class PeopleRows:
    """`People` in a database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def get(self, user_id: str) -> Person | None:
        row = (await self._rows.run(_GET, user_id=user_id)).mappings().one_or_none()
        return _person(row) if row else None

    async def save(self, person: Person) -> None:
        settings = {name: getattr(person, name) for name in _SETTINGS}
        await self.change(person.user_id, **settings, contact=person.contact)

    async def change(self, user_id: str, **settings: object) -> None:
        columns = {name: value for name, value in settings.items() if name != "contact"}
        if "contact" in settings:
            columns |= {name: getattr(settings["contact"], name, None) for name in _CONTACT}
        await self._rows.run(_change(frozenset(columns)), user_id=user_id, **columns)


@cache
def _change(columns: frozenset[str]) -> Upsert:
    """Set these columns of a person's row and leave the others."""
    return upsert(person, only=columns)


def _person(row: RowMapping) -> Person:
    contact = Contact(**{name: row[name] for name in _CONTACT}) if row["channel_user_id"] else None
    return Person(row["user_id"], contact=contact, **{name: row[name] for name in _SETTINGS})
