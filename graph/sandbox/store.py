"""The one thing in the twin that changes: the present world, and the file that keeps it."""

import os
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from graph.sandbox.world import World

_JSON = TypeAdapter(World)


class StateUnreadable(Exception):
    """The file holds something else than the twin's state."""


class Store:
    """The present world. Every change is in the file before anybody is told of it, so that kill -9 loses nothing."""

    def __init__(self, path: Path, world: World) -> None:
        self._path = path
        self.version = 0
        self.put(world)

    @property
    def world(self) -> World:
        """The world as it is now."""
        return self._world

    def put(self, world: World) -> None:
        """Replaces the world, in the file first."""
        beside = self._path.with_name(f"{self._path.name}.new")
        beside.touch(mode=0o600)  # it holds the twin's tokens; they open nothing but the twin
        beside.write_bytes(_JSON.dump_json(world))
        os.replace(beside, self._path)  # noqa: PTH105 - the atomic one, by its own name
        self._world = world
        self.version += 1


def read_world(path: Path) -> World | None:
    """The world that a file keeps, None when there is no file. Raises StateUnreadable."""
    try:
        return _JSON.validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        first = str(error).splitlines()[0]
        raise StateUnreadable(f"{path} holds no state of the twin ({first}); remove it to start afresh") from None
