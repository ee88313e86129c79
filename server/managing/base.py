"""What the pages of management share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request
from uuid_utils.compat import uuid7
from werkzeug.exceptions import Forbidden

from server.core import devices, door
from server.core.clock import now_ms
from server.core.i18n import _l
from server.core.identity import current
from server.core.text import clean
from server.web.auth import expect_token
from server.web.views.manifest import Json, message

managing = Blueprint("managing", __name__)
LONGEST = 200  # characters of a name
# What can be wrong with a form here, besides what the door refuses
WRONG = {
    "role_needed": _l("Choose at least one role."),
    "email_taken": _l("Somebody signs in with this address already. Choose another."),
    "short_password": _l("The password is too short. Choose at least 8 characters."),
}


def said(code: str) -> str:
    """What is wrong, in words."""
    return WRONG.get(code) or message(code)


@managing.before_request
def _only_managers() -> None:
    if not devices.manages(current().viewer):
        raise Forbidden
    if request.method == "POST":
        expect_token()


def elsewhere(target: str) -> Response:
    return redirect(target, 303)  # type: ignore[return-value]


def typed(name: str) -> str | None:
    """A line of text as it was typed, or None."""
    return " ".join(clean(request.form.get(name)).split())[:LONGEST] or None


def make(kind: str, values: Json) -> tuple[str, list[str]]:
    """A new record of a kind that the server keeps: its id, and what is wrong with it."""
    rec = str(uuid7())
    given = {name: value for name, value in values.items() if value not in (None, [])}
    return rec, _write([_op("new", kind, rec, 0, v=given)])


def change(kind: str, row: Json, values: Json) -> list[str]:
    """Write what differs, all or nothing; what is wrong."""
    group, ops = str(uuid7()), []
    for name, value in values.items():
        if value != row[name]:
            ops.append(_op("set", kind, row["id"], row["ver"], f=name, v=value, g=group))
    return _write(ops)


def remove(kind: str, row: Json) -> list[str]:
    return _write([_op("del", kind, row["id"], row["ver"])])


def _op(k: str, kind: str, rec: str, base: int, **more: Any) -> Json:
    found = {"id": str(uuid7()), "k": k, "type": kind, "rec": rec, "base": base, "t": now_ms()}
    return found | more


def _write(ops: list[Json]) -> list[str]:
    results = door.write(current().author(), ops)
    codes = [r.code for r in results if r.status == "rejected" and r.code != "group"]
    return [message(code or "error") for code in dict.fromkeys(codes)]
