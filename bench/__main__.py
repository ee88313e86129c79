"""Measure: `python -m bench [KIND…]`; without a kind all but peers and files.

`pages exchange` together measure lists, filters, search, import and export on one database of
each engine; with `--accounts 1000000 --engine postgresql` a large one.

Prints tables of medians and 95th percentiles. Machines are noisy: compare figures of one run.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import crowds, exchange, pages, peers, sending, syncing, worker
from bench.data import Population, populate
from server.core.config import ROOT, load
from tests.support.postgres import DURABLE, PostgresCluster
from tests.support.servers import LiveServer

KINDS = ("worker", "sync", "crowds", "pages", "exchange")
ALL = (*KINDS, "peers", "files")
ENGINES = ("sqlite", "postgresql")
LARGEST = 2_047  # MB
MOST_ROWS = 100_000  # of a file that is brought in
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
        cluster = PostgresCluster(DURABLE)
        cluster.start()
        try:
            yield cluster.create("bench"), Path(folder)
        finally:
            cluster.stop()


def end(number: int, _frame: object) -> None:
    """Killed, it ends what it has started, as it does when all is done."""
    sys.exit(128 + number)


def main() -> None:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[[], *ALL], help="what to measure")
    parser.add_argument("--accounts", type=int, help="instead of 10,000 and 100,000")
    parser.add_argument("--times", type=int, default=40, help="repetitions (40)")
    parser.add_argument("--engine", choices=ENGINES, help="of pages and exchange: only this one")
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
    if {"pages", "exchange"} & {*kinds}:
        for engine in [options.engine] if options.engine else ENGINES:
            large(engine, kinds, options.accounts or 100_000, options.times)


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


def large(engine: str, kinds: list[str], accounts: int, times: int) -> None:
    with database(engine) as place, served(*place, accounts) as (server, people):
        if "pages" in kinds:
            print(f"\n{engine}:")
            pages.measure(server, people, times)
        if "exchange" in kinds:
            settings = load({"DATABASE_URL": place[0], "KESHER_DATA": str(place[1])})
            exchange.measure(settings, people, min(accounts, MOST_ROWS), engine)


if __name__ == "__main__":
    main()
