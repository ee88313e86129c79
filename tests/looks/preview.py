"""Pictures of every page: `python -m tests.looks.preview [--pages today,list] [--out /tmp/looks]`.

Renders the templates with lifelike contexts and photographs them in Chromium, on phone and
desktop, light and dark, in languages of both directions.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, ViewportSize, sync_playwright

from tests.looks.contexts import PAGES
from tests.looks.site import Site, render, serving

SIZES = {"phone": (390, 844), "desktop": (1440, 900), "tablet": (820, 1100)}


def shots(browser: Browser, site: Site, options: argparse.Namespace) -> Iterator[str]:
    for size in options.sizes.split(","):
        width, height = SIZES[size]
        for look in options.looks.split(","):
            lang, theme = look.split("-")
            context = browser.new_context(
                viewport=ViewportSize(width=width, height=height),
                color_scheme=theme,
                service_workers="block",
                has_touch=size != "desktop",
                is_mobile=size != "desktop",
            )
            for name in options.pages.split(","):
                page = context.new_page()
                yield photograph(
                    page,
                    site,
                    name,
                    lang,
                    options.out / f"{name}-{size}-{lang}-{theme}.png",
                    options.full,
                )
                page.close()
            context.close()


def photograph(page: Page, site: Site, name: str, lang: str, target: Path, full: bool) -> str:
    html = render(name, lang)
    target.with_suffix(".html").write_text(html)
    site.pages["/page"] = html
    page.on("pageerror", _report)
    page.goto(f"{site.origin}/page")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=target, full_page=full)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return f"{target.name}{f'  SCROLLS SIDEWAYS by {wide}' if wide > 0 else ''}"


def _report(error: Error) -> None:
    print("In the page:", error)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", default=",".join(PAGES))
    parser.add_argument("--sizes", default="phone,desktop")
    parser.add_argument("--looks", default="en-light,he-light,fa-dark")
    parser.add_argument("--out", type=Path, default=Path("/tmp/looks"))
    parser.add_argument("--full", action="store_true", help="the whole page, not one screen")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play, serving() as site:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for line in shots(browser, site, options):
            print(line)
        browser.close()


if __name__ == "__main__":
    main()
