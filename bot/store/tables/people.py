"""What people chose about themselves: settings, patterns, plans, reach, and with whom they share."""

from datetime import timedelta

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, Text, false

from bot.store.tables.columns import Expires, Keeping, Moment, identity, metadata, text

person = Table(
    "person",
    metadata,
    identity("tenant"),
    identity("user_id"),
    Column("language", Text),
    Column("zone", Text),
    # How to reach the person in their own chat: with Samen, about what they asked Samen to do.
    Column("channel_user_id", Text),
    Column("conversation", Text),
    Column("service_url", Text),
    Column("channel", Text),
    Column("bot_id", Text),
    Column("bot_name", Text),
    # Shows nothing of this person and sends nothing, until then or (stopped) until the person says so.
    Column("paused_until", Moment),
    Column("stopped", Boolean(create_constraint=False), nullable=False, server_default=false()),
    # "Not now" to the first card: not offered again before.
    Column("offer_after", Moment),
    # Teams refused a message to them (blocked, not installed); nothing is sent until they are heard of again.
    Column("unreachable_since", Moment),
    # Removed Samen, or left the last team Samen knows: forgotten 30 days later, unless they come back.
    Column("leaving_since", Moment, index=True),
    info={
        "keeping": Keeping(
            title="your settings",
            purpose="answer you in your language and time zone, and reach you in your own chat",
            seen_by="only you",
            kept="until you have it deleted, or 30 days after you leave",
            subject="user_id",
        ),
        # With the person everything else about them goes, as with `/forget`.
        "expires": Expires("leaving_since", timedelta(days=30)),
    },
)

pattern = Table(
    "pattern",
    metadata,
    identity("tenant"),
    identity("user_id"),
    # "every", or the ISO weeks with an "even" or "odd" number.
    identity("weeks"),
    Column("weekday", Integer, primary_key=True, autoincrement=False),  # 0 = Monday
    identity("part"),
    text("place"),
    Column("named", Text),
    Column("kind", Text),
    info={
        "keeping": Keeping(
            title="your usual week",
            purpose="fill in your usual week, so that you only say what is different",
            seen_by="you, and where you share: members of those teams, day by day",
            kept="until you change or delete it",
            subject="user_id",
        )
    },
)

plan = Table(
    "plan",
    metadata,
    identity("tenant"),
    identity("user_id"),
    Column("day", Date, primary_key=True),
    identity("part"),
    text("place"),  # empty: nothing, whatever the pattern says
    Column("named", Text),
    Column("kind", Text),
    text("zone"),
    # The nightly deletion looks for the oldest day of each zone.
    Index(None, "zone", "day"),
    info={
        "keeping": Keeping(
            title="your plan",
            purpose="plan where you work, and show it where you share",
            seen_by="you, and members of the teams you share with",
            kept="until 03:00 after the day",
            subject="user_id",
        ),
        "expires": Expires("day", zone="zone"),
    },
)

sharing = Table(
    "sharing",
    metadata,
    identity("tenant"),
    identity("team_id"),
    identity("user_id"),
    # No longer a member of the team: nothing is shown, and 30 days later the choice is gone.
    Column("gone_since", Moment, index=True),
    Index(None, "tenant", "user_id"),
    info={
        "keeping": Keeping(
            title="with which teams you share your places",
            purpose="remember with which teams you share your places",
            seen_by="only you",
            kept="until you stop sharing, or 30 days after you or Samen leave the team",
            subject="user_id",
        ),
        "expires": Expires("gone_since", timedelta(days=30)),
    },
)

reach = Table(
    "reach",
    metadata,
    identity("tenant"),
    identity("user_id"),
    identity("urgency"),  # "normal" or "urgent"
    text("route"),
    Column("within_minutes", Integer),
    # Minutes after midnight, in the person's own zone; both None: always.
    Column("from_minute", Integer),
    Column("until_minute", Integer),
    info={
        "keeping": Keeping(
            title="how to reach you",
            purpose="tell colleagues how you want to be reached",
            seen_by="you, and members of the teams you show it to",
            kept="until you change or delete it",
            subject="user_id",
        )
    },
)

reach_sharing = Table(
    "reach_sharing",
    metadata,
    identity("tenant"),
    identity("team_id"),
    identity("user_id"),
    Column("gone_since", Moment, index=True),
    Index(None, "tenant", "user_id"),
    info={
        "keeping": Keeping(
            title="to which teams you show how to reach you",
            purpose="remember to which teams you show how to reach you",
            seen_by="only you",
            kept="until you stop showing it, or 30 days after you or Samen leave the team",
            subject="user_id",
        ),
        "expires": Expires("gone_since", timedelta(days=30)),
    },
)

prompt = Table(
    "prompt",
    metadata,
    identity("tenant"),
    identity("user_id"),
    identity("kind"),  # "week" or "today"
    Column("weekday", Integer),  # 0 = Monday; none: each day they work
    Column("minute", Integer, nullable=False),  # after midnight, in `zone`
    text("zone"),
    # When it comes next, and the local day on which it last came: never twice for one day, whatever clocks do.
    Column("next_at", Moment, nullable=False, index=True),
    Column("last_on", Date),
    info={
        "keeping": Keeping(
            title="messages you asked for every day or week",
            purpose="send you your day or the question about next week, at the time you chose",
            seen_by="only you",
            kept="until you switch it off",
            subject="user_id",
        )
    },
)

quiet_day = Table(
    "quiet_day",
    metadata,
    identity("tenant"),
    identity("user_id"),
    Column("day", Date, primary_key=True),
    text("zone"),
    Index(None, "zone", "day"),
    info={
        "keeping": Keeping(
            title="days on which you want no more messages",
            purpose="send you nothing more that day",
            seen_by="nobody",
            kept="until 03:00 after the day",
            subject="user_id",
        ),
        "expires": Expires("day", zone="zone"),
    },
)
