"""Make everything that must be there before the first request. Safe to repeat."""

from __future__ import annotations

from argparse import Namespace

from server.core.config import Settings
from server.core.db import open_engine
from server.core.migrating import migrate
from server.core.secrets import push_keys, secret_key


def run(settings: Settings, _options: Namespace | None = None) -> None:
    settings.data.mkdir(parents=True, exist_ok=True)
    secret_key(settings)
    push_keys(settings)
    engine = open_engine(settings.database_url)
    if migrate(engine):
        print("The database is up to date.", flush=True)
    engine.dispose()
