"""Databases to measure on: one organisation of any size, with one seller who owns all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from server.core.bulk import bulk
from server.core.config import Settings
from server.core.db import open_engine, writing
from server.core.identity import new_token
from server.core.roles import IDS
from server.demo.generate import Ratios, organisation

ACCOUNTS_ONLY = Ratios(0, 0, 0)


@dataclass(frozen=True)
class Population:
    """Who is there, and how a program signs in as the seller and as the administrator."""

    accounts: list[str]
    seller: str
    admin: str
    seller_token: str
    admin_token: str


def populate(settings: Settings, accounts: int) -> Population:
    """Migrate an empty database and fill it."""
    from server.app import create_app
    from server.commands import joining
    from server.core.migrating import migrate

    engine = open_engine(settings.database_url)
    migrate(engine)
    now = datetime.now(UTC)
    rows = list(organisation(now, accounts=accounts, ratios=ACCOUNTS_ONLY))
    people = {row["roles"][0]: row for kind, row in rows if kind == "person"}
    seller, admin = people[IDS["seller"]], people[IDS["admin"]]
    with create_app(settings).app_context(), writing(engine) as connection:
        org = joining.found(
            connection, "Bench", lang="he", currency="ILS", region="IL", zone="Asia/Jerusalem"
        )
        bulk(connection, org, _owned(rows, seller), by=None)
        tokens = [new_token(connection, who["id"], org) for who in (seller, admin)]
        for who in (seller, admin):
            joining.login(connection, org, who["id"], who["email"], password_hash())
    engine.dispose()
    ids = [row["id"] for kind, row in rows if kind == "account"]
    return Population(ids, seller["email"], admin["email"], *tokens)


def _owned(
    rows: list[tuple[str, dict[str, Any]]], seller: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, row in rows:
        mine = {"owner": seller["id"], "team": seller["team"]} if kind == "account" else {}
        yield kind, row | mine


def password_hash() -> str:
    from server.demo.story import PASSWORD
    from server.web.auth import hash_password

    return hash_password(PASSWORD)
