"""Pages of the server at 100,000 accounts: lists, searches, details, over HTTP."""

from __future__ import annotations

import http.client
from urllib.parse import quote

from bench.data import Population
from bench.syncing import ask
from bench.timing import Figure, show, timed
from tests.support.servers import LiveServer

GOAL = 40.0
PAGES = (
    ("list", "/accounts/"),
    ("list, sorted by city", "/accounts/?sort=city&dir=asc"),
    ("list, filtered by stage", "/accounts/?stage=at_risk"),
    ("search, many hits", "/accounts/?q=" + quote('בע"מ')),
    ("search, many hits late in the order", "/accounts/?q=ltd"),
    ("search, many hits at its end", "/accounts/?q=" + quote("شرکت")),
    ("search, few hits", "/accounts/?q=" + quote("גליל זית")),
    ("search, two letters", "/accounts/?q=" + quote("דנ")),
    ("search, no hits", "/accounts/?q=zzqzzq"),
    ("search, digits of a phone", "/accounts/?q=0521234"),
)


def measure(server: LiveServer, people: Population, times: int) -> None:
    ask = Asking(server, people.admin_token)
    figures = [timed(what, lambda p=path: ask(p), times, GOAL) for what, path in PAGES]
    some = iter(people.accounts[:: max(1, len(people.accounts) // (times + 1))])
    figures.append(timed("detail", lambda: ask(f"/accounts/{next(some)}"), times, GOAL))
    figures += _as_seller(server, people, times)
    show(f"Server pages, {len(people.accounts):,} accounts", figures)


def _as_seller(server: LiveServer, people: Population, times: int) -> list[Figure]:
    ask = Asking(server, people.seller_token)
    return [
        timed(f"{what}, as a seller of the team", lambda p=path: ask(p), times, GOAL)
        for what, path in PAGES[:1] + PAGES[3:7]
    ]


class Asking:
    """A program with a token and one open connection."""

    def __init__(self, server: LiveServer, token: str) -> None:
        self.connection = http.client.HTTPConnection("localhost", server.port, timeout=60)
        self.headers = {"Authorization": f"Bearer {token}"}

    def __call__(self, path: str) -> bytes:
        return ask(self.connection, "GET", path, None, self.headers)
