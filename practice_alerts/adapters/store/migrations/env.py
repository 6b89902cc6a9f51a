"""Runs the migrations on the connection it is given; there is no other way to run them."""

from alembic import context

from practice_alerts.adapters.store.core.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
