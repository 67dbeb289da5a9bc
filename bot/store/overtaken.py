"""How a unit learns that another one was changing the same rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from bot.errors import Overtaken

# PostgreSQL's codes: could not serialise, deadlock, lock not available (appendix A of its manual).
_MET = frozenset({"40001", "40P01", "55P03"})


@contextmanager
def overtaken() -> Iterator[None]:
    """Say `Overtaken` where PostgreSQL says that a whole unit met another one."""
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in _MET:
            raise Overtaken from None
        raise
