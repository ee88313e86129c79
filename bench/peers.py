"""Sync beside its peers, in one run in Chromium: ours, WatermelonDB on LokiJS, PouchDB.

All hold the same records and are driven by the same four steps (`bench/sync/`): load everything,
push 1,000 edits, pull 100 changes, and bring one change from one browser to another. Ours talks to
the real server and its database; the peers' servers keep everything in memory.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, Page

from bench.data import Population
from bench.syncing import EDITS, PULLED, Device
from pwa.building.dist import esbuild
from server.core.config import ROOT
from server.demo.story import PASSWORD
from tests.support.browser import chromium
from tests.support.servers import LiveServer, free_port

FOLDER = ROOT / "bench" / "sync"
PRODUCTS = {"ours": "Kesher", "watermelon": "WatermelonDB", "pouch": "PouchDB"}
PATIENCE = 600_000  # ms that a peer may take to load
MEASURE = "given => measure(...given)"


def measure(server: LiveServer, people: Population, times: int, data: Path) -> None:
    records = _records(server, people)
    script = _bundle()
    with _peers(data, records) as origin, chromium() as browser:
        found = {}
        for product in PRODUCTS:
            at = server.url if product == "ours" else origin
            found[product] = _measured(product, browser, at, script, people, records, times)
    _show(f"Sync beside peers, {len(records):,} records", found)


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
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _bundle() -> str:
    """The four functions of each product as one script; peers are installed when missing."""
    if not (FOLDER / "node_modules").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=FOLDER, check=True)
    options = ("--bundle", "--format=iife", "--log-level=error", "--define:global=globalThis")
    quiet = '--define:process.env.NODE_ENV="production"'
    return esbuild(str(FOLDER / "index.js"), *options, quiet).decode()


@contextmanager
def _peers(data: Path, records: list[Any]) -> Iterator[str]:
    file, port = data / "records.json", free_port()
    file.write_text(json.dumps(records))
    command = ["node", "--max-old-space-size=6144", "server.mjs", str(port), str(file)]
    program = subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.PIPE, text=True)
    try:
        if not (program.stdout and "ready" in program.stdout.readline()):
            raise RuntimeError("the peers' servers did not start")
        yield f"http://localhost:{port}"
    finally:
        program.kill()
        program.wait()


class Phone:
    """A browser of its own with one product in it."""

    def __init__(self, product: str, browser: Browser, origin: str, script: str) -> None:
        self.product = product
        self.page: Page = browser.new_context(bypass_csp=True, service_workers="block").new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.goto(origin)
        self.script = script

    def sign_in(self, people: Population) -> dict[str, Any]:
        self.page.fill("[name=email]", people.seller)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url("**/today")
        data: dict[str, str] = self.page.evaluate("({...document.documentElement.dataset})")
        return {"org": data["org"], "person": data["person"]}

    def run(self, what: str, *given: Any) -> tuple[float, str | None]:
        ms, result = self.page.evaluate(MEASURE, [self.product, what, *given])
        return ms, result


def _measured(
    product: str, browser: Browser, origin: str, script: str,
    people: Population, records: list[Any], times: int,
) -> dict[str, list[float]]:  # fmt: skip
    ids = [id_ for id_, _ in records]
    phones = [Phone(product, browser, origin, script) for _ in range(2)]
    found: dict[str, list[float]] = {"first load": []}
    for phone in phones:
        who = phone.sign_in(people) if product == "ours" else {}
        phone.page.evaluate(script)
        name, fields = uuid4().hex, sorted(records[0][1])
        found["first load"].append(phone.run("load", {**who, "name": name, "fields": fields})[0])
        phone.run("ready")
    one, other = phones
    for n in range(times):
        pushed, _ = one.run("push", ids[:EDITS], f"push {n}")
        found.setdefault(f"push of {EDITS:,}", []).append(pushed)
        other.run("pull", ids[0])
        one.run("push", ids[:PULLED], f"pull {n}")
        _pull(other, ids[0], f"pull {n} 0", found, f"pull of {PULLED}")
        sent, _ = one.run("push", ids[:1], f"one {n}")
        _pull(other, ids[0], f"one {n} 0", found, "one browser to another", sent)
    for phone in phones:
        phone.page.context.close()
    return found


def _pull(
    phone: Phone, id_: str, wanted: str, found: dict[str, list[float]], what: str, sent: float = 0
) -> None:
    ms, seen = phone.run("pull", id_)
    if seen != wanted:
        raise RuntimeError(f"{phone.product} pulled {seen!r} instead of {wanted!r}")
    found.setdefault(what, []).append(sent + ms)


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
