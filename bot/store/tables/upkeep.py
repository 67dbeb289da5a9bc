"""What Samen needs to keep its own word: what it saw, sent and still has to send, and how it is doing."""

from datetime import timedelta

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, Text

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
    Index(None, "tenant", "user_id"),
    info={
        "keeping": Keeping(
            title="messages that wait for you",
            purpose="send you a message that cannot be sent at once",
            seen_by="nobody",
            kept="until it is sent, at most 3 days after the first moment it may be",
            subject="user_id",
        ),
        "expires": Expires("made_at", timedelta(days=3)),
    },
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
