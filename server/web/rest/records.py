"""Records of any entity: lists, one by one, and what can be done to one."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Response, abort, request
from uuid_utils.compat import uuid7
from werkzeug.exceptions import NotFound

from server.core.db import reading
from server.core.entity import Entity
from server.core.kinds import UUID
from server.core.reading import Reader
from server.core.registry import registry

from ..window import pack
from . import asking
from .base import Bad, Json, answer, api, body, entity_of, hidden, lang, signed
from .heirs import heir_of
from .values import checked
from .writing import Writing, expected, op, refusal

Finding = Callable[[Entity, str], Json]


def shown(row: Json, fields: list[str] | None = None) -> Json:
    """A record as programs see it."""
    kept = row if fields is None else {n: row[n] for n in ("id", "type", "ver", *fields)}
    gone = hidden(registry[row["type"]])
    return {n: value for n, value in kept.items() if not n.startswith("_") and n not in gone}


def find(entity: Entity, id_: str) -> Json:
    """The record, deleted or not. Raises NotFound."""
    if not UUID.fullmatch(id_):
        raise NotFound
    with reading() as connection:
        row = Reader(connection, signed().viewer, lang()).get(entity, id_)
    if row is None:
        raise NotFound
    return row


def living(entity: Entity, id_: str) -> Json:
    """The record; of one that was merged into another, the way there. Raises NotFound."""
    if (heir := heir_of(entity, id_)) is None:
        return find(entity, id_)
    there = request.path.replace(id_, heir)
    abort(answer({"id": heir}, 308, Location=there))


def meant(entity: Entity, id_: str, look: Finding = find) -> tuple[Json, int | None]:
    """The record that is to be changed, and the version that it must have. Raises Bad, NotFound."""
    row, only = look(entity, id_), expected()
    if only not in (None, row["ver"]):
        raise Bad(412, "stale")
    return row, only


def one(row: Json, status: int = 200, **headers: str) -> Response:
    return answer(shown(row), status, ETag=f'"{row["ver"]}"', **headers)


@api.get("/<path>/")
def listing(path: str) -> Response:
    entity = entity_of(path)
    asked, fields = asking.read(entity, request.args)
    with reading() as connection:
        rows, after = Reader(connection, signed().viewer, lang()).page(entity, asked, held=False)
    next_ = pack(after) if after else None
    found = {"data": [shown(row, fields) for row in rows], "next": next_}
    if not next_:
        return answer(found)
    query = [(n, v) for n, v in request.args.items(multi=True) if n != "after"]
    link = f'<{request.base_url}?{urlencode([*query, ("after", next_)])}>; rel="next"'
    return answer(found, Link=link)


@api.get("/<path>/<id_>")
def record(path: str, id_: str) -> Response:
    row = living(entity_of(path), id_)
    if request.if_none_match.contains(str(row["ver"])):
        return Response(status=304, headers={"ETag": f'"{row["ver"]}"'})
    return one(row)


@api.post("/<path>/")
def create(path: str) -> Response:
    entity = entity_of(path, writable=True)
    values = checked(entity.fields, body(), whole=True)
    [told] = Writing().write([[op("new", entity, str(uuid7()), v=values)]])
    if error := refusal(told):
        raise error
    row = find(entity, told[0].rec)
    return one(row, 201, Location=f"/api/v1/{path}/{row['id']}")


@api.patch("/<path>/<id_>")
def change(path: str, id_: str) -> Response:
    entity = entity_of(path, writable=True)
    row, only = meant(entity, id_, living)
    values = checked(entity.fields, body())
    ops = [
        op("set", entity, id_, row["ver"], only, f=name, v=value) for name, value in values.items()
    ]
    return _written(entity, id_, ops)


@api.delete("/<path>/<id_>")
def delete(path: str, id_: str) -> Response:
    entity = entity_of(path, writable=True)
    row, only = meant(entity, id_)
    _written(entity, id_, [op("del", entity, id_, row["ver"], only)])
    return Response(status=204)


@api.post("/<path>/<id_>/restoration")
def restore(path: str, id_: str) -> Response:
    entity = entity_of(path, writable=True)
    row, only = meant(entity, id_)
    back = op("set", entity, id_, row["ver"], only, f="deleted", v=False)
    return _written(entity, id_, [back])


@api.post("/<path>/<id_>/<noun>")
def act(path: str, id_: str, noun: str) -> Response:
    """A named action, e.g. POST /api/v1/tasks/<id>/handing-over."""
    entity = entity_of(path, writable=True)
    action = next((a for a in entity.actions if a.noun == noun), None)
    if action is None:
        raise NotFound
    row, only = meant(entity, id_, living)
    values = checked({f.name: f for f in action.fields}, body(), whole=True)
    return _written(entity, id_, [op("do", entity, id_, row["ver"], only, f=action.name, v=values)])


def _written(entity: Entity, id_: str, ops: list[Json]) -> Response:
    [told] = Writing().write([ops])
    if error := refusal(told):
        raise error
    return one(find(entity, id_))
