"""Teams, their member lists, and what they agreed about their week."""

from datetime import timedelta

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, Text, false

from bot.store.tables.columns import Expires, Keeping, Moment, OnForget, identity, metadata, text

team = Table(
    "team",
    metadata,
    identity("tenant"),
    identity("id"),
    text("name"),
    text("kind"),
    Column("language", Text),
    Column("zone", Text),
    # The conversation reference: how to speak to the team later.
    text("conversation"),
    text("service_url"),
    text("channel"),
    text("bot_id"),
    text("bot_name"),
    text("scope"),
    Column("introduced", Boolean(create_constraint=False), nullable=False, server_default=false()),
    # Samen was removed or the team archived: nothing is shown or sent; back within 30 days, all resumes.
    Column("asleep_since", Moment, index=True),
    # Teams refused a message to it; nothing is sent until somebody speaks to Samen there.
    Column("unreachable_since", Moment),
    # With the team every row that names it goes.
    info={"about_people": False, "expires": Expires("asleep_since", timedelta(days=30))},
)

team_together = Table(
    "team_together",
    metadata,
    identity("tenant"),
    identity("team_id"),
    Column("weekday", Integer, primary_key=True, autoincrement=False),
    identity("part"),
    info={"facts": True, "about_people": False},
)

roster = Table(
    "roster",
    metadata,
    identity("tenant"),
    identity("team_id"),
    Column("fetched_at", Moment, nullable=False, index=True),
    info={"about_people": False, "expires": Expires("fetched_at", timedelta(days=1))},
)

roster_member = Table(
    "roster_member",
    metadata,
    identity("tenant"),
    identity("team_id"),
    identity("channel_user_id"),
    Column("user_id", Text),
    text("name"),
    Column("guest", Boolean(create_constraint=False), nullable=False),
    Column("position", Integer, nullable=False),
    Index(None, "tenant", "user_id"),
    info={
        "keeping": Keeping(
            title="member lists of your teams",
            purpose="know who is in a team: the member list that Teams shows every member",
            seen_by="members of the team",
            kept="1 day",
            subject="user_id",
            on_forget=OnForget.KEEP,
        ),
        "goes_with": "roster",
    },
)

counter_need = Table(
    "counter_need",
    metadata,
    identity("tenant"),
    identity("team_id"),
    Column("weekday", Integer, primary_key=True, autoincrement=False),
    identity("part"),
    Column("people", Integer, nullable=False),
    Column("named", Text),
    info={"about_people": False},
)

counter_ask = Table(
    "counter_ask",
    metadata,
    identity("tenant"),
    identity("team_id"),
    Column("day", Date, primary_key=True, index=True),
    identity("part"),
    identity("reason"),  # "short" or "busy"
    Column("asked_at", Moment, nullable=False),
    info={"about_people": False, "expires": Expires("day")},
)
