"""Print a new API token of a person. Only its hash is kept, so it cannot be shown again."""

from __future__ import annotations

import sys
from argparse import Namespace

from sqlalchemy import select

from server.core.config import Settings
from server.core.db import open_engine, writing
from server.core.identity import new_token
from server.core.people import Login


def run(settings: Settings, options: Namespace) -> int:
    engine = open_engine(settings.database_url)
    wanted = select(Login.person, Login.org).where(Login.email == options.email.lower())
    with writing(engine) as connection:
        login = connection.execute(wanted.where(Login.disabled.is_(False))).first()
        if login is None:
            print(f"Nobody signs in as {options.email}.", file=sys.stderr)
            return 1
        print(new_token(connection, login.person, login.org))
    return 0
