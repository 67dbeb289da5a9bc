"""Sites and public places that an administrator named."""

from sqlalchemy import bindparam, false, select
from sqlalchemy.exc import IntegrityError

from bot.domain.places import NamedPlace, Place
from bot.errors import NameTaken
from bot.store.rows import TENANT, Rows, upsert
from bot.store.tables import named_place

_ALL = select(named_place.c.id, named_place.c.name, named_place.c.place, named_place.c.retired).where(
    named_place.c.tenant == TENANT
)
_IN_USE = _ALL.where(named_place.c.retired == false())
_NAMED = _IN_USE.where(named_place.c.name_key == bindparam("name_key"), named_place.c.id != bindparam("id"))
_SAVE = upsert(named_place)


class NamedPlaceRows:
    """`NamedPlaces` in a database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def all(self, *, retired: bool = False) -> tuple[NamedPlace, ...]:
        rows = await self._rows.run(_ALL if retired else _IN_USE)
        places = [NamedPlace(row.id, row.name, Place(row.place), row.retired) for row in rows]
        return tuple(sorted(places, key=lambda place: (place.name.casefold(), place.id)))

    async def save(self, place: NamedPlace) -> None:
        key = " ".join(place.name.split()).casefold()
        if not place.retired and (await self._rows.run(_NAMED, name_key=key, id=place.id)).first():
            raise NameTaken
        try:
            # Two administrators at once: the index decides, and the loser's unit can still read and answer.
            async with self._rows.savepoint():
                await self._rows.run(
                    _SAVE, id=place.id, name=place.name, name_key=key, place=place.place.value, retired=place.retired
                )
        except IntegrityError:
            raise NameTaken from None
