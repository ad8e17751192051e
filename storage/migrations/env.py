"""Runs a migration on the connection that `storage.database` hands over; there is no alembic.ini."""

from typing import Any, Literal

from alembic import context

from storage.tables import Moment, metadata


def run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, render_item=_plain_moment)
    with context.begin_transaction():
        context.run_migrations()


def _plain_moment(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration must not change its meaning when our own type does."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


run()
