"""Sites and public places, who looks after them, and when they are closed."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, false

from bot.store.tables.columns import Expires, Keeping, identity, metadata, text

named_place = Table(
    "named_place",
    metadata,
    identity("tenant"),
    identity("id"),
    text("name"),
    # The name as it is compared: case and spaces do not make two names.
    text("name_key"),
    text("place"),
    Column("retired", Boolean(create_constraint=False), nullable=False),
    info={"facts": True, "about_people": False},
)
Index(
    "ux_named_place_in_use",
    named_place.c.tenant,
    named_place.c.name_key,
    unique=True,
    sqlite_where=named_place.c.retired == false(),
    postgresql_where=named_place.c.retired == false(),
)

site_keeper = Table(
    "site_keeper",
    metadata,
    identity("tenant"),
    identity("place_id"),
    text("user_id"),
    Index(None, "tenant", "user_id"),
    info={
        "keeping": Keeping(
            title="sites you look after",
            purpose="know who may close and open a site",
            seen_by="you and administrators",
            kept="until an administrator changes it, or you have it deleted",
            subject="user_id",
        )
    },
)

closure = Table(
    "closure",
    metadata,
    identity("tenant"),
    identity("place_id"),
    Column("day", Date, primary_key=True, index=True),
    identity("part"),
    # What was closed by one command belongs together: one card a person.
    text("batch"),
    Index(None, "tenant", "batch"),
    info={"facts": True, "about_people": False, "expires": Expires("day")},
)

move = Table(
    "move",
    metadata,
    identity("tenant"),
    identity("batch"),
    identity("user_id"),
    # The last day that was closed.
    Column("until", Date, nullable=False, index=True),
    Index(None, "tenant", "user_id"),
    info={
        "keeping": Keeping(
            title="places that closed while you planned to be there",
            purpose="tell you that a place where you planned to work is closed, and when it opens again",
            seen_by="nobody; administrators and the keeper of the site see a rounded count",
            kept="until 03:00 after the last closed day",
            subject="user_id",
        ),
        "expires": Expires("until"),
    },
)

headcount = Table(
    "headcount",
    metadata,
    identity("tenant"),
    identity("place_id"),
    Column("day", Date, primary_key=True, index=True),
    Column("people", Integer, nullable=False),  # rounded to 5; no row below the minimum
    info={"about_people": False, "expires": Expires("day")},
)

headcount_run = Table(
    "headcount_run",
    metadata,
    identity("tenant"),
    Column("day", Date, primary_key=True, index=True),
    info={"about_people": False, "expires": Expires("day")},
)
