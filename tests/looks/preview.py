"""Pictures of every page: `python -m tests.looks.preview [--pages today,list] [--out /tmp/looks]`.

Renders the templates with lifelike contexts and photographs them in Chromium, on phone and
desktop, light and dark, in languages of both directions. No server: requests are answered here.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.looks.contexts import PAGES

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "node_modules"
SIZES = {"phone": (390, 844), "desktop": (1440, 900), "tablet": (820, 1100)}
NAMES = ("app.css", "page.js", "htmx.js", "icons.svg", "img/logo.svg", "img/icon-180.png")
ASSETS = {name: f"/static/dist/{name}" for name in NAMES}
FONTS = {"heebo": ("hebrew", "latin"), "vazirmatn": ("arabic", "latin")}
CSP = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:"


@cache
def environment() -> Environment:
    """The server's own environment; with stand-in filters while it cannot be imported."""
    try:
        from server.web.templating import environment as real

        return real()
    except ImportError:
        return _stand_in()


def _stand_in() -> Environment:
    from tests.looks.stand_in import FILTERS

    env = Environment(
        loader=FileSystemLoader(ROOT / "server" / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: "" if value is None else value,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(FILTERS)
    return env


def render(name: str, lang: str, **more: Any) -> str:
    """The HTML of a page of `PAGES`; `more` overrides its context."""
    template, context = PAGES[name]
    values = {**context(lang), "assets": ASSETS, **more}
    return environment().get_template(template).render(values)


def styles() -> str:
    """The style sheet as the build makes it, unminified."""
    faces = [_face(family, subset) for family, subsets in FONTS.items() for subset in subsets]
    sheets = sorted((ROOT / "server" / "static" / "css").glob("*.css"))
    return "\n".join(faces + [sheet.read_text() for sheet in sheets])


def _face(family: str, subset: str) -> str:
    ranges = {"hebrew": "U+0590-05FF, U+FB1D-FB4F", "arabic": "U+0600-06FF, U+200C-200E, U+FB50-FDFF, U+FE70-FEFC"}
    reach = f"unicode-range: {ranges[subset]};" if subset in ranges else "unicode-range: U+0000-00FF, U+2000-206F;"
    source = f"/static/fonts/{family}-{subset}-wght-normal.woff2"
    return f'@font-face {{ font-family: "{family.title()} Variable"; font-weight: 100 900; src: url({source}); {reach} }}'


def sprite() -> str:
    names = (ROOT / "server" / "static" / "icons.txt").read_text().split()
    folder, symbols = MODULES / "lucide-static" / "icons", []
    for name in names:
        drawing = (folder / f"{name}.svg").read_text().partition("<svg")[2]
        inside = drawing.partition(">")[2].partition("</svg>")[0]
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inside}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'


def answer(route: Route, html: str) -> None:
    """Answer one request of the browser from the tree, the page itself with `html`."""
    path = route.request.url.split("kesher.test", 1)[1].split("?")[0]
    if path.startswith("/static/fonts/"):
        family = path.rsplit("/", 1)[1].split("-")[0]
        route.fulfill(path=MODULES / "@fontsource-variable" / family / "files" / path.rsplit("/", 1)[1])
    elif path.endswith("app.css"):
        route.fulfill(body=styles(), content_type="text/css")
    elif path.endswith("icons.svg"):
        route.fulfill(body=sprite(), content_type="image/svg+xml")
    elif path.startswith("/static/dist/img/"):
        route.fulfill(path=ROOT / "server" / "static" / path.removeprefix("/static/dist/"))
    elif path == "/page":
        route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": CSP})
    else:
        route.fulfill(status=404, body="")


def shots(browser: Browser, options: argparse.Namespace) -> Iterator[str]:
    for size in options.sizes.split(","):
        width, height = SIZES[size]
        for look in options.looks.split(","):
            lang, theme = look.split("-")
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=theme,
                has_touch=size != "desktop",
                is_mobile=size != "desktop",
            )
            for name in options.pages.split(","):
                page = context.new_page()
                yield photograph(page, name, lang, options.out / f"{name}-{size}-{lang}-{theme}.png", options.full)
                page.close()
            context.close()


def photograph(page: Page, name: str, lang: str, target: Path, full: bool) -> str:
    html = render(name, lang)
    target.with_suffix(".html").write_text(html)
    page.route("**/*", lambda route: answer(route, html))
    page.on("console", lambda message: "404" in message.text or print(name, message.text))
    page.goto("http://kesher.test/page")
    page.evaluate("document.documentElement.dataset.js = ''")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=target, full_page=full)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return f"{target.name}{f'  SCROLLS SIDEWAYS by {wide}' if wide > 0 else ''}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", default=",".join(PAGES))
    parser.add_argument("--sizes", default="phone,desktop")
    parser.add_argument("--looks", default="en-light,he-light,fa-dark")
    parser.add_argument("--out", type=Path, default=Path("/tmp/looks"))
    parser.add_argument("--full", action="store_true", help="the whole page, not one screen")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        for line in shots(browser, options):
            print(line)
        browser.close()


if __name__ == "__main__":
    main()
