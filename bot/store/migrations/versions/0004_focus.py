"""Focus sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "focus",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("learning", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("outside", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("called_off", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.Text(), nullable=True),
        *_trace("presence"),
        *_trace("status"),
        *_trace("block"),
        sa.Column("touched", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_focus"),
    )
    op.create_table(
        "focus_choice",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("end_line", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "user_id", name="pk_focus_choice"),
    )
    op.create_index("ix_focus_over_at", "focus", ["over_at"])
    op.create_index("ix_focus_due_at", "focus", ["due_at"])
    op.create_index("ix_focus_tenant_user_id", "focus", ["tenant", "user_id"])


def _trace(name: str) -> list[sa.Column[object]]:
    return [
        sa.Column(f"{name}_hold", sa.Text(), nullable=False),
        sa.Column(f"{name}_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column(f"{name}_stamp", sa.Text(), nullable=True),
        sa.Column(f"{name}_what", sa.Text(), nullable=True),
    ]
