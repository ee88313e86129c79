"""Measure: `python -m bench [KIND…]`; without a kind all but peers and files.

Prints tables of medians and 95th percentiles. Machines are noisy: compare figures of one run.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import crowds, exchange, pages, peers, sending, syncing, worker
from bench.data import Population, populate
from server.core.config import ROOT, load
from tests.support.postgres import PostgresCluster
from tests.support.servers import LiveServer

KINDS = ("worker", "sync", "crowds", "pages", "exchange")
ALL = (*KINDS, "peers", "files")
ENGINES = ("sqlite", "postgresql")
LARGEST = 2_047  # MB
WEB_PROCESSES = "2"  # as many as by default


@contextmanager
def served(
    url: str, data: Path, accounts: int, **environ: str
) -> Iterator[tuple[LiveServer, Population]]:
    people = populate(load({"DATABASE_URL": url, "KESHER_DATA": str(data)}), accounts)
    server = LiveServer(url, data, ROOT, **environ)
    server.start()
    try:
        yield server, people
    finally:
        server.stop()


@contextmanager
def database(engine: str) -> Iterator[tuple[str, Path]]:
    """A new database of an engine, and a folder."""
    with tempfile.TemporaryDirectory() as folder:
        if engine == "sqlite":
            yield f"sqlite:///{folder}/bench.db", Path(folder)
            return
        cluster = PostgresCluster()
        cluster.start()
        try:
            yield cluster.create("bench"), Path(folder)
        finally:
            cluster.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[[], *ALL], help="what to measure")
    parser.add_argument("--accounts", type=int, help="instead of 10,000 and 100,000")
    parser.add_argument("--times", type=int, default=40, help="repetitions (40)")
    options = parser.parse_args()
    kinds: list[str] = options.kinds or list(KINDS)
    if "worker" in kinds or "sync" in kinds:
        small(kinds, options.accounts or 10_000, options.times)
    if "peers" in kinds:
        for accounts in [options.accounts] if options.accounts else [10_000, 100_000]:
            with database("sqlite") as place, served(*place, accounts) as (server, people):
                peers.measure(server, people, max(3, options.times // 8), place[1])
    if "files" in kinds:
        with database("sqlite") as place, served(*place, 1_000) as (server, people):
            sending.measure(server, people, LARGEST)
    if "crowds" in kinds:
        crowded(options.accounts or 10_000)
    if "exchange" in kinds:
        for engine in ENGINES:
            with database(engine) as place:
                accounts = options.accounts or 100_000
                exchange.measure(*exchange.prepared(*place, accounts), accounts, engine)
    if "pages" in kinds:
        large(options.accounts or 100_000, options.times)


def small(kinds: list[str], accounts: int, times: int) -> None:
    for engine in ENGINES if "sync" in kinds else ENGINES[:1]:
        with database(engine) as place, served(*place, accounts) as (server, people):
            if "sync" in kinds:
                syncing.measure(server, people, max(3, times // 8), engine)
            if "worker" in kinds and engine == "sqlite":
                worker.measure(server, people, times)


def crowded(accounts: int) -> None:
    for engine in ENGINES:
        with (
            database(engine) as place,
            served(*place, accounts, KESHER_WORKERS=WEB_PROCESSES) as (server, people),
        ):
            crowds.measure(server, people, engine)


def large(accounts: int, times: int) -> None:
    for engine in ENGINES:
        with database(engine) as place, served(*place, accounts) as (server, people):
            print(f"\n{engine}:")
            pages.measure(server, people, times)


if __name__ == "__main__":
    main()
