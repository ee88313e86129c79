"""Who may take records out and bring them in, and which of their fields."""

from __future__ import annotations

from werkzeug.exceptions import Forbidden, NotFound

from server.core import permissions
from server.core.entity import Entity, Field
from server.core.permissions import Viewer
from server.core.registry import registry
from server.core.sights import masked

UNFIT = ("json", "picture")  # kinds that say nothing in a table


def exportable(viewer: Viewer, path: str) -> Entity:
    """The entity with this address. Raises NotFound, or Forbidden if none of it may leave."""
    entity = registry.by_path(path)
    if entity is None:
        raise NotFound
    if permissions.level(viewer.rights, entity.type, "export") == "none":
        raise Forbidden
    return entity


def importable(entity: Entity) -> bool:
    """What hangs on other records comes with a file of its own, and what is kept by nobody."""
    return not (entity.system or entity.attached or entity.personal)


def importing(viewer: Viewer, kind: str) -> Entity:
    """The entity, if the person may make records of it. Raises NotFound, Forbidden."""
    entity = registry.get(kind)
    if entity is None or not importable(entity):
        raise NotFound
    if permissions.level(viewer.rights, kind, "create") == "none":
        raise Forbidden
    return entity


def columns(entity: Entity, viewer: Viewer | None = None) -> list[Field]:
    """The fields that stand in files, in their order, as far as somebody may read them plainly: a
    file with masks in it would be taken for one without values when it comes back."""
    kind, rights = entity.type, viewer.rights if viewer else None
    unfit = {"deleted"} | (rights.hidden(kind) | masked(rights, kind) if rights else set())
    fields = entity.fields.values()
    return [f for f in fields if f.kind not in UNFIT and not f.aside and f.name not in unfit]


def targets(entity: Entity, viewer: Viewer | None = None) -> list[Field]:
    """The fields that a file may fill."""
    protected = viewer.rights.fields(entity.type) if viewer else {}
    return [f for f in columns(entity, viewer) if not f.readonly and f.name not in protected]
