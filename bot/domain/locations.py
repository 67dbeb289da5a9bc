"""Names that an administrator gives to sites and public places."""

import unicodedata
from collections.abc import Iterable

from bot.domain.places import NamedPlace
from bot.domain.words import fold

LONGEST_NAME = 60


def clean_name(text: str) -> str:
    """A name as it is kept: one line, single spaces, nothing invisible; empty when there is no letter in it."""
    visible = "".join(" " if unicodedata.category(c)[0] in "ZC" else c for c in text)
    name = " ".join(visible.split()).strip(" .,;:\"'")
    return name if any(c.isalpha() for c in name) else ""


def named(places: Iterable[NamedPlace], name: str, *, retired: bool | None = None) -> NamedPlace | None:
    """The place with this name, however it is written; one in use before a retired one."""
    wanted = fold(clean_name(name))
    found = [p for p in places if fold(p.name) == wanted and (retired is None or p.retired is retired)]
    return min(found, key=lambda place: place.retired, default=None)
