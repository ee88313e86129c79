"""Sync beside its peers, in one run in Chromium: ours, WatermelonDB on LokiJS, PouchDB.

All hold the same records and are driven by the same steps (`bench/sync/`): load everything and
list it, push 1,000 edits, pull 100 changes, and bring one change from one browser to another. Each
step ends with the records in IndexedDB. What the servers do is in docs/developer/performance.md.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, Page

from bench.data import Population
from bench.peering import FOLDER, pouch, watermelon
from bench.syncing import EDITS, PULLED, Device
from pwa.building.dist import esbuild
from server.demo.story import PASSWORD
from tests.support.browser import chromium
from tests.support.servers import LiveServer

PRODUCTS = {"ours": "Kesher", "watermelon": "WatermelonDB", "pouch": "PouchDB"}
PATIENCE = 600_000  # ms that a peer may take to load
MEASURE = "given => measure(...given)"
LOADS = 5


def measure(server: LiveServer, people: Population, times: int, data: Path) -> None:
    records = _records(server, people)
    script = _bundle()
    with pouch(data, records) as couch, watermelon(data, records) as flask, chromium() as browser:
        origins = {"ours": server.url, "watermelon": flask, "pouch": couch}
        running = [Run(name, browser, origins[name], script, people, records) for name in PRODUCTS]
        for run in running:
            run.load()
        for n in range(times):
            for run in running:  # in turns, so that all meet the same noise of the machine
                run.once(n)
    _show(
        f"Sync beside peers, {len(records):,} records", {run.product: run.found for run in running}
    )


def _records(server: LiveServer, people: Population) -> list[tuple[str, dict[str, Any]]]:
    """Everybody's accounts, as the server gives them; lists and truths as text, for all alike."""
    device, found = Device(server, people.seller_token), []
    more = True
    while more:
        answer = device.round()
        found += [(row[0], row[3]) for row in answer["rows"] if row[1] == "account"]
        more = answer["more"]
    plain = [(id_, {name: _plain(value) for name, value in doc.items()}) for id_, doc in found]
    return plain


def _plain(value: Any) -> Any:
    """As WatermelonDB keeps them; ours keeps what the server gives."""
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _bundle() -> str:
    """The four functions of each product as one script; peers are installed when missing."""
    if not (FOLDER / "node_modules").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=FOLDER, check=True)
    options = ("--bundle", "--format=iife", "--log-level=error", "--define:global=globalThis")
    quiet = '--define:process.env.NODE_ENV="production"'
    return esbuild(str(FOLDER / "index.js"), *options, quiet).decode()


class Phone:
    """A browser of its own with one product in it."""

    def __init__(self, product: str, browser: Browser, origin: str, script: str) -> None:
        self.product = product
        self.page: Page = browser.new_context(bypass_csp=True, service_workers="block").new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.goto(origin)
        self.origin, self.script = origin, script

    def sign_in(self, people: Population) -> dict[str, Any]:
        self.page.fill("[name=email]", people.seller)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url("**/today")
        data: dict[str, str] = self.page.evaluate("({...document.documentElement.dataset})")
        self.page.goto(self.origin + "/healthz")  # an empty page, as the peers have
        return {"org": data["org"], "person": data["person"]}

    def run(self, what: str, *given: Any) -> tuple[float, str | None]:
        ms, result = self.page.evaluate(MEASURE, [self.product, what, *given])
        return ms, result


class Run:
    """One product under way, with two phones."""

    def __init__(
        self, product: str, browser: Browser, origin: str, script: str,
        people: Population, records: list[Any],
    ) -> None:  # fmt: skip
        self.product, self.people = product, people
        self.ids, self.fields = [id_ for id_, _ in records], sorted(records[0][1])
        self.new = lambda: Phone(product, browser, origin, script)
        self.found: dict[str, list[float]] = {}
        self.phones: list[Phone] = []

    def load(self) -> None:
        """Into empty browsers; the last two go on."""
        for _ in range(LOADS):
            if len(self.phones) == 2:
                self.phones.pop(0).page.context.close()
            phone = self.new()
            who = phone.sign_in(self.people) if self.product == "ours" else {}
            phone.page.evaluate(phone.script)
            ms, _ = phone.run("load", {**who, "name": uuid4().hex, "fields": self.fields})
            self.found.setdefault("first load", []).append(ms)
            self.phones.append(phone)

    def once(self, n: int) -> None:
        one, _ = self.phones
        ms, _ = one.run("push", self.ids[:EDITS], f"push {n}")
        self.found.setdefault(f"push of {EDITS:,}", []).append(ms)
        self.pull(f"push {n} 0")
        one.run("push", self.ids[:PULLED], f"pull {n}")
        self.found.setdefault(f"pull of {PULLED}", []).append(self.pull(f"pull {n} 0"))
        sent, _ = one.run("push", self.ids[:1], f"one {n}")
        self.found.setdefault("one browser to another", []).append(sent + self.pull(f"one {n} 0"))

    def pull(self, wanted: str) -> float:
        ms, seen = self.phones[1].run("pull", self.ids[0])
        if seen != wanted:
            raise RuntimeError(f"{self.product} pulled {seen!r} instead of {wanted!r}")
        return ms


def _median(times: list[float]) -> float:
    return sorted(times)[len(times) // 2]


def _show(title: str, found: dict[str, dict[str, list[float]]]) -> None:
    heads = "".join(f"{name:>16}" for name in PRODUCTS.values())
    print(f"\n{title}; medians in ms, and how many times ours\n{'':26}{heads}")
    for what in found["ours"]:
        own = _median(found["ours"][what])
        cells = [
            f"{_median(found[p][what]):.0f} ×{_median(found[p][what]) / own:.1f}" for p in found
        ]
        print(f"{what:26}" + "".join(f"{cell:>16}" for cell in cells), flush=True)
