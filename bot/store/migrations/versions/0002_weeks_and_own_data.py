"""Whole weeks, own data and the organisation: patterns, reach, closed sites, counters, decisions, cards and messages."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "capability",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("agreed_by", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "name", name="pk_capability"),
    )
    op.create_table(
        "closure",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "place_id", "day", "part", name="pk_closure"),
    )
    op.create_index("ix_closure_day", "closure", ["day"])
    op.create_index("ix_closure_tenant_batch", "closure", ["tenant", "batch"])
    op.create_table(
        "counter_ask",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "team_id", "day", "part", "reason", name="pk_counter_ask"),
    )
    op.create_index("ix_counter_ask_day", "counter_ask", ["day"])
    op.create_table(
        "counter_need",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("weekday", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("named", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "team_id", "weekday", "part", name="pk_counter_need"),
    )
    op.create_table(
        "delivery",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=True),
        sa.Column("team_id", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_delivery"),
    )
    op.create_index("ix_delivery_made_at", "delivery", ["made_at"])
    op.create_index("ix_delivery_due_at", "delivery", ["due_at"])
    op.create_index("ix_delivery_tenant_user_id", "delivery", ["tenant", "user_id"])
    op.create_table(
        "failure",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "kind", name="pk_failure"),
    )
    op.create_table(
        "headcount",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "place_id", "day", name="pk_headcount"),
    )
    op.create_index("ix_headcount_day", "headcount", ["day"])
    op.create_table(
        "headcount_run",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "day", name="pk_headcount_run"),
    )
    op.create_index("ix_headcount_run_day", "headcount_run", ["day"])
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_heartbeat"),
    )
    op.create_table(
        "move",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "batch", "user_id", name="pk_move"),
    )
    op.create_index("ix_move_tenant_user_id", "move", ["tenant", "user_id"])
    op.create_index("ix_move_until", "move", ["until"])
    op.create_table(
        "pattern",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("weeks", sa.Text(), nullable=False),
        sa.Column("weekday", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("named", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "user_id", "weeks", "weekday", "part", name="pk_pattern"),
    )
    op.create_table(
        "reach",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("within_minutes", sa.Integer(), nullable=True),
        sa.Column("from_minute", sa.Integer(), nullable=True),
        sa.Column("until_minute", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "user_id", "urgency", name="pk_reach"),
    )
    op.create_table(
        "reach_sharing",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("gone_since", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "team_id", "user_id", name="pk_reach_sharing"),
    )
    op.create_index("ix_reach_sharing_gone_since", "reach_sharing", ["gone_since"])
    op.create_index("ix_reach_sharing_tenant_user_id", "reach_sharing", ["tenant", "user_id"])
    op.create_table(
        "sent_card",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=True),
        sa.Column("service_url", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("bot_id", sa.Text(), nullable=False),
        sa.Column("bot_name", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("targeted", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("tenant", "conversation", "activity", name="pk_sent_card"),
    )
    op.create_index("ix_sent_card_due_at", "sent_card", ["due_at"])
    op.create_index("ix_sent_card_tenant_user_id", "sent_card", ["tenant", "user_id"])
    op.create_table(
        "site_keeper",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "place_id", name="pk_site_keeper"),
    )
    op.create_index("ix_site_keeper_tenant_user_id", "site_keeper", ["tenant", "user_id"])
    op.create_table(
        "team_together",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("weekday", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "team_id", "weekday", "part", name="pk_team_together"),
    )
    op.create_table(
        "tenant_setting",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "name", name="pk_tenant_setting"),
    )
    op.add_column("person", sa.Column("channel_user_id", sa.Text(), nullable=True))
    op.add_column("person", sa.Column("conversation", sa.Text(), nullable=True))
    op.add_column("person", sa.Column("service_url", sa.Text(), nullable=True))
    op.add_column("person", sa.Column("channel", sa.Text(), nullable=True))
    op.add_column("person", sa.Column("bot_id", sa.Text(), nullable=True))
    op.add_column("person", sa.Column("bot_name", sa.Text(), nullable=True))
    op.add_column("person", sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person", sa.Column("stopped", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("person", sa.Column("offer_after", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person", sa.Column("leaving_since", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_person_leaving_since", "person", ["leaving_since"])
    op.add_column("sharing", sa.Column("gone_since", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_sharing_gone_since", "sharing", ["gone_since"])
    op.add_column("team", sa.Column("introduced", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("team", sa.Column("asleep_since", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_team_asleep_since", "team", ["asleep_since"])
