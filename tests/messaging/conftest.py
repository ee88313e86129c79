"""A push service of the tests' own, on the list of those that the app sends to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.core.config import Settings, load
from tests.people import Browser, Stage
from tests.support.due import work_off
from tests.support.receiver import Handset, Receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    receiver.start()
    yield receiver
    receiver.stop()


@pytest.fixture
def settings(database_url: str, tmp_path: Path, receiver: Receiver) -> Settings:
    return load({
        "DATABASE_URL": database_url, "KESHER_DATA": str(tmp_path / "data"),
        "KESHER_PUSH_SERVICES": f"push.example.com, {receiver.origin}",
        "KESHER_PUSH_CONTACT": "care@example.org", "KESHER_PUBLIC_URL": "https://crm.example.org",
    })  # fmt: skip


class Phones:
    """Who has which handset; what is due is worked off as a worker does."""

    def __init__(self, stage: Stage, receiver: Receiver) -> None:
        self.stage, self.receiver = stage, receiver

    def subscribe(self, name: str, handset: str = "") -> tuple[Browser, Handset]:
        browser, made = self.stage.browser(name), self.receiver.handset(handset or name)
        body = {**made.subscription, "token": browser.csrf}
        assert browser.ask("POST", "/api/push", json=body).status_code == 204
        return browser, made

    def work(self, after: float = 15) -> list[Any]:
        """Carry out what is due in so many seconds; the messages that came of it."""
        before = len(self.receiver.messages)
        work_off(after)
        return self.receiver.messages[before:]


@pytest.fixture
def phones(fresh: Stage, receiver: Receiver) -> Phones:
    return Phones(fresh, receiver)
