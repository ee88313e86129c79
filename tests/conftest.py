"""Fixtures for every test: databases on both engines, the app, live servers, a browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from server.core.config import Settings, load
from tests.people import Cast, Stage, hired
from tests.people import stage as open_stage
from tests.support.browser import chromium
from tests.support.databases import Databases, SQLiteFiles
from tests.support.memory import TemporaryFiles
from tests.support.postgres import PostgresCluster
from tests.support.routes import keep_compiled
from tests.support.servers import LiveServer

ENGINES = ("sqlite", "postgresql")
LONG = ("browser", "looks", "sync")  # folders whose tests take seconds each
temporary_files = TemporaryFiles()


def pytest_configure() -> None:
    temporary_files.move()
    keep_compiled()


def pytest_unconfigure() -> None:
    temporary_files.remove()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs Chromium is marked so.

    Files with much to do come first, lest one processor wait for the other in the end.
    """
    for item in items:
        if isinstance(item, pytest.Function) and "browser" in item.fixturenames:
            item.add_marker("browser")
    sizes = Counter(item.path for item in items)
    home = Path(__file__).parent
    soon = {path for path in sizes if path.relative_to(home).parts[0] in LONG}
    items.sort(key=lambda one: (one.path not in soon, -sizes[one.path], str(one.path)))


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    return Databases(SQLiteFiles(tmp_path_factory.mktemp("sqlite")))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Databases]:
    cluster = PostgresCluster()
    cluster.start()
    yield Databases(cluster)
    cluster.stop()


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Runs the test once on each engine."""
    return str(request.param)


@pytest.fixture
def databases(engine_name: str, request: pytest.FixtureRequest) -> Databases:
    # Looked up late: a test on SQLite alone starts no PostgreSQL.
    home: Databases = request.getfixturevalue(engine_name)
    return home


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """A database without tables."""
    url, drop = databases.empty()
    yield url
    drop()


@pytest.fixture
def staffed(databases: Databases) -> Iterator[tuple[str, Cast]]:
    """A database with all tables and the cast in them, and the cast."""
    url, drop, cast = databases.filled(hired)
    yield url, cast
    drop()


@pytest.fixture
def database_url(databases: Databases, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database with all tables and no rows, or with the cast if the test asks for it."""
    if "staffed" in request.fixturenames:
        yield request.getfixturevalue("staffed")[0]
        return
    url, drop = databases.ready()
    yield url
    drop()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return load({"DATABASE_URL": database_url, "KESHER_DATA": str(tmp_path / "data")})


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The app in its context, on a database of its own."""
    from server.app import create_app
    from server.core.db import db

    app = create_app(settings)
    app.testing = True
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def fresh(app: Flask, staffed: tuple[str, Cast]) -> Stage:
    """The app and its cast on a database of their own."""
    return Stage(app, staffed[1])


@pytest.fixture(scope="module", params=ENGINES)
def stage(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """The same for all tests of a file, for those that do not mind what others did."""
    databases = request.getfixturevalue(request.param)
    with open_stage(databases, tmp_path_factory.mktemp("data")) as stage:
        yield stage


@pytest.fixture
def live_server(sqlite: Databases, tmp_path: Path) -> Iterator[LiveServer]:
    """A server that runs, on SQLite; `live_server.url` is where."""
    url, drop = sqlite.ready()
    server = LiveServer(url, tmp_path / "data")
    server.start()
    yield server
    server.kill()
    drop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts (`viewport=`, `locale=`, …) that are closed after the test."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        made.append(browser.new_context(**options))
        return made[-1]

    yield make
    for context in made:
        context.close()
