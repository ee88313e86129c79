"""Carry out jobs until told to stop."""

from __future__ import annotations

import logging
from argparse import Namespace

from server.app import create_app
from server.core import queue
from server.core.config import Settings


def run(settings: Settings, _options: Namespace) -> None:
    logging.basicConfig(
        level=settings.log_level.upper(), format="[worker] %(levelname)s %(message)s"
    )
    logging.getLogger("huey").setLevel(logging.WARNING)
    queue.work(create_app(settings), settings)
