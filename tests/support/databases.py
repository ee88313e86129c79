"""A fresh database for each test, on either engine, copied from one that was migrated once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from server.core.db import open_engine
from server.core.migrating import migrate
from tests.support.postgres import PostgresCluster


class SQLiteFiles:
    """Databases that are files of a folder; the counterpart of PostgresCluster."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, name: str) -> str:
        return f"sqlite:///{self.folder / name}.db"

    def create(self, name: str, template: str | None = None) -> str:
        if template:
            shutil.copy(self.folder / f"{template}.db", self.folder / f"{name}.db")
        return self.url(name)

    def drop(self, name: str) -> None:
        for path in self.folder.glob(f"{name}.db*"):
            path.unlink()


class Databases:
    """Makes databases of one engine: `empty()`, or `ready()` with all tables."""

    def __init__(self, home: SQLiteFiles | PostgresCluster) -> None:
        self.home = home
        self.template: str | None = None

    def empty(self) -> tuple[str, Callable[[], None]]:
        """The URL of a new database without tables, and how to drop it."""
        name = f"test_{uuid4().hex}"
        return self.home.create(name), lambda: self.home.drop(name)

    def ready(self) -> tuple[str, Callable[[], None]]:
        """The URL of a new migrated database, and how to drop it."""
        if self.template is None:
            self.template = self._migrated(f"migrated_{uuid4().hex}")
        name = f"test_{uuid4().hex}"
        return self.home.create(name, self.template), lambda: self.home.drop(name)

    def _migrated(self, name: str) -> str:
        url = self.home.create(name)
        engine = open_engine(url)
        migrate(engine)
        # Closing the last connection also folds SQLite's log into the file that gets copied.
        engine.dispose()
        return name
