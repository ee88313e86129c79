"""The pages of `contexts.PAGES` on a server of their own, with the real templates, styles, icons,
fonts and scripts; it has no records and remembers what was posted."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from server.core import almanac
from server.web.templating import environment
from tests.looks.contexts import IDS, PAGES, listing

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "server" / "static"
MODULES = ROOT / "node_modules"
SHOW, FORM, TASK = f"/accounts/{IDS[0]}", "/accounts/new", f"/tasks/{IDS[1]}"
WHERE = {"/today": "today", "/accounts/": "list", SHOW: "show", FORM: "form", "/outbox": "outbox",
         "/more": "more", "/settings": "settings"}  # fmt: skip
NAMES = ("app.css", "page.js", "htmx.js", "icons.svg", "img/logo.svg", "img/icon-180.png")
ASSETS = {name: f"/static/dist/{name}" for name in (*NAMES, "tables/almanac.json")}
FONTS = {"heebo": ("hebrew", "latin"), "vazirmatn": ("arabic", "latin")}
RANGES = {"hebrew": "U+0590-05FF, U+FB1D-FB4F", "latin": "U+0000-00FF, U+2000-206F",
          "arabic": "U+0600-06FF, U+200C-200E, U+FB50-FDFF, U+FE70-FEFC"}  # fmt: skip
CSP = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:"


def render(name: str, lang: str, **more: Any) -> str:
    """The HTML of a page of `PAGES`; `more` overrides its context."""
    template, context = PAGES[name]
    values = {**context(lang), "assets": ASSETS, **more}
    return environment().get_template(template).render(values)


@cache
def styles() -> str:
    """The style sheet as the build makes it, unminified."""
    faces = [_face(family, subset) for family, subsets in FONTS.items() for subset in subsets]
    return "\n".join(faces + [p.read_text() for p in sorted((STATIC / "css").glob("*.css"))])


def _face(family: str, subset: str) -> str:
    source = f"/static/dist/fonts/{family}-{subset}-wght-normal.woff2"
    return (
        f'@font-face {{ font-family: "{family.title()} Variable"; font-weight: 100 900;'
        f" src: url({source}); unicode-range: {RANGES[subset]}; }}"
    )


@cache
def sprite() -> str:
    symbols = []
    for name in (STATIC / "icons.txt").read_text().split():
        drawing = (MODULES / "lucide-static" / "icons" / f"{name}.svg").read_text()
        inside = drawing.partition("<svg")[2].partition(">")[2].partition("</svg>")[0]
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inside}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'


@cache
def script() -> str:
    command = [str(MODULES / ".bin" / "esbuild"), "pwa/page/index.js", "--bundle", "--format=iife"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def _asset(path: str) -> tuple[str, bytes] | None:
    """Type and content of a built file, or None if there is no such file."""
    name = path.removeprefix("/static/dist/")
    made: dict[str, tuple[Callable[[], str], str]] = {
        "app.css": (styles, "text/css"),
        "icons.svg": (sprite, "image/svg+xml"),
        "page.js": (script, "text/javascript"),
        "tables/almanac.json": (lambda: json.dumps(almanac.table()), "application/json"),
    }
    if name in made:
        make, kind = made[name]
        return kind, make().encode()
    if name == "htmx.js":
        return "text/javascript", (MODULES / "htmx.org/dist/htmx.min.js").read_bytes()
    if name.startswith("fonts/"):
        file = name.removeprefix("fonts/")
        folder = MODULES / "@fontsource-variable" / file.split("-")[0] / "files"
        return "font/woff2", (folder / file).read_bytes()
    kind = "image/svg+xml" if name.endswith("svg") else "image/png"
    return (kind, (STATIC / name).read_bytes()) if name.startswith("img/") else None


class Site:
    """What the server shows: `lang`, pages by path that differ from `WHERE`; and what it was
    asked (path with query, headers) and sent (path, form), oldest first."""

    def __init__(self) -> None:
        self.origin = ""
        self.begin("en")

    def begin(self, lang: str) -> None:
        self.lang = lang
        self.pages: dict[str, str] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.posted: list[tuple[str, dict[str, list[str]]]] = []
        self.refuse = False

    def page(self, path: str, query: str, headers: dict[str, str]) -> str | None:
        part = headers.get("HX-Request") == "true"
        part = part and "HX-History-Restore-Request" not in headers
        if path in self.pages:
            return self.pages[path]
        if "pick=" in query:
            found = [{"value": IDS[5], "title": "Miriam Azoulay", "sub": "Jerusalem"}]
            template = environment().get_template("entity/options.html")
            return template.render(options=found, name="parent", lang="en")
        if headers.get("HX-Target", "").endswith("#rows"):
            context = {**listing(self.lang), "next": None, "assets": ASSETS}
            return environment().get_template("entity/rows.html").render(context)
        return render(WHERE[path], self.lang, partial=part, path=path) if path in WHERE else None


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name is the library's
            path, _, query = self.path.partition("?")
            asset = _asset(path)
            if asset:
                self.give(200, asset[0], asset[1])
                return
            headers = dict(self.headers.items())
            site.asked.append((self.path, headers))
            html = site.page(path, query, headers)
            self.give(200 if html else 404, "text/html; charset=utf-8", (html or "").encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = parse_qs(body, keep_blank_values=True)
            site.posted.append((self.path, form))
            if site.refuse:
                html = render("form", site.lang, partial=True, path=self.path)
                self.give(422, "text/html; charset=utf-8", html.encode())
            else:
                self.send_response(303)
                self.send_header("Location", form.get("_back", [SHOW])[0])
                self.send_header("Content-Length", "0")
                self.end_headers()

        def give(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", CSP)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    return Handler


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.origin = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    server.server_close()
