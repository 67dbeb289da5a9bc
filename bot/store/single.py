"""One process for one SQLite file: a second one would do the first one's work again."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from bot.errors import SettingsError

_TAKEN = (
    "DATABASE_URL names a SQLite file that another Samen is using. Stop that one, or give this one a file of its own;"
    " several together need PostgreSQL."
)


@contextmanager
def alone(database: str) -> Iterator[None]:
    """Have a SQLite file to oneself until the block or the process ends, however it ends; nothing for PostgreSQL.

    `database` is an SQLAlchemy URL. Raises SettingsError when another process has it, by whatever path.
    """
    url = make_url(database)
    if url.get_backend_name() != "sqlite" or not url.database:
        yield
        return
    # Beside the file and not the file itself: closing that would drop SQLite's own locks on it.
    file = Path(url.database).resolve()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = file.with_name(f"{file.name}.lock").open("a")
    except OSError as error:
        raise SettingsError(f"DATABASE_URL is wrong or its folder cannot be used ({type(error).__name__}).") from error
    with lock:
        try:
            # The system takes it back when the process dies. The file stays: a deleted one could be locked twice.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SettingsError(_TAKEN) from None
        yield
