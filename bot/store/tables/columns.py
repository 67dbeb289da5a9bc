"""How tables are declared: their columns, and for those about people why, who sees a row and for how long."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    MetaData,
    Text,
    TypeDecorator,
)

from bot.domain.owndata import Keeping, OnForget


@dataclass(frozen=True, slots=True)
class Expires:
    """When a row is past its time: `after` a moment or, for a day, at 03:00 local the night after it.

    `zone` is the column with the day's zone; None = the tenants' default zone. A table that goes with another one
    (`info["goes_with"]`) has the columns of that one's key.
    """

    column: str
    after: timedelta = timedelta(0)
    zone: str | None = None


class Moment(TypeDecorator[datetime]):
    """An aware datetime: comes out in UTC, whatever went in, also from SQLite (which keeps no zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def identity(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True)


def text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


__all__ = ["Expires", "Keeping", "Moment", "OnForget", "identity", "metadata", "text"]

metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s"})
