"""Groups of records that may be about the same one, as somebody may see them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, and_, or_, select

from server.core.calendars import today
from server.core.ledger import MERGING
from server.core.parting import KEPT
from server.core.permissions import Viewer
from server.core.registry import registry
from server.core.work import chunks
from server.web.pages import Visit
from server.web.views.devices import instant_of
from server.web.views.manifest import Json, entity
from server.web.views.rows import row

from .tables import TWIN

GROUPS, LOOKED = 30, 400  # of a page; pairs that are looked at for one
T, M = TWIN.c, MERGING.c
After = tuple[int, str, str]


def groups(
    v: Visit, connection: Connection, kind: str | None, after: After | None
) -> tuple[list[Json], After | None]:
    """The surest first; and where the next page begins."""
    found: list[Any] = []
    last = after
    while len(_joined(found)) < GROUPS:
        some = _pairs(connection, v.signed.viewer.org, kind, last)
        found += _seen(v, some)
        last = (some[-1].score, some[-1].a, some[-1].b) if len(some) == LOOKED else None
        if last is None:
            break
    return [_group(v, pairs) for pairs in _joined(found)], last


def _pairs(connection: Connection, org: int, kind: str | None, after: After | None) -> list[Any]:
    query = select(TWIN).where(T.org == org, T.apart.is_(False))
    query = query.where(T.type == kind) if kind else query
    if after:
        score, a, b = after
        ids = or_(T.a > a, and_(T.a == a, T.b > b))
        query = query.where(or_(T.score < score, and_(T.score == score, ids)))
    return list(connection.execute(query.order_by(T.score.desc(), T.a, T.b).limit(LOOKED)))


def _seen(v: Visit, pairs: list[Any]) -> list[Any]:
    """Those of which the person may see both, and both are there."""
    wanted: dict[str, set[str]] = {}
    for pair in pairs:
        if registry.get(pair.type):
            wanted.setdefault(pair.type, set()).update((pair.a, pair.b))
    there = set()
    for kind, ids in wanted.items():
        for some in chunks(ids):
            c = registry[kind].table.c
            for one in v.store.reader.related(registry[kind], [c.id.in_(some)], [], len(some)):
                v.store.seen[kind, one["id"]] = one
                there.add(one["id"])
    return [pair for pair in pairs if {pair.a, pair.b} <= there]


def _joined(pairs: list[Any]) -> list[list[Any]]:
    """Pairs that have a record in common together, in the order of the surest."""
    found: list[tuple[set[str], list[Any]]] = []
    for pair in pairs:
        touched = [one for one in found if {pair.a, pair.b} & one[0]]
        if not touched:
            found.append(({pair.a, pair.b}, [pair]))
            continue
        ids, mine = touched[0]
        ids |= {pair.a, pair.b}
        mine.append(pair)
        for other in touched[1:]:
            ids |= other[0]
            mine += other[1]
            found.remove(other)
    return [mine for _, mine in found]


def _group(v: Visit, pairs: list[Any]) -> Json:
    owner = entity(pairs[0].type)
    assert owner
    known = {None, *(field["label"] for field in owner["fields"])}  # of hidden fields nothing
    ids = list(dict.fromkeys(id_ for pair in pairs for id_ in (pair.a, pair.b)))
    day = today(v.now, v.me["zone"])
    best = max(pairs, key=lambda pair: pair.score)
    rows = [row(v.store, v.me, day, owner, v.store.get(owner["type"], id_) or {}) for id_ in ids]
    return {
        "label": owner["label"], "path": owner["path"], "score": best.score, "rows": rows,
        "why": [{"what": what, "label": label, "percent": percent}
                for what, label, percent in orjson.loads(best.why) if label in known],
        "pairs": [f"{pair.a} {pair.b}" for pair in pairs],
        "merge": "&".join(f"id={id_}" for id_ in ids),
    }  # fmt: skip


def lately(v: Visit, connection: Connection, viewer: Viewer) -> list[Json]:
    """Mergers that can still be undone, of records that the person may see."""
    since = datetime.now(UTC) - KEPT
    query = select(MERGING).where(M.org == viewer.org, M.undone.is_(None), M.at > since)
    rows = connection.execute(query.order_by(M.at.desc(), M.id.desc()).limit(50))
    return [found for one in rows if (found := merger(v, one))]


def merger(v: Visit, row_: Any) -> Json | None:
    """One of them, or None where it is not for this person."""
    owner = entity(row_.type)
    record = v.store.get(row_.type, row_.winner) if owner else None
    said = v.store.get("merger", row_.id)
    if not owner or not record or not said:
        return None
    moved = {(kind, id_) for kind, id_, _ in orjson.loads(row_.moved)}
    counts: dict[str, int] = {}
    for kind, _ in moved:
        counts[kind] = counts.get(kind, 0) + 1
    return {
        "id": row_.id, "href": f"/{owner['path']}/{row_.winner}", "label": owner["label"],
        "path": owner["path"], "title": record[owner["title"]], "name": said["name"],
        "at": instant_of(row_.at), "undone": row_.undone is not None,
        "by": v.store.title("person", row_.person), "until": instant_of(row_.at + KEPT),
        "moved": [{"label": other["plural"], "n": n} for kind, n in counts.items()
                  if (other := entity(kind)) and not other["system"]],
    }  # fmt: skip
