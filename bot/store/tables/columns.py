"""How tables are declared: their columns, and for those about people why, who sees a row and for how long."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    MetaData,
    Text,
    TypeDecorator,
)


class OnForget(StrEnum):
    """What `/forget` does with a person's rows."""

    DELETE = "delete"
    KEEP = "keep"  # `Keeping.kept` says how long; `/forget` says so too
    DETACH = "detach"  # the row goes on without the person: the user id is emptied


@dataclass(frozen=True, slots=True)
class Expires:
    """When a row is past its time: `after` a moment or, for a day, at 03:00 local the night after it.

    `zone` is the column with the day's zone; None = the tenants' default zone.
    """

    column: str
    after: timedelta = timedelta(0)
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Keeping:
    """Why a table about people exists, who sees a row and how long it stays; `subject` is the column with the user id.

    `/privacy`, `/mydata`, `/forget`, the nightly deletion and the register of processing are made from these (design,
    section 9). The texts are keys of the catalogue (`cards/texts/*/keeping.po`).
    """

    purpose: str
    seen_by: str
    kept: str
    subject: str | None
    on_forget: OnForget = OnForget.DELETE


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


metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s"})
