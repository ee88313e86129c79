"""Load the demo organisation, once."""

from __future__ import annotations

from argparse import Namespace

from server.commands import setup
from server.core.config import Settings


def run(settings: Settings, _options: Namespace) -> None:
    from server.app import create_app
    from server.demo import load

    setup.run(settings)
    with create_app(settings).app_context():
        print(load(), flush=True)
