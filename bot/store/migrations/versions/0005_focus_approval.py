"""Who was told that an administrator has to approve Microsoft 365 first is not told again with each focus time."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("focus_choice", sa.Column("unapproved", sa.Boolean(), server_default=sa.false(), nullable=False))
