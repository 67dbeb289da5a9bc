"""People as they chose to be known."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from bot.domain.people import Contact, Person
from bot.store.living import LivingRows
from bot.store.rows import TENANT, USER, Rows, Upsert, upsert
from bot.store.tables import person

_CONTACT = tuple(field.name for field in fields(Contact))
_SETTINGS = ("language", "zone", "paused_until", "stopped", "offer_after", "leaving_since", "unreachable_since")
# While somebody pauses or has stopped nothing of theirs is shown. Cards in teams are told when that ends, not when it
# begins: changing at that very second they would tell everybody who it was (decision 20).
_QUIET = {"paused_until", "stopped"}
_FIELDS = ("user_id", *_SETTINGS, *_CONTACT)
PERSON = tuple(person.c[name] for name in _FIELDS)
_GET = select(*PERSON).where(person.c.tenant == TENANT, person.c.user_id == USER)
_OF_EACH = select(*PERSON).where(person.c.tenant == TENANT, person.c.user_id.in_(bindparam("users", expanding=True)))


class PeopleRows:
    """`People` in a database."""

    def __init__(self, rows: Rows, cards: LivingRows) -> None:
        self._rows, self._cards = rows, cards

    async def get(self, user_id: str) -> Person | None:
        row = (await self._rows.run(_GET, user_id=user_id)).one_or_none()
        return person_of(row) if row else None

    async def of_each(self, user_ids: Collection[str]) -> Mapping[str, Person]:
        found = (person_of(row) for row in await self._rows.run(_OF_EACH, users=sorted(user_ids)))
        return {person.user_id: person for person in found}

    async def save(self, person: Person) -> None:
        settings = {name: getattr(person, name) for name in _SETTINGS}
        await self.change(person.user_id, **settings, contact=person.contact)

    async def change(self, user_id: str, **settings: object) -> None:
        columns = {name: value for name, value in settings.items() if name != "contact"}
        if "contact" in settings:
            columns |= {name: getattr(settings["contact"], name, None) for name in _CONTACT}
        await self._rows.run(_change(frozenset(columns)), user_id=user_id, **columns)
        told = columns.keys() & _QUIET
        if told and not any(columns[name] for name in told):
            self._cards.plans_changed(user_id)


@cache
def _change(columns: frozenset[str]) -> Upsert:
    """Set these columns of a person's row and leave the others."""
    return upsert(person, only=columns)


def person_of(row: Sequence[Any]) -> Person:
    """A person from the columns PERSON."""
    found = dict(zip(_FIELDS, row, strict=True))
    contact = Contact(**{name: found.pop(name) for name in _CONTACT})
    return Person(**found, contact=contact if contact.channel_user_id else None)
