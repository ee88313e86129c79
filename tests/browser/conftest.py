"""The demo organisation behind a real server, and people's phones in real browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from pwa.build import build

from .house import Demo, copy_of_program, load_demo
from .office import Office
from .phone import SMALL, Phone

NewPhone = Callable[..., Phone]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Processes of one run share a folder; only one of them builds, the others wait.
    with (tmp_path_factory.getbasetemp().parent / "building").open("w") as lock:
        flock(lock, LOCK_EX)
        build()
        return copy_of_program(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return load_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def office(demo: Demo, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A running server with records of its own for the tests of one file, which share it."""
    office = Office(demo, home, tmp_path_factory.mktemp("office"))
    office.start()
    yield office
    office.stop()


@pytest.fixture(scope="module")
def new_phone(office: Office, browser: Browser) -> Iterator[NewPhone]:
    """`new_phone("james")` is a browser in which James has signed in; without a name, nobody."""
    made: list[BrowserContext] = []

    def make(name: str | None = None, **options: Any) -> Phone:
        made.append(browser.new_context(**{"viewport": SMALL, **options}))
        phone = Phone(made[-1], office)
        if name:
            phone.sign_in(name)
        return phone

    yield make
    for context in made:
        context.close()
