"""The command line. Each command is a file; this one only reads the arguments."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from server.core.config import BadSetting, load
from server.core.i18n import LANGUAGES

# As in server.core.rights, which takes a while to import.
ROLES = ("admin", "manager", "seller", "technician", "office")


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; the exit status."""
    options = _parser().parse_args(arguments)
    for name in ("host", "port"):
        if getattr(options, name, None):
            os.environ[f"KESHER_{name.upper()}"] = str(getattr(options, name))
    try:
        settings = load()
    except BadSetting as error:
        print(error, file=sys.stderr)
        return 2
    command = import_module(f"server.commands.{options.command}")
    return int(command.run(settings, options) or 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m server", epilog="Settings are environment variables: docs/admin/settings.md"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="set up, then serve pages and carry out jobs")
    serve.add_argument("--host", help="address to listen on")
    serve.add_argument("--port", type=int, help="port to listen on")
    serve.add_argument("--demo", action="store_true", help="load the demo organisation first")
    commands.add_parser("worker", help="carry out jobs only")
    commands.add_parser("setup", help="make the data folder and keys, migrate the database")
    demo = commands.add_parser("demo", help="load the demo organisation, once")
    demo.add_argument("--accounts", type=int, default=400, help="how many customers (400)")
    _user(commands.add_parser("user", help="manage the people who sign in"))
    token = commands.add_parser("token", help="print a new API token of a person")
    token.add_argument("email")
    backup = commands.add_parser("backup", help="put everything into one file, while serving")
    backup.add_argument("file", metavar="FILE")
    restore = commands.add_parser("restore", help="bring back what a backup holds")
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("--replace", action="store_true", help="in place of all that is there")
    move = commands.add_parser("move", help="copy everything to another database, and compare")
    move.add_argument("--to", required=True, metavar="DATABASE_URL")
    return parser


def _user(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, does in (("password", "set a new password"), ("disable", "end all access"),
                       ("enable", "let somebody in again")):  # fmt: skip
        actions.add_parser(name, help=does).add_argument("email")
    add = actions.add_parser("add", help="add a person, and the organisation if there is none")
    add.add_argument("email")
    add.add_argument("--name", required=True)
    add.add_argument("--role", choices=ROLES, default="admin")
    add.add_argument("--lang", choices=LANGUAGES, default="en")
    add.add_argument("--organisation", help="name of the organisation; needed for the first person")
    add.add_argument("--region", default="US", help="country of the new organisation (US)")
    add.add_argument("--zone", default="UTC", help="time zone of the new organisation (UTC)")
    add.add_argument("--currency", default="USD", help="currency of the new organisation (USD)")
    add.add_argument("--password", help="asked for when not given")
