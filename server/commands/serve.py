"""Serve: gunicorn and a job worker side by side, ended together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from argparse import Namespace
from types import FrameType

from server.commands import setup
from server.core.config import ROOT, Settings

PATIENCE = 30  # seconds that requests and jobs under way get to finish


class Stop(Exception):
    """We were asked to end."""


def run(settings: Settings, options: Namespace) -> int:
    if _taken(settings):
        print(f"Port {settings.port} is in use: choose another with --port.", file=sys.stderr)
        return 1
    setup.run(settings)
    if options.demo:
        from server.commands import demo  # which needs most of the app

        demo.run(settings, options)
    config = ROOT / "server" / "gunicorn.py"
    commands = [["gunicorn", "--config", str(config)], ["server", "worker"]]
    if settings.debug:
        commands.append(["pwa.build", "--watch"])
    return supervise([[sys.executable, "-m", *command] for command in commands])


def supervise(commands: list[list[str]]) -> int:
    """Run the commands until a signal, or until one of them ends; then end them all."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    # In sessions of their own: Ctrl-C in a terminal reaches us alone, and we end them in order.
    children = [subprocess.Popen(command, start_new_session=True) for command in commands]
    try:
        ended, status = os.wait()
        print(f"Process {ended} ended unexpectedly, so the others end too.", file=sys.stderr)
        return os.waitstatus_to_exitcode(status) or 1
    except Stop:
        return 0
    finally:
        _end(children)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stop


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()


def _taken(settings: Settings) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            return True
    return False
