"""Print a new API token of a person. Only its hash is kept, so it cannot be shown again."""

from __future__ import annotations

import hashlib
import secrets
import sys
from argparse import Namespace
from datetime import UTC, datetime

from sqlalchemy import create_engine, insert, select

from server.core.config import Settings
from server.core.db import engine_options, prepare, writing
from server.core.people import Login, Token


def run(settings: Settings, options: Namespace) -> int:
    engine = create_engine(settings.database_url, **engine_options(settings.database_url))
    prepare(engine)
    with writing(engine) as connection:
        wanted = select(Login.org, Login.person).where(Login.email == options.email.lower())
        login = connection.execute(wanted.where(Login.disabled.is_(False))).mappings().first()
        if login is None:
            print(f"Nobody signs in as {options.email}.", file=sys.stderr)
            return 1
        token = secrets.token_urlsafe(32)
        digest = hashlib.sha256(token.encode()).hexdigest()
        row = {"hash": digest, "created_at": datetime.now(UTC), **login}
        connection.execute(insert(Token).values(row))
    print(token)
    return 0
