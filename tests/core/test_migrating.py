"""Migrations end at what the models declare, on both engines, and run once."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from server.app import create_app
from server.core.config import load
from server.core.db import db, engine_options, prepare, reading, writing
from server.core.migrating import lenient, migrate, ours


@pytest.fixture
def engine(empty_database_url):
    engine = create_engine(empty_database_url, **engine_options(empty_database_url))
    prepare(engine)
    yield engine
    engine.dispose()


def test_migrations_and_models_agree(engine, tmp_path):
    create_app(load({"KESHER_DATA": str(tmp_path)}))  # declares every room's tables
    assert migrate(engine)
    with reading(engine) as connection:
        options = {"compare_type": True, "include_object": ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, db.metadata) == []


def test_a_migrated_database_is_left_alone(engine):
    assert migrate(engine)
    assert not migrate(engine)


def test_migrations_may_make_a_table_anew_without_losing_what_refers_to_it(tmp_path):
    url = f"sqlite:///{tmp_path / 'some.db'}"
    engine = create_engine(url, **engine_options(url))
    prepare(engine)
    with writing(lenient(engine)) as connection:
        for statement in (
            "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
            "CREATE TABLE child (parent INTEGER REFERENCES parent (id) ON DELETE CASCADE)",
            "INSERT INTO parent VALUES (1)",
            "INSERT INTO child VALUES (1)",
            "CREATE TABLE anew (id INTEGER PRIMARY KEY, name TEXT)",
            "INSERT INTO anew (id) SELECT id FROM parent",
            "DROP TABLE parent",
            "ALTER TABLE anew RENAME TO parent",
        ):
            connection.exec_driver_sql(statement)
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM child").scalar() == 1
    engine.dispose()
