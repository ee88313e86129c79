"""The first load: everything out of one snapshot, as lines that a phone can keep unparsed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import count, groupby
from typing import Any

from isal import isal_zlib

from server.core.db import reading
from server.core.permissions import Viewer

from . import feed, keyset
from .cursor import Cursor, Filling, seal, unseal
from .pull import MOST, Pulling

LINE = 500  # records in a line
RESUMABLE = 20  # lines after which a cursor tells where to go on if the rest is lost
CHUNK = 64 * 1024  # bytes


def lines(viewer: Viewer, sealed: Any, head: dict[str, Any]) -> Iterator[str]:
    """Step 12: the head; lines of records, each of one kind; now and then a cursor; the last."""
    with reading() as connection:
        pulling = Pulling(connection, viewer)
        cursor = pulling.begin(unseal(viewer, sealed))
        keyset.save(pulling.unknown.values())
        head = head | {"reset": pulling.reset, "gone": pulling.gone}
        yield _dumps(head | ({"large": True} if _is_large(pulling, cursor) else {}))
        if cursor.filling:
            yield from _fill(pulling, cursor, cursor.filling)
            cursor = Cursor(cursor.ver, cursor.filling.target)
        yield from _follow(pulling, cursor)


def _is_large(pulling: Pulling, cursor: Cursor) -> bool:
    filling = cursor.filling
    if filling is None:
        return False
    return feed.is_large(pulling.connection, pulling.org, pulling.keys(filling.added))


def _fill(pulling: Pulling, cursor: Cursor, filling: Filling) -> Iterator[str]:
    keys, sent, rights = pulling.keys(filling.added), count(1), pulling.viewer.rights
    after = (filling.type, filling.rec)
    for kind, start in feed.kinds_from(pulling.connection, pulling.org, keys, after):
        row, query = feed.rows_of(rights, kind), feed.holding(pulling.org, kind, keys, start, None)
        result = pulling.connection.execute(query, execution_options={"yield_per": LINE})
        for some in result.partitions():
            yield _line(row(*one).text for one in some)
            if next(sent) % RESUMABLE == 0:
                onward = Filling(filling.target, filling.added, kind, some[-1][0])
                reached = Cursor(cursor.ver, cursor.held, onward)
                yield _dumps({"cursor": seal(pulling.viewer, reached), "more": True})


def _follow(pulling: Pulling, cursor: Cursor) -> Iterator[str]:
    more = True
    while more:
        pulling.rows, pulling.gone = [], []
        cursor, more = pulling.follow(cursor, MOST)
        for _, rows in groupby(pulling.rows, key=lambda row: row.type):
            texts = [row.text for row in rows]
            for start in range(0, len(texts), LINE):
                yield _line(texts[start : start + LINE])
        end = {"cursor": seal(pulling.viewer, cursor), "more": more}
        end |= {} if more else {"ver": pulling.now}
        yield _dumps(end | ({"gone": pulling.gone} if pulling.gone else {}))


def _line(texts: Iterable[str]) -> str:
    return f"[{','.join(texts)}]"


def _dumps(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def encoded(texts: Iterable[str], gzipped: bool) -> Iterator[bytes]:
    """Lines as bytes in chunks worth sending."""
    packer = _packer() if gzipped else None
    waiting, size = [], 0
    for text in texts:
        data = f"{text}\n".encode()
        data = packer.compress(data) if packer else data
        waiting.append(data)
        size += len(data)
        if size >= CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting) + (packer.flush() if packer else b"")


def packed(body: bytes) -> bytes:
    """A whole answer, gzipped."""
    packer = _packer()
    data: bytes = packer.compress(body) + packer.flush()
    return data


def _packer() -> Any:
    """Phones wait for the server's time, too: this packer is four times as fast as zlib at its
    fastest, for the same size."""
    return isal_zlib.compressobj(1, isal_zlib.DEFLATED, 31)
