"""Focus sessions: somebody's protected time, and what Samen left in their Teams and calendar for it."""

from datetime import timedelta

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, false

from bot.store.tables.columns import Expires, Keeping, Moment, identity, metadata, text


def _trace(name: str) -> list[Column[object]]:
    """Whose a thing in Teams or the calendar is: never the thing itself, only what tells ours from another."""
    return [
        Column(f"{name}_hold", Text, nullable=False),
        Column(f"{name}_until", Moment),
        Column(f"{name}_stamp", Text),
        Column(f"{name}_what", Text),
    ]


focus_choice = Table(
    "focus_choice",
    metadata,
    identity("tenant"),
    identity("user_id"),
    Column("minutes", Integer, nullable=False),
    text("mode"),
    Column("end_line", Boolean(create_constraint=False), nullable=False),
    Column("status", Boolean(create_constraint=False), nullable=False),
    Column("unapproved", Boolean(create_constraint=False), nullable=False, server_default=false()),
    info={
        "keeping": Keeping(
            title="what is usual for your focus time",
            purpose=(
                "know how you want your focus time to be, "
                "and remember that your organisation has to approve Microsoft 365 first"
            ),
            seen_by="only you",
            kept="until you change or delete it",
            subject="user_id",
        )
    },
)

focus = Table(
    "focus",
    metadata,
    identity("tenant"),
    identity("id"),
    text("user_id"),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("stopped_at", Moment),
    text("mode"),
    Column("learning", Boolean(create_constraint=False), nullable=False, server_default=false()),
    # Agreed to outside working hours, or put there by hand: a plan that changes calls it off no more.
    Column("outside", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Column("called_off", Text),
    # Those it was asked in: what a job writes of it later is read by people there, and by its owner.
    Column("zone", Text),
    Column("language", Text),
    # What it is kept a day after: its end, or that it was stopped or called off and nothing is left of it.
    Column("over_at", Moment, nullable=False, index=True),
    # The kind of message that its owner got of it last, each of them once: of meetings in it, or that it is over.
    Column("told", Text),
    *_trace("presence"),
    *_trace("status"),
    *_trace("block"),
    # How often the person changed it; whoever brings Teams and the calendar in line is its owner, until `due_at`.
    Column("touched", Integer, nullable=False),
    Column("owner", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),
    # When it is looked at without being touched; none = there is nothing more to do.
    Column("due_at", Moment, index=True),
    Index(None, "tenant", "user_id"),
    info={
        "keeping": Keeping(
            title="your focus sessions",
            purpose="keep your focus time free, and take away again what Samen put in Teams and your calendar for it",
            seen_by=(
                "you. Once you connect Microsoft 365, everybody in your organisation who sees your Teams status sees "
                "Do not disturb or Busy and the status message; in your calendar others see only a private block. "
                "Samen itself tells until when only to whoever you show how to reach you"
            ),
            kept="until a day after the end, or after it was called off",
            subject="user_id",
        ),
        "expires": Expires("over_at", timedelta(days=1)),
    },
)
