"""The manifest as the views read it. Equal to pwa/views/manifest.js."""

from __future__ import annotations

from typing import Any

from flask import g, has_app_context

from server.core.narrowing import manifest_for
from server.core.registry import registry

Json = dict[str, Any]


def manifest() -> Json:
    """As the roles of whoever asks leave it."""
    signed = g.get("signed") if has_app_context() else None
    return manifest_for(signed.viewer.rights) if signed else registry.manifest()


def entity(kind: str | None) -> Json | None:
    found: Json | None = manifest()["entities"].get(kind)
    return found


def by_path(path: str) -> Json | None:
    """The entity whose pages live under /<path>/, or None."""
    return next(
        (e for e in manifest()["entities"].values() if e["path"] == path and not e["system"]), None
    )


def field_of(owner: Json, name: str | None) -> Json | None:
    """A field of an entity or of an action."""
    return next((f for f in owner["fields"] if f["name"] == name), None)


def message(code: str) -> str:
    codes = manifest()["codes"]
    return str(codes.get(code) or codes["error"])


def editable(owner: Json) -> list[Json]:
    """The fields that a form of an entity or an action has."""
    return [f for f in owner["fields"] if f["in_form"] and not f["readonly"]]
