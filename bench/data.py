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
from server.demo.world import Row

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
    now, ids = datetime.now(UTC), list[str]()
    structure = organisation(now, accounts=0)
    people = {row["roles"][0]: row for kind, row in structure if kind == "person"}
    seller, admin = people[IDS["seller"]], people[IDS["admin"]]
    rows = organisation(now, accounts=accounts, ratios=ACCOUNTS_ONLY)
    with create_app(settings).app_context(), writing(engine) as connection:
        org = joining.found(
            connection, "Bench", lang="he", currency="ILS", region="IL", zone="Asia/Jerusalem"
        )
        bulk(connection, org, _owned(rows, seller, ids), by=None)
        tokens = [new_token(connection, who["id"], org) for who in (seller, admin)]
        for who in (seller, admin):
            joining.login(connection, org, who["id"], who["email"], password_hash())
    engine.dispose()
    return Population(ids, seller["email"], admin["email"], *tokens)


def _owned(rows: Iterator[Row], seller: dict[str, Any], ids: list[str]) -> Iterator[Row]:
    """All accounts are the seller's; their ids are noted."""
    for kind, row in rows:
        if kind == "account":
            ids.append(row["id"])
            row |= {"owner": seller["id"], "team": seller["team"]}
        yield kind, row


def password_hash() -> str:
    from server.demo.story import PASSWORD
    from server.web.auth import hash_password

    return hash_password(PASSWORD)
