"""The program as it is served to browsers: a copy that no build meanwhile disturbs, or another
version of it; and the demo organisation in a database to be copied."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from server.core.config import ROOT, load

ACCOUNTS = 120


def copy_of_program(folder: Path) -> Path:
    """The folder to start the server in."""
    shutil.copytree(ROOT / "server", folder / "server", ignore=shutil.ignore_patterns("dist.*"))
    return folder


def raise_version(home: Path, version: str) -> None:
    """Make it a later build: another version in the page's script and in the worker."""
    dist = home / "server" / "static" / "dist"
    built = json.loads((dist / "build.json").read_text())
    old = built["version"]
    for path in [dist / "worker.js", dist / built["files"]["page.js"]]:
        path.write_text(path.read_text().replace(old, version))
    page = dist / built["files"]["page.js"]
    page.rename(page.with_name(page.name.replace(old, version)))
    (dist / "build.json").write_text(json.dumps(built).replace(old, version))


@dataclass(frozen=True)
class Demo:
    """A database file to copy, and how programs of its people sign in."""

    file: Path
    tokens: dict[str, str]
    people: dict[str, str]


def load_demo(folder: Path) -> Demo:
    """Load the demo organisation; people are known by what stands before their @."""
    from server.app import create_app
    from server.commands.demo import PASSWORD, fill
    from server.core.db import db, writing
    from server.core.identity import LOGIN, new_token
    from server.core.migrating import migrate
    from server.web.auth import hash_password

    file = folder / "demo.db"
    settings = {"DATABASE_URL": f"sqlite:///{file}", "KESHER_DATA": str(folder / "data")}
    app = create_app(load(settings))
    tokens, people = {}, {}
    with app.app_context():
        migrate(db.engine)
        with writing() as connection:
            fill(connection, ACCOUNTS, hash_password(PASSWORD))
            for row in connection.execute(select(LOGIN)).all():
                name = row.email.partition("@")[0]
                people[name] = row.person
                tokens[name] = new_token(connection, row.person, row.org)
        db.session.remove()
        db.engine.dispose()
    return Demo(file, tokens, people)
