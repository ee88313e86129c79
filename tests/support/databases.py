"""A fresh database for each test, on either engine, copied from one that was migrated once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from copy import deepcopy
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from server.core import checkpoints
from server.core.db import open_engine
from server.core.migrating import migrate
from tests.support.postgres import PostgresCluster

Found = TypeVar("Found")


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
            path.unlink(missing_ok=True)


class Databases:
    """Makes databases of one engine: `empty()`, `ready()` with all tables, or `filled()`."""

    def __init__(self, home: SQLiteFiles | PostgresCluster) -> None:
        self.home = home
        self.templates: dict[Callable[[str], Any], tuple[str, Any]] = {}

    def empty(self) -> tuple[str, Callable[[], None]]:
        """The URL of a new database without tables, and how to drop it."""
        return self._copy(None)

    def ready(self) -> tuple[str, Callable[[], None]]:
        """The URL of a new migrated database, and how to drop it."""
        return self._copy(self.migrated)

    def filled(self, fill: Callable[[str], Found]) -> tuple[str, Callable[[], None], Found]:
        """The same of one that was filled once for all, and a copy of what `fill(url)` told."""
        if fill not in self.templates:
            name = f"filled_{uuid4().hex}"
            self.templates[fill] = name, fill(self.home.create(name, self.migrated))
            checkpoints.rest()  # whose thread may be at the file that is about to be copied
        name, told = self.templates[fill]
        return *self._copy(name), deepcopy(told)

    @cached_property
    def migrated(self) -> str:
        name = f"migrated_{uuid4().hex}"
        engine = open_engine(self.home.create(name))
        migrate(engine)
        # Closing the last connection also folds SQLite's log into the file that gets copied.
        engine.dispose()
        return name

    def _copy(self, template: str | None) -> tuple[str, Callable[[], None]]:
        name = f"test_{uuid4().hex}"
        return self.home.create(name, template), lambda: self.home.drop(name)
