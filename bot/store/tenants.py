"""The tenant guard: a statement on a tenant's rows that does not name the tenant is never sent to a database."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from weakref import WeakSet

from sqlalchemy import (
    BindParameter,
    BooleanClauseList,
    Column,
    ColumnElement,
    Connection,
    Delete,
    FromClause,
    Insert,
    Join,
    Select,
    TextClause,
    Update,
)
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BinaryExpression

from bot.errors import TenantMissing

# The nightly deletion looks at every tenant's rows; nothing else may carry this execution option.
ACROSS_TENANTS = "across_tenants"

# A table, and the table whose tenant it shares; None: the tenant is given.
Pair = tuple[FromClause, FromClause | None]

# Statements are made once per module, so each is taken apart once.
_sound: WeakSet[Any] = WeakSet()


def demand_tenant(
    _connection: Connection,
    statement: Any,
    many: Sequence[Mapping[str, Any]],
    one: Mapping[str, Any],
    options: Mapping[str, Any],
) -> None:
    """SQLAlchemy's `before_execute`: raise `TenantMissing` unless every tenant table is held to one tenant."""
    if options.get(ACROSS_TENANTS):
        return
    if isinstance(statement, Insert) and not all("tenant" in row for row in many or [one]):
        raise TenantMissing
    if statement not in _sound:
        if not all(_names_tenant(part) for part in visitors.iterate(statement)):
            raise TenantMissing
        _sound.add(statement)


def _names_tenant(part: Any) -> bool:
    """Whether this part of a statement, looked at alone, is held to one tenant; parts that read no rows are."""
    if isinstance(part, TextClause):
        return False  # cannot be looked into
    if isinstance(part, Insert):
        return part.select is None
    if isinstance(part, Update | Delete):
        return _alone(part) and _held([part.table], list(_equal_tenants(part.whereclause)))
    if isinstance(part, Select):
        sources = part.get_final_froms()
        pairs = [*_equal_tenants(part.whereclause), *(pair for source in sources for pair in _joined_tenants(source))]
        return _held([table for source in sources for table in _tables(source)], pairs)
    return True


def _alone(statement: Update | Delete) -> bool:
    """Whether the statement's condition looks at no other table than its own."""
    if statement.whereclause is None:
        return True
    columns = (part for part in visitors.iterate(statement.whereclause) if isinstance(part, Column))
    return all(column.table is statement.table for column in columns)


def _held(tables: Sequence[FromClause], pairs: Sequence[Pair]) -> bool:
    """Whether each table's tenant equals a given value, or equals that of a table for which this holds."""
    held: set[FromClause | None] = {None}
    for _ in pairs:
        held |= {table for table, other in pairs if other in held}
    return all(table in held for table in tables if "tenant" in table.c)


def _equal_tenants(clause: ColumnElement[Any] | None) -> Iterator[Pair]:
    """The pairs that must hold where `clause` does: (a, None) for `a.tenant = :tenant`, both ways for two tables.

    The parameter has to be the one that `Rows` fills in: no statement can name a tenant of its own.
    """
    if isinstance(clause, BooleanClauseList) and clause.operator is operators.and_:
        for part in clause.clauses:
            yield from _equal_tenants(part)
    elif isinstance(clause, BinaryExpression) and clause.operator is operators.eq:
        for mine, other in ((clause.left, clause.right), (clause.right, clause.left)):
            if isinstance(mine, Column) and mine.name == "tenant":
                if isinstance(other, BindParameter) and other.key == "tenant":
                    yield mine.table, None
                elif isinstance(other, Column) and other.name == "tenant":
                    yield mine.table, other.table


def _joined_tenants(source: FromClause) -> Iterator[Pair]:
    """What the joins of a source say; an outer join keeps every row of its left side, whatever its condition."""
    if isinstance(source, Join):
        yield from _joined_tenants(source.left)
        yield from _joined_tenants(source.right)
        limited = set(_tables(source.right if source.isouter else source))
        if not source.full:
            yield from (pair for pair in _equal_tenants(source.onclause) if pair[0] in limited)


def _tables(source: FromClause) -> Iterator[FromClause]:
    if isinstance(source, Join):
        yield from _tables(source.left)
        yield from _tables(source.right)
    else:
        yield source
