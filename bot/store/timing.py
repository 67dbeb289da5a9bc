"""How long statements take, by kind and table: never their text, which the values stand close to."""

from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Table, UpdateBase, event
from sqlalchemy.sql import visitors

from bot.telemetry import SQL, timed

_SECTION = "_samen_section"  # on SQLAlchemy's own context of one execution, which lives as long as the statement runs

# A compiled statement is used again and again, so each is looked at once.
_known: WeakKeyDictionary[Any, tuple[str, str]] = WeakKeyDictionary()


def time_statements(engine: Engine) -> None:
    """Have every statement of this engine timed."""
    event.listen(engine, "before_cursor_execute", _begin)
    event.listen(engine, "after_cursor_execute", _end)
    event.listen(engine, "handle_error", _failed)


def _begin(_connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool) -> None:
    kind, table = _kind_and_table(statement, context)
    section = timed(SQL, statement=kind, table=table)
    setattr(context, _SECTION, section)
    section.__enter__()


def _end(_connection: Any, _cursor: Any, _statement: str, _values: Any, context: Any, _many: bool) -> None:
    section = context.__dict__.pop(_SECTION, None)
    if section:
        section.__exit__(None, None, None)


def _failed(trouble: Any) -> None:
    context, error = trouble.execution_context, trouble.original_exception
    section = context.__dict__.pop(_SECTION, None) if context else None
    if section:
        section.__exit__(type(error), error, None)


def _kind_and_table(statement: str, context: Any) -> tuple[str, str]:
    compiled = context.compiled
    if compiled is None:  # a driver's word, such as BEGIN IMMEDIATE; what is not one of the closed list is "other"
        return statement.partition(" ")[0].lower(), "none"
    found = _known.get(compiled)
    if found is None:
        found = _known[compiled] = _looked_at(compiled.statement)
    return found


def _looked_at(statement: Any) -> tuple[str, str]:
    kind = statement.__visit_name__ if isinstance(statement, UpdateBase) else "select"
    return str(kind), next((str(part.name) for part in visitors.iterate(statement) if isinstance(part, Table)), "none")
