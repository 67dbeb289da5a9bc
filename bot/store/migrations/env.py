"""What Alembic runs: always on a connection that `bot.store.migrate` hands it."""

from alembic import context

from bot.store.migrate import ours
from bot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_name=ours,
)
with context.begin_transaction():
    context.run_migrations()
