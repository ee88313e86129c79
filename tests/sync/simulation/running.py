"""Play a script, and find the shortest one that breaks the same promise."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from server.core.config import load
from tests.support.databases import Databases

from .phone import Node
from .quiet import Quiet, settle
from .script import Script
from .server import Server, opened
from .steps import take
from .world import Broken, World


@dataclass
class Stage:
    """A server on one database, and phones. Any number of scripts, one after the other."""

    server: Server
    node: Node

    def play(self, script: Script, only: int | None = None) -> Broken | None:
        """What was broken, if anything. With `only` the others are not looked at."""
        world = World(self.server, self.node, script)
        world.only = only
        try:
            for step in script.steps:
                take(world, step)
            settle(world)
            Quiet(world).check()
        except Broken as broken:
            return broken
        finally:
            world.close()
        return None

    def shrink(self, script: Script, number: int, only: int | None = None) -> Script:
        """Leave out steps, many at once and then one by one, while the same promise breaks."""
        size = max(1, len(script.steps) // 2)
        while size:
            start, shorter = 0, False
            while start < len(script.steps):
                steps = [*script.steps[:start], *script.steps[start + size :]]
                broken = self.play(script.of(steps), only)
                if broken and broken.number == number:
                    script, shorter = script.of(steps), True
                else:
                    start += size
            size = size if shorter and size == 1 else size // 2
        return script


@contextmanager
def stage(databases: Databases) -> Iterator[Stage]:
    """On a database of its own, in an app context."""
    from server.app import create_app
    from server.core.db import db

    url, drop = databases.ready()
    data = Path(tempfile.mkdtemp(prefix="kesher-simulation-"))
    app = create_app(load({"DATABASE_URL": url, "KESHER_DATA": str(data)}))
    app.testing = True
    node = Node()
    with app.app_context():
        try:
            with opened(app) as server:
                yield Stage(server, node)
        finally:
            db.session.remove()
            db.engine.dispose()
            node.stop()
    drop()
    shutil.rmtree(data)
