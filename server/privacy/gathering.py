"""Everything that is known of a person, as a ZIP: what they may ask for by law (GDPR, articles 15
and 20)."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from server.core.erasing import logs_of
from server.core.permissions import Viewer
from server.core.rights import Rights
from server.core.veiling import is_told, plainly, veiled
from server.core.work import Work
from server.files import store
from server.files.arriving import key
from server.files.downloads import safe_name

Json = dict[str, Any]


def gather(
    connection: Connection, viewer: Viewer, works: dict[str, Work], id_: str, path: Path
) -> list[tuple[Work, str]]:
    """Write `data.json` and the files of what hangs off a record into a ZIP, what is sensitive
    as well; which fields of which records that was, as (record, field), for the audit log.

    Whoever manages people is shown everything, so nothing is left out."""
    org, rights = viewer.org, viewer.rights
    data = {
        "record": shown(rights, works[id_]),
        "related": [shown(rights, work) for work in works.values() if work.id != id_],
        "history": [shown(rights, log) for log in logs_of(connection, org, works)],
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
        for name, content in _files(org, works):
            with pack.open(name, "w", force_zip64=True) as member:
                for piece in content:
                    member.write(piece)
    return [
        (work, field.name) for work in works.values() for field in work.entity.sensitive
        if is_told(field.kind, work.doc.get(field.name))
    ]  # fmt: skip


def shown(rights: Rights, work: Work) -> Json:
    doc = veiled(rights, work.entity.type, work.doc, plainly)
    return {"id": work.id, "type": work.entity.type, **doc}


def _files(org: int, works: dict[str, Work]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """By their own names, with the id before it so that no two are the same."""
    for work in works.values():
        if work.entity.type == "file" and work.doc["stored"]:
            name = safe_name(work.doc["name"] or "", work.doc["mime"] or "")
            content = key(org, work.doc["stored"], "original")
            try:
                yield f"files/{work.id}-{name}", store.read(content)
            except FileNotFoundError:
                continue
