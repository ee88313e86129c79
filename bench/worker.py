"""The service worker in Chromium: first load, lists, searches, details and saving."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from bench.data import Population
from bench.timing import Figure, show
from server.demo.story import PASSWORD
from tests.support.browser import chromium
from tests.support.servers import LiveServer

ASK = """async ([paths, times]) => {
  const found = [];
  for (let n = -2; n < times; n++) {
    const path = paths[(n + 2) % paths.length];
    const started = performance.now();
    const answer = await fetch(path);
    await answer.text();
    if (answer.headers.get('X-Rendered-By') !== 'worker') throw new Error(`${path} by the server`);
    if (n >= 0) found.push(performance.now() - started);
  }
  return found;
}"""
SAVE = """async ([path, times]) => {
  const found = [];
  for (let n = 0; n < times; n++) {
    const body = new URLSearchParams({ _t: document.querySelector('meta[name=csrf]').content,
      _fields: 'street', street: `Bench ${n} ${Math.random()}` });
    const started = performance.now();
    const answer = await fetch(path, { method: 'POST', body });
    await answer.text();
    found.push(performance.now() - started);
  }
  return found;
}"""
LOADED = """() => new Promise((done) => {
  const started = performance.now();
  const { org, person } = document.documentElement.dataset;
  const ended = ({ data }) => {
    if (data.type === 'state' && data.last) done(performance.now() - started);
  };
  navigator.serviceWorker.addEventListener('message', ended);
  navigator.serviceWorker.startMessages();
  const hello = { type: 'hello', org, person };
  navigator.serviceWorker.ready.then(({ active }) => active.postMessage(hello));
})"""
FRESH = """async () => {
  for (const { name } of await indexedDB.databases()) {
    await new Promise((done) => { indexedDB.deleteDatabase(name).onsuccess = done; });
  }
}"""


PACKED = """async () => {
  const mine = (await indexedDB.databases()).find(({ name }) => name.startsWith('kesher-'));
  const db = await new Promise((done) => {
    const opening = indexedDB.open(mine.name);
    opening.onsuccess = () => done(opening.result);
  });
  const raw = () => new Promise((done) => {
    const asking = db.transaction('meta').objectStore('meta').get('raw');
    asking.onsuccess = () => done(asking.result);
  });
  while ((await raw())?.length !== 0) await new Promise((done) => setTimeout(done, 50));
  db.close();
}"""


def measure(server: LiveServer, people: Population, times: int) -> None:
    with chromium() as browser:
        page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
        _sign_in(page, server, people)
        first, unpacked = zip(*(_first_load(page) for _ in range(5)), strict=True)
        page.goto(server.url + "/accounts/")
        page.evaluate(PACKED)
        some = people.accounts[:: len(people.accounts) // 20]
        details = [f"/accounts/{one}" for one in some]
        queries = [f"/accounts/?q={q}" for q in ("כהן", "052", "גליל", "cafe", "אור")]
        figures = [
            Figure("first load, durable", list(first), 300),
            Figure("cold list, right after it", list(unpacked)),
            Figure("cold list", [_cold(page, "/accounts/") for _ in range(10)], 120),
            Figure("cold detail", [_cold(page, one) for one in details[:10]], 120),
            Figure("warm list", page.evaluate(ASK, [["/accounts/"], times]), 12),
            Figure("search", page.evaluate(ASK, [queries, times]), 15),
            Figure("detail", page.evaluate(ASK, [details, times]), 12),
            Figure("save", page.evaluate(SAVE, [details[0], min(times, 20)])),
        ]
    show(f"Worker, {len(people.accounts):,} accounts", figures)


def _sign_in(page: Page, server: LiveServer, people: Population) -> None:
    page.goto(server.url + "/login")
    page.fill("[name=email]", people.seller)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/today")
    page.evaluate(LOADED)


def _workers(page: Page) -> Any:
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    return session


def _first_load(page: Page) -> tuple[float, float]:
    """From an empty device to everything stored, and the first list of a worker killed then."""
    page.goto(page.url.replace("/today", "/login"))
    _workers(page).send("ServiceWorker.stopAllWorkers")
    page.evaluate(FRESH)
    page.goto(page.url.replace("/login", "/today"))
    found: float = page.evaluate(LOADED)
    return found, _cold(page, "/accounts/")


def _cold(page: Page, path: str) -> float:
    """The worker is started by the request, and reads everything from the device."""
    _workers(page).send("ServiceWorker.stopAllWorkers")
    found: list[float] = page.evaluate(
        ASK.replace("n = -2", "n = 0").replace("n + 2", "n"), [[path], 1]
    )
    return found[0]
