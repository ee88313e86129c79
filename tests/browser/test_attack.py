"""A page of another site posts a form to us: it reaches our worker as our own forms do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from .conftest import NewPhone
from .office import Office


@pytest.fixture
def elsewhere() -> Iterator[ThreadingHTTPServer]:
    """Another site, with one page: `server.page`."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Referrer-Policy", "no-referrer")
            self.end_headers()
            self.wfile.write(self.server.page.encode())  # type: ignore[attr-defined]

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("where", ["/accounts/{}", "/accounts/{}/deletion", "/settings", "/logout"])
def test_it_changes_nothing(
    new_phone: NewPhone, office: Office, elsewhere: ThreadingHTTPServer, where: str
) -> None:
    phone = new_phone("james")
    record = office.accounts_of("james")[0]
    before = phone.databases()
    elsewhere.page = (  # type: ignore[attr-defined]
        f"<form method=post action='{office.url}{where.format(record['id'])}'>"
        "<input name=_fields value='name lang'><input name=name value=Hacked>"
        "<input name=lang value=fa></form><script>document.forms[0].submit()</script>"
    )
    phone.page.goto(f"http://127.0.0.1:{elsewhere.server_port}/")
    expect(phone.page).to_have_url(f"{office.url}{where.format(record['id'])}")
    expect(phone.page.locator("html")).to_have_attribute("lang", "en")
    assert phone.held("outbox") == []
    assert phone.databases() == before
    phone.go(f"/accounts/{record['id']}")
    expect(phone.page.locator("h1")).to_have_text(record["name"])
    phone.sync()
    assert office.rows("SELECT count(*) FROM op") == [(0,)]
