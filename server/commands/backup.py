"""Everything into one file, consistent although the server goes on."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from server.commands import setup
from server.core import archive
from server.core.config import Settings
from server.core.db import open_engine, reading


def run(settings: Settings, options: Namespace) -> int:
    import server.app  # noqa: F401 (names every room, and so every table)

    target = Path(options.file)
    if target.exists():
        print(f"{target} is there already; name another file.", file=sys.stderr)
        return 1
    if not target.absolute().parent.is_dir():
        print(f"{target.absolute().parent} is no folder.", file=sys.stderr)
        return 1
    setup.run(settings)
    engine = open_engine(settings.database_url)
    with reading(engine) as connection:
        contents = archive.write(target, settings, connection)
    rows, size = sum(contents["rows"].values()), target.stat().st_size
    print(f"{target}: {rows:,} rows of {len(contents['rows'])} tables, {size / 1e6:,.1f} MB.")
    return 0
