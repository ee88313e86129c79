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
    unread = masked(viewer.rights, entity.type) if viewer else frozenset()
    return [field for field in _filed(entity, viewer) if field.name not in unread]


def targets(entity: Entity, viewer: Viewer | None = None) -> list[Field]:
    """The fields that a file may fill; those that are masked for its person in new records alone,
    as nobody could take back what they never saw."""
    protected = viewer.rights.fields(entity.type) if viewer else {}
    return [f for f in _filed(entity, viewer) if not f.readonly and f.name not in protected]


def _filed(entity: Entity, viewer: Viewer | None) -> list[Field]:
    unfit = {"deleted"} | (viewer.rights.hidden(entity.type) if viewer else set())
    fields = entity.fields.values()
    return [f for f in fields if f.kind not in UNFIT and not f.aside and f.name not in unfit]
