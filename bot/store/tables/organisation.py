"""What the organisation decided, and who did what."""

from datetime import timedelta

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, Table, Text

from bot.store.tables.columns import Expires, Keeping, Moment, OnForget, identity, metadata, text

capability = Table(
    "capability",
    metadata,
    identity("tenant"),
    identity("name"),
    Column("enabled", Boolean(create_constraint=False), nullable=False),
    Column("decided_on", Date),
    Column("reference", Text),
    Column("agreed_by", Text),
    Column("changed_at", Moment, nullable=False),
    info={"facts": True, "about_people": False},
)

tenant_setting = Table(
    "tenant_setting",
    metadata,
    identity("tenant"),
    identity("name"),
    Column("number", Integer),
    info={"about_people": False},
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    text("tenant"),
    Column("at", Moment, nullable=False, index=True),
    text("actor_id"),
    text("act"),
    text("subject"),
    Index(None, "tenant", "at"),
    info={
        "keeping": Keeping(
            title="administrative acts",
            purpose="account for administrative acts: who did what, and when",
            seen_by="administrators and officers of your organisation",
            kept="1 year",
            subject="actor_id",
            on_forget=OnForget.KEEP,
        ),
        "expires": Expires("at", timedelta(days=365)),
    },
)
