"""All entities, by type and by address: what rooms declare (`CODE`), and for an organisation with
fields and entities of its own, those besides (see custom/).

`registry` is the one in force: that of the organisation on whose behalf something is done."""

from __future__ import annotations

import hashlib
import json
from contextvars import ContextVar
from functools import cached_property
from typing import Any

from flask import g, has_app_context
from werkzeug.local import LocalProxy

from . import permissions
from .entity import Entity, Field, Record
from .errors import MESSAGES
from .lookups import add_lookups


class Registry:
    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.models: dict[str, type[Record]] = {}
        self.nav: list[dict[str, str]] = []
        self.generation = 0  # raised by whatever is declared or withdrawn
        self._manifest: dict[str, Any] | None = None

    def register(self, *models: type[Record]) -> None:
        self._changed()
        for model in models:
            spec = model.spec
            spec.table = model.__table__  # type: ignore[assignment]
            spec.fields = fields_of(model)
            spec.__dict__.pop("empty", None)
            add_lookups(spec)
            self.entities[spec.type] = spec
            self.models[spec.type] = model
            if spec.audience:
                permissions.SHARED.add(spec.type)
            if spec.personal:
                permissions.PERSONAL[spec.type] = spec.holds is not None
            elif spec.attached:
                permissions.ATTACHED.add(spec.type)
            elif not spec.system:
                permissions.BEARING.add(spec.type)

    def withdraw(self, kind: str) -> None:
        """From now on there is no such entity; its table stays."""
        self._changed()
        del self.entities[kind], self.models[kind]
        permissions.PERSONAL.pop(kind, None)
        permissions.ATTACHED.discard(kind)
        permissions.BEARING.discard(kind)
        permissions.SHARED.discard(kind)

    def _changed(self) -> None:
        self.generation += 1
        self._manifest = None
        for made in ("shape", "has_sensitive"):
            self.__dict__.pop(made, None)

    def __getitem__(self, kind: str) -> Entity:
        return self.entities[kind]

    def get(self, kind: Any) -> Entity | None:
        return self.entities.get(kind) if isinstance(kind, str) else None

    def by_path(self, path: str) -> Entity | None:
        return next((e for e in self.entities.values() if e.path == path and not e.system), None)

    def children(self, kind: str) -> list[Entity]:
        """Entities whose records belong to a file of this kind."""
        return [e for e in self.entities.values() if e.parent == kind]

    def attached(self) -> list[Entity]:
        """Entities whose records hang on a record of any kind."""
        return [e for e in self.entities.values() if e.attached]

    def bears(self, kind: Any) -> bool:
        """May something be attached to records of this kind?"""
        found = self.get(kind)
        return found is not None and not found.system and not found.attached

    def holding(self, kind: str) -> list[Entity]:
        """Entities whose records have phones hold files of this kind."""
        return [
            e for e in self.entities.values() if e.holds and e.fields[e.holds.file].target == kind
        ]

    def manifest(self) -> dict[str, Any]:
        """What both halves of the views know of the entities; `version` changes with it."""
        if self._manifest is None:
            self._manifest = self._described()
        return self._manifest

    def _described(self) -> dict[str, Any]:
        body = {
            "entities": {kind: e.describe() for kind, e in self.entities.items()},
            "nav": self.nav,
            "codes": MESSAGES,
        }
        text = json.dumps(body, sort_keys=True, default=str)
        return {"version": hashlib.sha256(text.encode()).hexdigest()[:16], **body}

    @cached_property
    def has_sensitive(self) -> bool:
        """Does the organisation call anything sensitive?"""
        return any(entity.sensitive for entity in self.entities.values())

    @cached_property
    def shape(self) -> str:
        """Changes when a kind of record or a field of the code comes, goes or is of another kind;
        not when a label does, which the manifest's version tells. Own fields and entities are not
        in it: no record has them before they are there."""
        fields = [
            (kind, sorted((f.name, f.kind) for f in entity.fields.values() if not f.custom))
            for kind, entity in sorted(self.entities.items()) if not entity.own
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(fields).encode()).hexdigest()[:12]


SYSTEM = ("owner", "team", "created_at", "created_by", "updated_at", "updated_by", "deleted")


def fields_of(model: type[Record]) -> dict[str, Field]:
    """The fields that a model's columns declare, those of every record last."""
    found: dict[str, Field] = {}
    for column in model.__table__.columns:
        declared = column.info.get("field")
        if declared is not None:
            object.__setattr__(declared, "name", column.key)
            found[column.key] = declared
    own = {k: f for k, f in found.items() if k not in SYSTEM}
    return own | {k: found[k] for k in SYSTEM}


CODE = Registry()
IN_FORCE: ContextVar[Registry | None] = ContextVar("registry", default=None)


def current() -> Registry:
    """The registry of the transaction or job at work, else of the request's person; the code's
    where there is no organisation."""
    found = IN_FORCE.get()
    if found is None and has_app_context():
        found = g.get("registry")
    return CODE if found is None else found


registry: Registry = LocalProxy(current)  # type: ignore[assignment]
