"""Fingers and mice that drag, as Chromium hears of them."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

Place = tuple[float, float]


def middle_of(found: Locator) -> Place:
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


class Finger:
    """One finger on the screen of a context with touch."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.at: Place = (0, 0)

    def down(self, at: Place) -> None:
        self.at = at
        self._send("touchStart", at)

    def move(self, to: Place, steps: int = 12) -> None:
        (x, y), (to_x, to_y) = self.at, to
        for n in range(1, steps + 1):
            self._send("touchMove", (x + (to_x - x) * n / steps, y + (to_y - y) * n / steps))
        self.at = to

    def up(self) -> None:
        self._send("touchEnd")

    def _send(self, kind: str, at: Place | None = None) -> None:
        points = [] if at is None else [{"x": at[0], "y": at[1]}]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def drag(page: Page, what: Locator, to: Locator) -> None:
    """With the mouse."""
    page.mouse.move(*middle_of(what))
    page.mouse.down()
    page.mouse.move(*middle_of(to), steps=12)
    page.mouse.up()
