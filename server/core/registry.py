"""All entities of the product, by type and by address. Rooms register what they declare."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from . import permissions
from .entity import Entity, Record
from .errors import MESSAGES


class Registry:
    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.models: dict[str, type[Record]] = {}
        self.nav: list[dict[str, str]] = []
        self._manifest: dict[str, Any] | None = None

    def register(self, *models: type[Record]) -> None:
        self._manifest = None
        for model in models:
            spec = model.spec
            columns = model.__table__.columns
            spec.table = model.__table__  # type: ignore[assignment]
            spec.fields = {}
            for column in columns:
                declared = column.info.get("field")
                if declared is not None:
                    object.__setattr__(declared, "name", column.key)
                    spec.fields[column.key] = declared
            own = {k: f for k, f in spec.fields.items() if k not in SYSTEM}
            spec.fields = own | {k: spec.fields[k] for k in SYSTEM}
            spec.__dict__.pop("empty", None)
            self.entities[spec.type] = spec
            self.models[spec.type] = model
            if spec.personal:
                permissions.PERSONAL[spec.type] = spec.holds is not None

    def withdraw(self, kind: str) -> None:
        """From now on there is no such entity; its table stays."""
        self._manifest = None
        del self.entities[kind], self.models[kind]
        permissions.PERSONAL.pop(kind, None)

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


SYSTEM = ("owner", "team", "created_at", "created_by", "updated_at", "updated_by", "deleted")

registry = Registry()
NAV = registry.nav
