"""Many clients of POST /sync at once, against a server as it is run: all its processes."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from bench.data import Population
from bench.syncing import Device, edits
from bench.timing import Figure, show
from tests.support.servers import LiveServer

CROWDS = (1, 8, 32)
BATCH = 10  # edits in a push: what a person does between two rounds
SECONDS = 5.0
DEVICES = 1_000


def measure(server: LiveServer, people: Population, engine: str) -> None:
    print(f"\nPushes of {BATCH} edits, {engine}\n{'clients':>10}{'a second':>10}{'p50 ms':>10}"
          f"{'p95 ms':>10}")  # fmt: skip
    for size in CROWDS:
        devices = [Device(server, people.seller_token) for _ in range(size)]
        figure, seconds = _crowd(devices, [_pusher(d, people, n) for n, d in enumerate(devices)])
        rate = len(figure.times) / seconds
        print(f"{size:>10}{rate:>10.0f}{figure.p50:>10.1f}{figure.p95:>10.1f}", flush=True)
    show(f"A round without news, {engine}", [_empty(server, people)])


def _pusher(device: Device, people: Population, number: int) -> Callable[[], None]:
    """Each client has customers of its own, as sellers have."""
    turns = count()

    def push() -> None:
        n = next(turns)
        start = (number * 97 + n * BATCH) % (len(people.accounts) - BATCH)
        device.push(edits(people.accounts[start : start + BATCH], 2**40, f"{number} {n}"))

    return push


def _crowd(devices: list[Device], work: list[Callable[[], None]]) -> tuple[Figure, float]:
    """All at once for some seconds; how long each piece of work took."""
    for one in work:
        one()
    started = time.perf_counter()
    end = started + SECONDS

    def run(one: Callable[[], None]) -> list[float]:
        times = []
        while (now := time.perf_counter()) < end:
            one()
            times.append((time.perf_counter() - now) * 1000)
        return times

    with ThreadPoolExecutor(len(work)) as pool:
        times = [ms for found in pool.map(run, work) for ms in found]
    seconds = time.perf_counter() - started
    for device in devices:
        device.connection.close()
    return Figure("", times), seconds


def _empty(server: LiveServer, people: Population) -> Figure:
    """Of as many devices, one after the other, as a company has; each with its own cursor."""
    first = Device(server, people.seller_token)
    first.catch_up()
    times = []
    for _ in range(DEVICES):
        first.become_another()
        started = time.perf_counter()
        first.round()
        times.append((time.perf_counter() - started) * 1000)
    return Figure(f"{DEVICES:,} devices", times, 10)
