"""A person's browser: what they see and do, and what a tester looks at behind it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from playwright.sync_api import BrowserContext, Error, Page, Response, ViewportSize, expect

from server.commands.demo import PASSWORD

from .office import Office

PATIENCE = 30  # seconds: other tests may be at work on the same machine
SMALL = ViewportSize(width=390, height=844)
WIDE = ViewportSize(width=1440, height=900)
Found = TypeVar("Found")

expect.set_options(timeout=PATIENCE * 1000)


class Phone:
    """One browser context and the page in front."""

    def __init__(self, context: BrowserContext, office: Office) -> None:
        self.context = context
        self.office = office
        context.set_default_timeout(PATIENCE * 1000)
        self.name = ""  # who has signed in
        self.faults: list[str] = []
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        self.page = context.new_page()

    # As a person

    def go(self, path: str) -> Response:
        answer = self.page.goto(self.office.url + path)
        assert answer is not None
        return answer

    def sign_in(self, name: str, path: str = "/login") -> None:
        self.go(path)
        self.fill_in_and_sign_in(name)
        self.until_worker()
        self.name = name

    def fill_in_and_sign_in(self, name: str, password: str = PASSWORD) -> None:
        domain = "rival.test" if name in {"other", "tom"} else "demo.test"
        self.page.fill("#f-email", f"{name}@{domain}")
        self.page.fill("#f-password", password)
        self.page.click("#login-form [data-primary]")
        self.page.wait_for_selector("#main h1, #errors")

    def new_tab(self) -> Page:
        return self.context.new_page()

    # As a tester

    def until_worker(self) -> None:
        """Until the worker holds what its person may see, and makes the pages."""
        self.until(lambda: self.made_by("/more") == "worker")

    def made_by(self, path: str) -> str | None:
        by: str | None = self.page.evaluate(
            """path => fetch(path).then(
                async (r) => await r.text() && r.headers.get('X-Rendered-By'), () => null)""",
            path,
        )
        return by

    def until(self, look: Callable[[], Found]) -> Found:
        """Ask again and again until it is so."""
        end = time.monotonic() + PATIENCE
        while not (found := self.unless_leaving(look)):
            assert time.monotonic() < end, f"it never came to pass: {self.plight()}"
            self.page.wait_for_timeout(60)
        return found

    def unless_leaving(self, look: Callable[[], Found]) -> Found | None:
        """What is told to a page may lead to another one, where it is to be asked again."""
        try:
            return look()
        except Error as error:
            if "navigation" not in error.message:
                raise
            return None

    def plight(self) -> dict[str, Any]:
        """What helps to tell why something did not come to pass."""
        seen: dict[str, Any] = self.unless_leaving(lambda: self.page.evaluate(PLIGHT)) or {}
        return {"url": self.page.url, "faults": self.faults, **seen}

    def sync(self) -> None:
        """As when the network comes back."""
        self.unless_leaving(lambda: self.page.evaluate("dispatchEvent(new Event('online'))"))

    def until_sent(self) -> None:
        """By the database too: a page that the server made knows of nothing that waits."""
        self.sync()
        self.until(lambda: not self.held("outbox"))
        pill = self.page.locator("#pill[data-worker]")
        expect(pill).to_have_attribute("data-pending", "0")

    def stop_worker(self) -> None:
        """As a phone does with what has been idle: the next request starts it anew."""
        session = self.context.new_cdp_session(self.page)
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")
        session.detach()

    def databases(self) -> list[str]:
        names: list[str] = self.page.evaluate(
            "indexedDB.databases().then(found => found.map(one => one.name))"
        )
        return names

    def held(self, store: str) -> list[dict[str, Any]]:
        """What stands in a store of the person's database: outbox, problems, blobs without their
        bytes, which take seconds to get here."""
        found: list[dict[str, Any]] = self.page.evaluate(READ, store)
        return found


OPEN = """async (given) => {
  const as = (request) => new Promise((yes, no) => {
    request.onsuccess = () => yes(request.result);
    request.onerror = () => no(request.error);
  });
  const { person } = document.documentElement.dataset;
  const held = (await indexedDB.databases()).map((one) => one.name).filter(NAMED);
  const name = held.find((one) => one.endsWith(`-${person}`)) ?? held[0];
  if (!name) return [];
  const db = await as(indexedDB.open(name));
  try { BODY } finally { db.close(); }
}"""


def in_database(body: str, named: str = "one.startsWith('kesher-')") -> str:
    """A script over `db`, the person's own before another's, with what is `given`; `as` waits."""
    return OPEN.replace("NAMED", f"(one) => {named}").replace("BODY", body)


PLIGHT = """async () => ({
  pill: { ...document.querySelector('#pill')?.dataset },
  errors: document.querySelector('#errors')?.innerText,
  controlled: Boolean(navigator.serviceWorker.controller),
  databases: (await indexedDB.databases()).map((one) => one.name),
  locks: await navigator.locks.query(),
  more: await fetch('/more').then((r) => [r.status, r.headers.get('X-Rendered-By')], String),
})"""
READ = in_database(
    "const all = await as(db.transaction(given).objectStore(given).getAll());"
    "return all.filter((one) => !(ArrayBuffer.isView(one) || one instanceof ArrayBuffer));"
)
