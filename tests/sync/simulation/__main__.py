"""./run soak: many seeds on both databases, or one script again.

    ./run soak --seeds 1000 [--from 5000] [--engine sqlite|postgresql]
    ./run soak --script FILE
"""

from __future__ import annotations

import argparse
import logging
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.databases import Databases, SQLiteFiles
from tests.support.postgres import PostgresCluster

from .running import Stage, stage
from .script import Script, generate, read

ENGINES = ("sqlite", "postgresql")


@contextmanager
def opened(engine: str) -> Iterator[Stage]:
    if engine == "postgresql":
        cluster = PostgresCluster()
        cluster.start()
        try:
            with stage(Databases(cluster)) as ready:
                yield ready
        finally:
            cluster.stop()
        return
    folder = Path(tempfile.mkdtemp(prefix="kesher-soak-"))
    with stage(Databases(SQLiteFiles(folder))) as ready:
        yield ready
    shutil.rmtree(folder)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run soak", description="Simulate many lives.")
    parser.add_argument("--seeds", type=int, default=1000, help="how many, on each database")
    parser.add_argument("--from", type=int, default=10_000, dest="first", help="the first seed")
    parser.add_argument("--engine", choices=ENGINES, help="only this database")
    parser.add_argument("--script", type=Path, help="play this script instead")
    return parser.parse_args()


def play(ready: Stage, script: Script, shrinking: bool) -> bool:
    """Is all well? If not, prints what was broken and the shortest script that breaks it."""
    broken = ready.play(script)
    if broken is None:
        return True
    print(f"seed {script.seed}: {broken}", flush=True)
    if shrinking:
        short = ready.shrink(script, broken.number)
        print(f"{short.text()}\n{ready.play(short)}", flush=True)
    return False


def main() -> int:
    given = arguments()
    logging.disable(logging.CRITICAL)
    failed = 0
    for engine in [given.engine] if given.engine else ENGINES:
        began = time.monotonic()
        with opened(engine) as ready:
            if given.script:
                failed += not play(ready, read(given.script.read_text()), shrinking=False)
                continue
            for n in range(given.seeds):
                failed += not play(ready, generate(given.first + n), shrinking=True)
                if (n + 1) % 50 == 0:
                    print(f"{engine}: {n + 1} seeds, {failed} failed", flush=True)
        print(f"{engine}: done in {time.monotonic() - began:.0f} s")
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
