"""What Samen needs to keep its own word: what it saw, sent and still has to send, and how it is doing."""

from datetime import timedelta

from sqlalchemy import Boolean, Column, Date, Float, Index, Integer, Table, Text

from bot.store.tables.columns import Expires, Keeping, Moment, OnForget, identity, metadata, text

seen_activity = Table(
    "seen_activity",
    metadata,
    identity("tenant"),
    identity("conversation"),
    identity("activity"),
    Column("seen_at", Moment, nullable=False, index=True),
    info={
        "keeping": Keeping(
            title="which messages were handled",
            purpose="give an activity that Teams delivers twice one effect",
            seen_by="nobody",
            kept="3 days",
            subject=None,
        ),
        "expires": Expires("seen_at", timedelta(days=3)),
    },
)

sent_card = Table(
    "sent_card",
    metadata,
    identity("tenant"),
    identity("conversation"),
    identity("activity"),
    Column("user_id", Text),
    text("service_url"),
    text("channel"),
    text("bot_id"),
    text("bot_name"),
    text("scope"),
    Column("targeted", Boolean(create_constraint=False), nullable=False),
    text("language"),
    # The first day that the card shows: after it the card is replaced.
    Column("day", Date, nullable=False),
    Column("due_at", Moment, nullable=False, index=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Index(None, "tenant", "user_id"),
    info={
        "keeping": Keeping(
            title="cards in your chat",
            purpose="replace cards with places on them once their day is over",
            seen_by="nobody",
            kept="until the card is replaced, the night after its day, or 3 days later if that fails",
            subject="user_id",
            on_forget=OnForget.DETACH,
        ),
        "expires": Expires("due_at", timedelta(days=3)),
    },
)

delivery = Table(
    "delivery",
    metadata,
    identity("tenant"),
    identity("id"),
    text("kind"),
    text("subject"),
    Column("user_id", Text),
    Column("team_id", Text),
    Column("made_at", Moment, nullable=False, index=True),
    Column("due_at", Moment, nullable=False, index=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    # The batch it goes with; none while it waits for its time. Whoever sends the batch is its owner: a life of a process.
    Column("batch", Text),
    Column("owner", Text),
    # Teams was asked to take it, and until the row goes nobody knows whether it did.
    Column("asked_at", Moment),
    Index(None, "tenant", "user_id"),
    Index(None, "tenant", "batch"),
    info={
        "keeping": Keeping(
            title="messages that wait for you",
            purpose="send you a message that cannot be sent at once",
            seen_by="nobody",
            kept="until it is sent, at most 3 days after it could have been",
            subject="user_id",
        ),
        "expires": Expires("made_at", timedelta(days=3)),
    },
)

# However many are being sent, those whose time comes are found at once.
Index(
    "ix_delivery_not_collected",
    delivery.c.due_at,
    sqlite_where=delivery.c.batch.is_(None),
    postgresql_where=delivery.c.batch.is_(None),
)

living_card = Table(
    "living_card",
    metadata,
    identity("tenant"),
    identity("id"),
    # The renderer's kind and the id of what it shows: whoever changes that touches every card of it.
    text("kind"),
    text("subject"),
    text("team_id"),
    text("conversation"),
    text("service_url"),
    text("channel"),
    text("bot_id"),
    text("bot_name"),
    text("scope"),
    # The day whose plans, as they are shared with the team, decide what it says; none = no plans do.
    Column("plan_day", Date),
    # The message it stands in; none until it was posted.
    Column("activity", Text),
    # A digest of what stands there; none where that is not known.
    Column("shown", Text),
    # How often its subject changed.
    Column("touched", Integer, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    # The redraw that was asked for and is not finished; none = nothing to draw. Whoever is at it is its owner.
    Column("redraw", Text),
    Column("owner", Text),
    Column("made_at", Moment, nullable=False),
    Column("drawn_at", Moment),
    # When it is looked at without being touched.
    Column("due_at", Moment, nullable=False, index=True),
    # When it is drawn for the last time.
    Column("until", Moment, nullable=False, index=True),
    Index(None, "tenant", "kind", "subject"),
    Index(None, "tenant", "team_id"),
    info={"about_people": False, "expires": Expires("until", timedelta(days=1))},
)

# Of the installation, not of a tenant: how fast Samen may speak, to Teams as a whole ("all") and in one conversation,
# whose name is hashed. `free_at` is the next free moment in seconds since 1970.
pace = Table(
    "pace",
    metadata,
    identity("name"),
    Column("free_at", Float, nullable=False),
    Column("used_at", Moment, nullable=False, index=True),
    info={"about_people": False, "expires": Expires("used_at", timedelta(hours=1))},
)

# Of the process, not of a tenant: when the minute tick last ran, and what failed, by kind.

heartbeat = Table(
    "heartbeat", metadata, identity("name"), Column("at", Moment, nullable=False), info={"about_people": False}
)

failure = Table(
    "failure",
    metadata,
    Column("day", Date, primary_key=True),
    identity("kind"),
    Column("count", Integer, nullable=False),
    info={"about_people": False, "expires": Expires("day", timedelta(days=7))},
)
