"""The made-up people of the twin: the Playground's own file, or two of its own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Person:
    """Somebody in the tenant. `user_id` is the Entra object id, `channel_user_id` what Teams calls them (29:...)."""

    user_id: str
    channel_user_id: str
    name: str
    address: str


class PeopleUnreadable(Exception):
    """The file with people says something else than people; the text names what."""


TWO = (
    Person("6f0b4c52-7d1e-4a38-9c05-2be41d70a001", "29:1-anneke", "Anneke Visser", "a.visser@voorbeeldrecht.example"),
    Person("6f0b4c52-7d1e-4a38-9c05-2be41d70a002", "29:1-joris", "Joris Peeters", "j.peeters@voorbeeldrecht.example"),
)


def read_people(path: Path) -> tuple[Person, ...]:
    """The people in a Playground configuration written as JSON, its own user first. Raises PeopleUnreadable."""
    try:
        told = json.loads(path.read_text("utf-8"))
        return tuple(_person(entry) for entry in (told["currentUser"], *told["users"]))
    except (OSError, ValueError, TypeError) as error:
        raise PeopleUnreadable(f"{path}: {error}") from None
    except KeyError as error:
        raise PeopleUnreadable(f"{path}: {error} is missing") from None


def _person(entry: Mapping[str, Any]) -> Person:
    return Person(
        user_id=str(entry["aadObjectId"]),
        channel_user_id=str(entry["id"]),
        name=str(entry["name"]),
        address=str(entry["email"]),
    )
