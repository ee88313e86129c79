"""People from the command line: they can sign in, and a token opens the API to them."""

from __future__ import annotations

import re

import pytest

from server.commands import ROLES, main
from server.core.db import writing
from server.core.identity import by_token
from server.core.roles import IDS


@pytest.fixture
def command(settings, monkeypatch, capsys):
    """Runs a command on the test's database: `command(…) → (status, printed, complained)`."""
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("KESHER_DATA", str(settings.data))

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(arguments)
        heard = capsys.readouterr()
        return status, heard.out, heard.err

    return run


ADD = ("user", "add", "Dana@Example.org", "--name", "דנה", "--password", "long enough")


def test_the_first_person_founds_the_organisation(command, app):
    assert command(*ADD)[::2] == (1, "Which organisation? Name it with --organisation.\n")
    assert command(*ADD, "--organisation", "Maayan")[0] == 0
    status, _, complaint = command(*ADD, "--organisation", "Maayan")
    assert (status, complaint) == (1, "Somebody signs in as Dana@example.org already.\n")


def test_a_token_is_its_persons(command, app):
    command(*ADD, "--organisation", "Maayan")
    status, token, _ = command("token", "dana@example.org")
    assert status == 0
    assert re.fullmatch(r"kesher_[\w-]{43}\n", token)
    with writing() as connection:
        signed = by_token(connection, token.strip())
    assert signed
    assert (signed.person["name"], signed.person["roles"]) == ("דנה", [IDS["admin"]])


def test_somebody_is_disabled_and_let_in_again(command, app):
    command(*ADD, "--organisation", "Maayan")
    token = command("token", "dana@example.org")[1].strip()
    assert command("user", "disable", "Dana@Example.org")[0] == 0
    with writing() as connection:
        assert by_token(connection, token) is None
    assert command("token", "dana@example.org")[0] == 1
    assert command("user", "enable", "dana@example.org")[0] == 0
    assert command("token", "dana@example.org")[0] == 0
    status, _, complaint = command("user", "disable", "nobody@example.org")
    assert (status, complaint) == (1, "Nobody signs in as nobody@example.org.\n")


def test_a_stranger_gets_no_token(command, app):
    status, token, complaint = command("token", "nobody@example.org")
    assert (status, token) == (1, "")
    assert complaint == "Nobody signs in as nobody@example.org.\n"


def test_a_short_password_is_refused(command, app):
    short = ("user", "add", "a@example.org", "--name", "A", "--password", "short")
    assert command(*short, "--organisation", "A")[0] == 1


def test_the_demo_is_loaded_once(command, app):
    assert "Loading" in command("demo")[1]
    assert "there already" in command("demo")[1]
    assert command("token", "admin@demo.test")[0] == 0


def test_roles_are_those_built_in():
    assert tuple(IDS) == ROLES
