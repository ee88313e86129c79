"""What axe finds wrong with any page, on phone and desktop, light and dark: nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.looks.contexts import PAGES
from tests.looks.site import MODULES, Site, render, serving

LOOKS = [("en", "light", 390), ("fa", "dark", 390), ("he", "light", 1440), ("en", "dark", 1440)]
RUN = """axe.run(document, {resultTypes: ["violations"]}).then((found) => found.violations.map(
  ({id, nodes}) => `${id}: ${nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`))"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.mark.parametrize(("lang", "theme", "width"), LOOKS)
def test_axe_finds_nothing(browser: Browser, site: Site, lang: str, theme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme,  # type: ignore[arg-type]
        bypass_csp=True, service_workers="block", reduced_motion="reduce",
    )  # fmt: skip
    axe = (MODULES / "axe-core" / "axe.min.js").read_text()
    page, found = context.new_page(), {}
    for name in PAGES:
        site.pages["/page"] = render(name, lang)
        page.goto(f"{site.origin}/page")
        page.evaluate(axe)
        found[name] = page.evaluate(RUN)
    context.close()
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
