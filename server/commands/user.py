"""Manage who signs in; the first person added founds the organisation."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from getpass import getpass

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import Connection

from server.commands import joining, setup
from server.core.config import Settings
from server.core.db import reading, writing
from server.core.disabling import disable, enable
from server.core.door import Author
from server.core.permissions import Viewer
from server.core.rights import SERVER
from server.core.roles import IDS

LEAST = 8  # characters of a password


def run(settings: Settings, options: Namespace) -> int:
    from server.app import create_app

    setup.run(settings)
    if options.action in ACTIONS:
        with create_app(settings).app_context():
            return ACTIONS[options.action](options.email.lower())
    if options.action == "password":
        with create_app(settings).app_context(), writing() as connection:
            return _password(connection, options.email.lower())
    password = options.password or getpass("Password: ")
    try:
        email = validate_email(options.email, check_deliverability=False).normalized
    except EmailNotValidError as error:
        return _refuse(str(error))
    if len(password) < LEAST:
        return _refuse(f"The password needs at least {LEAST} characters.")
    with create_app(settings).app_context(), writing() as connection:
        return _add(connection, email, password, options)


def _add(connection: Connection, email: str, password: str, options: Namespace) -> int:
    from server.web.auth import hash_password

    if joining.known(connection, email):
        return _refuse(f"Somebody signs in as {email} already.")
    org = joining.organisation(connection, options.organisation)
    if org is None and not options.organisation:
        return _refuse("Which organisation? Name it with --organisation.")
    if org is None:
        org = joining.found(
            connection, options.organisation, lang=options.lang, region=options.region.upper(),
            zone=options.zone, currency=options.currency.upper(),
        )  # fmt: skip
        print(f"Founded {options.organisation}.")
    values = {"name": options.name, "roles": [IDS[options.role]], "lang": options.lang}
    joining.person(connection, org, email, hash_password(password), **values)
    print(f"{options.name} can sign in as {email}.")
    return 0


def _password(connection: Connection, email: str) -> int:
    from server.web.auth import hash_password

    password = getpass("New password: ")
    if len(password) < LEAST:
        return _refuse(f"The password needs at least {LEAST} characters.")
    if not joining.change_login(connection, email, password=hash_password(password)):
        return _refuse(f"Nobody signs in as {email}.")
    print(f"{email} has a new password; all their sessions have ended.")
    return 0


def _disable(email: str) -> int:
    if not _let_in(email, disable):
        return _refuse(f"Nobody signs in as {email}.")
    print(f"{email} can no longer sign in; their sessions and tokens have ended, and their "
          "devices are wiped when they next make contact.")  # fmt: skip
    return 0


def _enable(email: str) -> int:
    if not _let_in(email, enable):
        return _refuse(f"Nobody signs in as {email}.")
    print(f"{email} can sign in again.")
    return 0


def _let_in(email: str, change: Callable[[Author, str], bool]) -> bool:
    """In the name of the server itself."""
    with reading() as connection:
        who = joining.login_of(connection, email)
    server = Author(Viewer("", who.org, SERVER), "web:server", trusted=True) if who else None
    return bool(server and change(server, who.person))


ACTIONS = {"disable": _disable, "enable": _enable}


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1
