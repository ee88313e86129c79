"""Print a new API token of a person. Only its hash is kept, so it cannot be shown again."""

from __future__ import annotations

import sys
from argparse import Namespace

from sqlalchemy import create_engine, select

from server.core.config import Settings
from server.core.db import engine_options, prepare, writing
from server.core.identity import new_token
from server.core.people import Login


def run(settings: Settings, options: Namespace) -> int:
    engine = create_engine(settings.database_url, **engine_options(settings.database_url))
    prepare(engine)
    wanted = select(Login.person, Login.org).where(Login.email == options.email.lower())
    with writing(engine) as connection:
        login = connection.execute(wanted.where(Login.disabled.is_(False))).first()
        if login is None:
            print(f"Nobody signs in as {options.email}.", file=sys.stderr)
            return 1
        print(new_token(connection, login.person, login.org))
    return 0
