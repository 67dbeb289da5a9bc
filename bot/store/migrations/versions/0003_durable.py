"""Durable work: batches of messages, living cards, how fast Samen may speak, and what people asked to be sent."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("delivery", sa.Column("batch", sa.Text(), nullable=True))
    op.add_column("delivery", sa.Column("owner", sa.Text(), nullable=True))
    op.add_column("delivery", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_delivery_tenant_batch", "delivery", ["tenant", "batch"])
    op.create_index(
        "ix_delivery_not_collected",
        "delivery",
        ["due_at"],
        sqlite_where=sa.text("batch IS NULL"),
        postgresql_where=sa.text("batch IS NULL"),
    )
    op.add_column("person", sa.Column("unreachable_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("team", sa.Column("unreachable_since", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "living_card",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("service_url", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("bot_id", sa.Text(), nullable=False),
        sa.Column("bot_name", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("plan_day", sa.Date(), nullable=True),
        sa.Column("activity", sa.Text(), nullable=True),
        sa.Column("shown", sa.Text(), nullable=True),
        sa.Column("touched", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("redraw", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_living_card"),
    )
    op.create_index("ix_living_card_due_at", "living_card", ["due_at"])
    op.create_index("ix_living_card_until", "living_card", ["until"])
    op.create_index("ix_living_card_tenant_kind_subject", "living_card", ["tenant", "kind", "subject"])
    op.create_index("ix_living_card_tenant_team_id", "living_card", ["tenant", "team_id"])
    op.create_table(
        "pace",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("free_at", sa.Float(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_pace"),
    )
    op.create_index("ix_pace_used_at", "pace", ["used_at"])
    op.create_table(
        "prompt",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "user_id", "kind", name="pk_prompt"),
    )
    op.create_index("ix_prompt_next_at", "prompt", ["next_at"])
    op.create_table(
        "quiet_day",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "user_id", "day", name="pk_quiet_day"),
    )
    op.create_index("ix_quiet_day_zone_day", "quiet_day", ["zone", "day"])
