"""The page's own script, in a real browser, on the real templates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from server.web.templating import environment
from tests.looks.contexts import IDS, PAGES
from tests.looks.site import FORM, SHOW, TASK, Site, render, serving


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with serving() as site:
        yield site


# What the worker posts, as the page hears it.
TELL = """data => navigator.serviceWorker.dispatchEvent(new MessageEvent("message", {data}))"""
AGE = environment().from_string("{{ last|ago }}")
WAITING = environment().from_string(
    "{{ ngettext('%(num)s waiting', '%(num)s waiting', 2)|digits }}"
)
Visit = Callable[..., tuple[Page, Site]]


@pytest.fixture
def visit(browser: Browser, server: Site) -> Iterator[Visit]:
    contexts = []

    def go(path: str, lang: str = "en", wide: bool = True) -> tuple[Page, Site]:
        size = ViewportSize(width=1440 if wide else 390, height=900 if wide else 844)
        context = browser.new_context(viewport=size, has_touch=not wide, service_workers="block")
        contexts.append(context)
        page = context.new_page()
        server.begin(lang)
        page.set_default_timeout(30_000)
        page.goto(server.origin + path)
        page.locator("html[data-js] [data-htmx-powered]").first.wait_for(state="attached")
        return page, server

    yield go
    for context in contexts:
        context.close()


def test_links_swap_the_main_part_and_mark_the_place(visit: Visit) -> None:
    page, site = visit("/today")
    page.evaluate("window.same = true")
    page.click(".rail a.item[href='/accounts/']")
    expect(page.locator("main h1")).to_have_text("Customers")
    assert page.url == f"{site.origin}/accounts/" and page.evaluate("window.same")
    expect(page.locator(".rail a[aria-current='page']")).to_have_attribute("href", "/accounts/")
    assert "main#main" in [headers.get("HX-Target") for _, headers in site.asked]
    page.go_back()
    expect(page.locator("main h1")).to_have_text("Today")


def test_typing_in_the_search_swaps_rows_only(visit: Visit) -> None:
    page, site = visit("/accounts/")
    page.fill("#q", "har")
    page.wait_for_url("**/accounts/?q=har*")
    assert site.asked[-1][0].startswith("/accounts/?q=har")
    assert site.asked[-1][1]["HX-Target"] == "tbody#rows"
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#rows tr[data-id]")).to_have_count(9)


def test_a_row_opens_beside_the_list_on_a_wide_screen(visit: Visit) -> None:
    page, site = visit("/accounts/")
    page.click(f"tr[data-id='{IDS[0]}'] a[data-row]")
    expect(page.locator("#peek #record")).to_be_visible()
    assert page.url == f"{site.origin}/accounts/"
    page.keyboard.press("Escape")
    expect(page.locator("#peek")).to_be_hidden()


def test_on_a_phone_a_row_opens_whole(visit: Visit) -> None:
    page, _ = visit("/accounts/", wide=False)
    page.click(f"tr[data-id='{IDS[0]}'] a[data-row]")
    page.wait_for_url(f"**{SHOW}")


def test_filters_open_as_a_sheet_on_a_phone(visit: Visit) -> None:
    page, _ = visit("/accounts/", wide=False)
    expect(page.locator("#filters")).to_be_hidden()
    page.click("[data-sheet='filters']")
    page.select_option("#filters [name='owner']", index=1)
    page.wait_for_url("**owner=x*")


def test_what_is_typed_survives_a_kill(visit: Visit) -> None:
    page, site = visit(FORM)
    site.refuse = False
    page.evaluate("document.querySelector('#errors').remove()")
    page.fill("#f-notes", "Half a sentence")
    page.fill("[name='phones'] >> nth=1", "0501112233")
    expect(page.locator("[name='phones']")).to_have_count(3)
    page.goto("about:blank")
    page.goto(f"{site.origin}/outbox")
    kept = page.evaluate("JSON.parse(Object.values(localStorage)[0]).pairs")
    assert ["notes", "Half a sentence"] in kept and ["phones", "0501112233"] in kept


def test_a_draft_comes_back_and_goes_when_saved(visit: Visit) -> None:
    page, site = visit(SHOW)
    pairs = [["_base", "3"], ["_was", '{"notes":null}'], ["notes", "Back again"]]
    pairs += [["phones", "1"], ["phones", "2"], ["phones", ""]]
    draft = {"at": 1, "pairs": pairs, "chosen": [["parent", IDS[5], "Miriam Azoulay"]]}
    keep = "([key, draft]) => localStorage.setItem(key, JSON.stringify(draft))"
    page.evaluate(keep, [f"draft:{IDS[3]}:{FORM}", draft])
    site.pages[FORM] = render("form", "en", errors=[])
    page.goto(site.origin + FORM)
    expect(page.locator("#f-notes")).to_have_value("Back again")
    expect(page.locator("[name='phones']")).to_have_count(3)
    assert page.input_value("[name='_base']") == "3"
    page.click("#record-form button[data-primary]")
    page.wait_for_url(f"**{SHOW}")
    expect(page.locator(".toast .msg").last).to_have_text("Saved on this device")
    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert site.posted[0][1]["phones"] == ["1", "2", ""]


def test_a_refused_form_stays_where_it_is(visit: Visit) -> None:
    page, site = visit(FORM)
    site.refuse = True
    page.fill("#f-name", "x")
    page.click("#record-form button[data-primary]")
    expect(page.locator("#errors")).to_be_focused()
    assert page.url == site.origin + FORM


def test_a_tap_on_save_counts_while_typing(visit: Visit) -> None:
    """The tabs come back when the keyboard goes: not under the finger."""
    page, site = visit(FORM, wide=False)
    site.refuse = False
    page.fill("#f-name", "x")
    page.click("#record-form button[data-primary]")
    page.wait_for_url(f"**{SHOW}")
    assert site.posted[0][1]["name"] == ["x"]


def test_on_a_tablet_a_row_opens_beside_the_list(visit: Visit) -> None:
    page, _ = visit("/accounts/")
    page.set_viewport_size({"width": 768, "height": 1024})
    page.click(f"tr[data-id='{IDS[0]}'] a[data-row]")
    expect(page.locator("#peek #record")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 768


def test_a_stage_is_moved_from_its_menu(visit: Visit) -> None:
    page, site = visit(SHOW, wide=False)
    page.click("[popovertarget='stage-menu']")
    page.click("#stage-menu [data-state-to='lost']")
    expect(page.locator(".toast .msg")).to_have_text("Done")
    assert site.posted[0][1]["stage"] == ["lost"]


def test_a_done_task_can_be_undone(visit: Visit) -> None:
    page, site = visit("/today")
    site.pages[TASK] = '<input name="_base" value="12">'
    page.click(f"li[data-id='{IDS[1]}'] .tick")
    page.click(".toast button")
    expect(page.locator(".toast .msg").last).to_have_text("Undone")
    path, form = site.posted[-1]
    assert path == TASK
    assert {name: value[0] for name, value in form.items()} == {
        "_t": "t0ken", "_base": "12", "_was": "{}", "_fields": "state", "state": "open",
    }  # fmt: skip
    assert page.url == f"{site.origin}/today"


def test_a_reference_is_found_by_typing(visit: Visit) -> None:
    page, _ = visit(FORM)
    box = page.locator("[data-field='parent'] [role='combobox']")
    expect(box).to_have_value("Carmel Medical Centre")
    box.fill("miri")
    page.locator("#o-parent [data-value]").wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value("Miriam Azoulay")
    assert page.eval_on_selector("select[name='parent']", "s => s.value") == IDS[5]


def test_enter_may_come_before_the_answer(visit: Visit) -> None:
    """It chooses what is found, and never sends a form that is half filled in."""
    page, site = visit(FORM)
    site.refuse = True
    box = page.locator("[data-field='parent'] [role='combobox']")
    box.fill("miri")
    box.press("Enter")
    expect(box).to_have_value("Miriam Azoulay")
    box.press("Enter")
    box.fill("someone else")
    page.locator("#o-parent [data-value][aria-selected='true']").wait_for()
    box.press("Escape")
    expect(box).to_have_value("Miriam Azoulay")
    page.click("#record-form button[data-primary]")
    expect(page.locator("#errors")).to_be_focused()
    assert [form["parent"] for _, form in site.posted] == [[IDS[5]]]


DAYS = [
    ("en", "2026-11-22", "2026-11-25"),
    ("fa", "۱۴۰۵/۰۹/۰۱", "۱۴۰۵/۰۹/۰۴"),
    ("he", "22.11.2026", "25.11.2026"),
]


@pytest.mark.parametrize(("lang", "typed", "gives"), DAYS)
def test_a_day_is_picked_in_ones_own_calendar(
    visit: Visit, lang: str, typed: str, gives: str
) -> None:
    page, _ = visit(FORM, lang)
    page.fill("#f-since", typed)
    page.click("[data-field='since'] [data-pick]")
    chosen = page.locator(".calendar [aria-pressed='true']")
    expect(chosen).to_have_attribute("data-day", "2026-11-22")
    page.click(".calendar [data-day='2026-11-25']")
    expect(page.locator("#f-since")).to_have_value(gives)


def test_keys_are_known_by_place(visit: Visit) -> None:
    page, _ = visit("/accounts/", "he")
    page.keyboard.press("KeyJ")
    page.keyboard.press("KeyJ")
    expect(page.locator("tr[aria-selected='true']")).to_have_attribute("data-id", IDS[1])
    page.keyboard.press("Control+KeyK")
    expect(page.locator("#palette")).to_be_visible()
    page.fill("#palette-input", "miriam")
    expect(page.locator("#palette-list [role='option']").first).to_contain_text("Miriam Azoulay")
    page.keyboard.press("Escape")
    page.keyboard.press("KeyG")
    page.keyboard.press("KeyT")
    page.wait_for_url("**/today")


def test_news_of_the_worker_change_the_pill(visit: Visit) -> None:
    page, _ = visit("/today")
    news = {"type": "state", "pending": 2, "failed": 0, "conflicts": 0, "last": None}
    news["offline"] = True
    page.evaluate(TELL, news)
    expect(page.locator("#pill")).to_have_attribute("data-state", "pending")
    expect(page.locator("#pill .pill-text")).to_have_text("2 waiting")


@pytest.mark.parametrize("lang", ["en", "he", "fa"])
def test_the_pill_says_as_the_template_does_how_old_things_are(visit: Visit, lang: str) -> None:
    page, _ = visit("/today", lang)
    news = {"type": "state", "pending": 2, "failed": 0, "conflicts": 0, "offline": False}
    zone = page.locator("html").get_attribute("data-zone")
    for minutes in (0.5, 1.5, 2.5, 11.5, 61, 120.5, 181, 11 * 60.5, 49 * 60, 80 * 60):
        at = datetime.now(UTC)
        last = f"{at - timedelta(minutes=minutes):%Y-%m-%dT%H:%M:%SZ}"
        fmt = {"lang": lang, "zone": zone, "now": f"{at:%Y-%m-%dT%H:%M:%SZ}"}
        said = {"lang": lang, "fmt": fmt, "last": last}
        page.evaluate(TELL, {**news, "last": last})
        expect(page.locator("#pill .pill-age")).to_have_text(AGE.render(said))
    expect(page.locator("#pill .pill-text")).to_have_text(WAITING.render(said))


def test_a_refresh_keeps_what_is_open(visit: Visit) -> None:
    page, _ = visit(SHOW)
    page.click("[data-open='quick-note']")
    page.fill("#quick-note textarea", "typing")
    swapped = "addEventListener('htmx:after:swap', () => { document.body.dataset.fresh = 'now' })"
    page.evaluate(swapped)
    page.evaluate(TELL, {"type": "changed"})
    expect(page.locator("body")).to_have_attribute("data-fresh", "now")
    expect(page.locator("#quick-note textarea")).to_have_value("typing")


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways(visit: Visit, name: str) -> None:
    page, site = visit("/today", "fa", wide=False)
    page.set_viewport_size({"width": 320, "height": 640})
    site.pages["/page"] = render(name, "fa")
    page.goto(f"{site.origin}/page")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_labels_of_people_are_never_looked_up_as_messages() -> None:
    """A % in a name would break the formatting of a message."""
    context = PAGES["list"][1]("en")
    context["filters"][1]["options"][0]["label"] = "100% Dana"
    html = environment().get_template("entity/list.html").render({**context, "assets": {}})
    assert "100% Dana" in html
