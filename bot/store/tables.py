"""What is kept: every table, and for every table about people why, who sees it and for how long."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    false,
)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Why a table about people exists, who sees a row and how long it stays; `subject` is the column with the user id.

    `/privacy`, `/mydata`, `/forget` and the register of processing are made from these (design, section 9).
    """

    purpose: str
    seen_by: str
    kept: str
    subject: str | None


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


def _id(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s"})

person = Table(
    "person",
    metadata,
    _id("tenant"),
    _id("user_id"),
    Column("language", Text),
    Column("zone", Text),
    info={
        "keeping": Keeping(
            purpose="answer a person in the language and the time zone they chose",
            seen_by="the person",
            kept="until the person has it deleted",
            subject="user_id",
        )
    },
)

plan = Table(
    "plan",
    metadata,
    _id("tenant"),
    _id("user_id"),
    Column("day", Date, primary_key=True),
    _id("part"),
    _text("place"),
    Column("named", Text),
    Column("kind", Text),
    _text("zone"),
    # The nightly deletion looks for the oldest day of each zone.
    Index(None, "zone", "day"),
    info={
        "keeping": Keeping(
            purpose="plan one's own day-parts, and show them where the person shares them",
            seen_by="the person, and members of the teams the person shares with",
            kept="until 03:00 after the day, in the person's zone",
            subject="user_id",
        )
    },
)

sharing = Table(
    "sharing",
    metadata,
    _id("tenant"),
    _id("team_id"),
    _id("user_id"),
    Index(None, "tenant", "user_id"),
    info={
        "keeping": Keeping(
            purpose="remember with which teams a person chose to share",
            seen_by="the person",
            kept="until the person stops sharing, or the bot leaves the team",
            subject="user_id",
        )
    },
)

team = Table(
    "team",
    metadata,
    _id("tenant"),
    _id("id"),
    _text("name"),
    _text("kind"),
    Column("language", Text),
    Column("zone", Text),
    # The conversation reference: how to speak to the team later.
    _text("conversation"),
    _text("service_url"),
    _text("channel"),
    _text("bot_id"),
    _text("bot_name"),
    _text("scope"),
    info={"about_people": False},
)

roster = Table(
    "roster",
    metadata,
    _id("tenant"),
    _id("team_id"),
    Column("fetched_at", Moment, nullable=False, index=True),
    info={"about_people": False},
)

roster_member = Table(
    "roster_member",
    metadata,
    _id("tenant"),
    _id("team_id"),
    _id("channel_user_id"),
    Column("user_id", Text),
    _text("name"),
    Column("guest", Boolean(create_constraint=False), nullable=False),
    Column("position", Integer, nullable=False),
    Index(None, "tenant", "user_id"),
    info={
        "keeping": Keeping(
            purpose="know who is in a team: the member list that Teams shows every member",
            seen_by="members of the team",
            kept="1 day",
            subject="user_id",
        )
    },
)

named_place = Table(
    "named_place",
    metadata,
    _id("tenant"),
    _id("id"),
    _text("name"),
    # The name as it is compared: case and spaces do not make two names.
    _text("name_key"),
    _text("place"),
    Column("retired", Boolean(create_constraint=False), nullable=False),
    info={"about_people": False},
)
Index(
    "ux_named_place_in_use",
    named_place.c.tenant,
    named_place.c.name_key,
    unique=True,
    sqlite_where=named_place.c.retired == false(),
    postgresql_where=named_place.c.retired == false(),
)

seen_activity = Table(
    "seen_activity",
    metadata,
    _id("tenant"),
    _id("conversation"),
    _id("activity"),
    Column("seen_at", Moment, nullable=False, index=True),
    info={
        "keeping": Keeping(
            purpose="give an activity that Teams delivers twice one effect",
            seen_by="nobody",
            kept="3 days",
            subject=None,
        )
    },
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    _text("tenant"),
    Column("at", Moment, nullable=False, index=True),
    _text("actor_id"),
    _text("act"),
    _text("subject"),
    Index(None, "tenant", "at"),
    info={
        "keeping": Keeping(
            purpose="account for administrative acts",
            seen_by="administrators and officers of the tenant",
            kept="1 year",
            subject="actor_id",
        )
    },
)
