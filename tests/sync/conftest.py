"""Devices of the cast, talking to the app on either engine."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from flask import Flask

from tests.support.device import Client

from .cast import Cast

Connect = Callable[..., Client]


@pytest.fixture
def cast(staffed: tuple[str, Cast]) -> Cast:
    return staffed[1]


@pytest.fixture
def connect(app: Flask, cast: Cast) -> Connect:
    """A new device of somebody: `connect("olive", limit=3)`."""
    numbers = count(1)

    def make(name: str, **options: int) -> Client:
        device = f"{name}-{next(numbers)}"
        return Client(app.test_client(), cast.tokens[name], device, **options)

    return make
