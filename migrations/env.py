"""Run by alembic: with the connection that `server.core.migrating` hands over, else its own.

New migration: `alembic revision --autogenerate -m "Add the quote"`, then read and trim it.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from server.app import create_app
from server.core.db import db, writing
from server.core.migrating import ours


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        compare_type=True,
        include_object=ours,
        user_module_prefix="types.",
    )
    # Not alembic's own transaction: ours holds the lock and commits.
    context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    app = create_app()
    with app.app_context(), writing() as connection:
        run(connection)
