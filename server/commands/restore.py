"""A backup back into the database and the data folder, whole or not at all."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from server.core.archive import Archive, BadArchive
from server.core.config import Settings
from server.core.copying import is_empty, load
from server.core.db import open_engine, writing
from server.core.migrating import is_known, lenient


def run(settings: Settings, options: Namespace) -> int:
    from server.app import create_app  # which names every room, and so every table
    from server.privacy.remembering import erase_again

    try:
        backup = Archive(Path(options.file))
    except BadArchive as error:
        return _refuse(str(error))
    if not is_known(backup.revision):
        return _refuse(f"{options.file} was made by a newer Kesher; update this one first.")
    settings.data.mkdir(parents=True, exist_ok=True)
    engine = lenient(open_engine(settings.database_url))
    with create_app(settings).app_context(), writing(engine) as connection:
        if not (options.replace or is_empty(connection)):
            return _refuse("The database is in use; --replace puts the backup in its place.")
        load(connection, backup.revision, backup.sources())
        backup.unpack(settings.data)
        again = erase_again(connection, settings.data)
    if again:
        print(f"Erased {again:,} records again of people who had been erased since.")
    print(f"Restored {sum(backup.rows.values()):,} rows as of {backup.made}.")
    return 0


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1
