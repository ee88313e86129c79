"""Catalogues of translations, for the server (.mo) and the worker (JSON); tables for the worker."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pwa.building.dist import GENERATED, ROOT, Dist
from server.core import countries
from server.core.i18n import CONTEXT

TRANSLATIONS = ROOT / "server" / "translations"


def build(dist: Dist) -> None:
    plurals = {}
    for path in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")):
        lang = path.parts[-3]
        catalogue = read_po(path.open("rb"), locale=lang)
        for label, name in countries.messages(lang).items():
            context, _, english = label.partition(CONTEXT)
            catalogue.add(english, name, context=context)
        _compile(catalogue, path.with_suffix(".mo"))
        dist.add(f"i18n/{lang}.json", compact({"messages": messages(catalogue)}))
        plurals[lang] = catalogue.plural_expr
    # The page's date picker asks for it; the worker has it in its tables.
    dist.add("tables/almanac.json", compact(tables()["almanac"]))
    GENERATED.mkdir(exist_ok=True)
    (GENERATED / "plurals.js").write_text(rules(plurals))
    (GENERATED / "tables.js").write_text(f"export const TABLES = {compact(tables())};\n")


def messages(catalogue: Catalog) -> dict[str, list[str]]:
    """`{key: [text, …]}`, with one text for each plural form.

    A key is the English text, after its context and U+0004 if it has one, as gettext's own files
    have it. Untranslated and doubtful (fuzzy) messages are left out.
    """
    found = {}
    for message in catalogue:
        first = message.id if isinstance(message.id, str) else message.id[0]
        string = message.string
        texts = list(string) if isinstance(string, (list, tuple)) else [string or ""]
        if first and all(texts) and not message.fuzzy:
            found[f"{message.context}\x04{first}" if message.context else first] = texts
    return found


def rules(plurals: dict[str, str]) -> str:
    """A script's PLURALS: language → which form a number takes.

    The catalogue's rule is C, and in this subset JavaScript too; the worker's policy allows no
    code made at run time, so it stands in the bundle.
    """
    lines = (f"  {json.dumps(lang)}: (n) => Number({rule}),\n" for lang, rule in plurals.items())
    return f"export const PLURALS = {{\n{''.join(lines)}}};\n"


def tables() -> dict[str, Any]:
    """What the worker must know as the server does, in JSON."""
    from server.web import failures, filters, headers
    from server.web.views.zones import ZONES

    return {
        **filters.tables(),
        "headers": headers.table(),
        "failures": failures.table(),
        "apart": failures.APART,
        "files": headers.files(),
        "zones": ZONES,
    }


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _compile(catalogue: Catalog, target: Path) -> None:
    with target.open("wb") as file:
        write_mo(file, catalogue)
