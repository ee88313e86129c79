"""/privacy/: everything about one person, taken out or erased. For whoever manages people; made at
the server alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, redirect, request
from sqlalchemy import Connection
from werkzeug.exceptions import Forbidden, NotFound

from server.core import deeds, devices, door
from server.core.clock import instant, now_ms
from server.core.db import reading, writing
from server.core.entity import Entity
from server.core.erasing import erase, hanging
from server.core.i18n import _l
from server.core.identity import current
from server.core.kinds import UUID
from server.core.registry import registry
from server.core.text import fold
from server.core.work import Work, load
from server.files import store
from server.files.arriving import scratch
from server.web import forms
from server.web.auth import expect_token
from server.web.changing import new_id
from server.web.pages import show, visit

from .gathering import gather
from .remembering import Erased, remember

blueprint = Blueprint("privacy", __name__, url_prefix="/privacy")
OTHER_NAME = _l("This is another name than that of the record.")


@blueprint.before_request
def _guard() -> None:
    if not devices.manages(current().viewer) or current().session is None:
        raise Forbidden
    if request.method == "POST":
        expect_token()


@blueprint.get("/<path>/<id_>")
def page(path: str, id_: str) -> Response:
    return _page(path, id_)


def _page(path: str, id_: str, error: str | None = None) -> Response:
    entity = _entity(path)
    with visit():
        with reading() as connection:
            works = _works(connection, entity, id_)
        counts = Counter(work.entity.type for work in works.values())
        return show(("server/privacy.html", {
            "entity": entity, "id": id_, "name": works[id_].doc[entity.title], "error": error,
            "counts": [(registry[kind].plural, n) for kind, n in counts.items()],
        }), 422 if error else 200)  # fmt: skip


@blueprint.post("/<path>/<id_>/copy")
def copy(path: str, id_: str) -> Response:
    """A ZIP, made before it is sent: it is whole, or it is an error."""
    entity, signed = _entity(path), current()
    with reading() as connection:
        works = _works(connection, entity, id_)
        with scratch() as file:
            looked = gather(connection, signed.viewer, works, id_, file)
            answer = Response(_pieces(file), mimetype="application/zip")
    door.write(signed.author(), [_look(work, name) for work, name in looked])
    with writing() as connection:
        _note(connection, "person_copied", entity, id_)
    answer.headers["Content-Disposition"] = f'attachment; filename="{entity.type}-{id_}.zip"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/<path>/<id_>/erasure")
def erasure(path: str, id_: str) -> Response:
    entity, org = _entity(path), current().viewer.org
    with reading() as connection:
        name = _name(connection, entity, id_)
    if fold(request.form.get("name", "")) != fold(name):
        return _page(path, id_, OTHER_NAME)
    remember(current_app.config["DATA"], Erased(org, entity.type, id_, instant()))
    with writing() as connection:
        erase(connection, org, entity.type, id_)
        _note(connection, "person_erased", entity, id_)
    return redirect(f"/{entity.path}/", 303)  # type: ignore[return-value]


def _look(work: Work, name: str) -> dict[str, Any]:
    record = {"id": work.id, "ver": work.ver}
    return forms.looking({"type": work.entity.type}, record, name, new_id, now_ms())


def _note(connection: Connection, what: str, entity: Entity, id_: str) -> None:
    """Nothing of the person but the number that they had."""
    signed = current()
    about = f"{entity.type} {id_}"
    deeds.note(connection, signed.viewer.org, signed.viewer.id, what, about, signed.via)


def _pieces(file: Path) -> Any:
    """Read while the file is there; on POSIX what is open outlives its name."""
    opened = file.open("rb")
    return iter(lambda: opened.read(store.READ), b"")


def _entity(path: str) -> Entity:
    """Raises NotFound where it is about no person."""
    found = registry.by_path(path)
    if found is None or not found.subject:
        raise NotFound
    return found


def _name(connection: Connection, entity: Entity, id_: str) -> str:
    """Raises NotFound where there is none, or not any more."""
    here = load(connection, current().viewer.org, entity, [id_] if UUID.fullmatch(id_) else [])
    if not here or here[id_].doc[entity.title] is None:
        raise NotFound
    return str(here[id_].doc[entity.title])


def _works(connection: Connection, entity: Entity, id_: str) -> dict[str, Work]:
    """All that hangs off it. Raises NotFound."""
    _name(connection, entity, id_)
    return hanging(connection, current().viewer.org, entity, id_)
