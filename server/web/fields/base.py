"""What all pages of the field editor share: who may, and what there is, retired or not."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from flask import Blueprint, request
from sqlalchemy import select
from werkzeug.exceptions import Forbidden, NotFound

from server.core import permissions
from server.core.clock import now_ms
from server.core.db import reading
from server.core.entity import Entity
from server.core.identity import current
from server.core.kinds import UUID
from server.core.reading import record
from server.core.registry import registry

from .. import forms as records
from ..auth import expect_token
from ..changing import new_id
from ..views.manifest import Json

blueprint = Blueprint("fields", __name__, url_prefix="/fields")
PLAIN = re.compile("[^a-z0-9]+")


@blueprint.before_request
def _guard() -> None:
    """Whoever may not make fields learns that such a page is there, and no more."""
    rights = current().viewer.rights
    if permissions.level(rights, "custom_field", "create") == permissions.NONE:
        raise Forbidden
    if request.method == "POST":
        expect_token()


def entity_of(kind: str) -> Entity:
    """An entity that may have own fields, a retired one included. Raises NotFound."""
    found = registry.get(kind)
    if found is None or (found.system and not found.own):
        raise NotFound
    return found


def definitions(what: str, **having: str) -> list[Json]:
    """Records of `custom_field` or `custom_entity`, in their order."""
    entity, org = registry[what], current().viewer.org
    c = entity.table.c
    query = select(c.id, c.ver, c.doc).where(*entity.here(org))
    for name, value in having.items():
        query = query.where(c[name] == value)
    with reading() as connection:
        found = [record(entity, *row) for row in connection.execute(query)]
    return sorted(found, key=_place)


def _place(doc: Json) -> tuple[int, str, str]:
    return doc.get("place") or 0, doc["created_at"] or "", doc.get("key") or ""


def definition(what: str, id_: str, **having: str) -> Json:
    """Raises NotFound."""
    if not UUID.fullmatch(id_):
        raise NotFound
    found = next((one for one in definitions(what, **having) if one["id"] == id_), None)
    if found is None:
        raise NotFound
    return found


def settings(record: Json, values: Json) -> list[Json]:
    """An operation for each value that differs; all are taken, or none is."""
    owner, group = {"type": record["type"]}, new_id()
    return [
        records.setting(owner, record, name, value, new_id, now_ms()) | {"g": group}
        for name, value in values.items() if value != record[name]
    ]  # fmt: skip


def key_for(label: Any, taken: set[str], longest: int, spare: str) -> str:
    """A key that says something to programs, if the name is in Latin letters."""
    plain = unicodedata.normalize("NFKD", str(label or "")).encode("ascii", "ignore").decode()
    word = PLAIN.sub("_", plain.lower()).strip("_")[: longest - 6].strip("_") or spare
    tries = (f"x_{word}" if n == 1 else f"x_{word}_{n}" for n in range(1, 10_000))
    return next(one for one in tries if one not in taken)
