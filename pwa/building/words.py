"""Catalogues of translations, for the server (.mo) and the worker (JSON); tables for the worker."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pwa.building.dist import ROOT, Dist

TRANSLATIONS = ROOT / "server" / "translations"
# Name → the function whose JSON-able answer the worker gets as `tables/<name>.json`.
TABLES = {
    "text": "server.core.text:table",
    "phones": "server.core.phones:table",
    "almanac": "server.core.almanac:table",
}


def build(dist: Dist) -> None:
    for path in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")):
        catalogue = read_po(path.open("rb"), locale=path.parts[-3])
        _compile(catalogue, path.with_suffix(".mo"))
        dist.add(f"i18n/{path.parts[-3]}.json", compact(for_worker(catalogue)))
    for name, place in TABLES.items():
        dist.add(f"tables/{name}.json", compact(_function(place)()))


def for_worker(catalogue: Catalog) -> dict[str, Any]:
    """`{plural: C expression, messages: {key: [text, …]}}`.

    A key is the English text, after its context and U+0004 if it has one, as gettext's own files
    have it. Untranslated and doubtful (fuzzy) messages are left out.
    """
    messages = {}
    for message in catalogue:
        first = message.id if isinstance(message.id, str) else message.id[0]
        string = message.string
        texts = list(string) if isinstance(string, (list, tuple)) else [string or ""]
        if first and all(texts) and not message.fuzzy:
            key = f"{message.context}\x04{first}" if message.context else first
            messages[key] = texts
    return {"plural": catalogue.plural_expr, "messages": messages}


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _compile(catalogue: Catalog, target: Path) -> None:
    with target.open("wb") as file:
        write_mo(file, catalogue)


def _function(place: str) -> Callable[[], Any]:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
