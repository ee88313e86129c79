"""`@Name` in what people write to each other: whoever is named, and may see it, is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from server.core.batch import Batch
from server.core.identity import PERSON
from server.core.text import fold
from server.core.work import Work

from .audience import Audience
from .noticing import notify

SIGN = "@"


def tell_mentioned(connection: Connection, batch: Batch) -> None:
    """A listener over long texts and over the notes of actions."""
    written = [(work, list(_written(work))) for work in batch.works.values() if _tells(work)]
    written = [(work, texts) for work, texts in written if texts]
    if not written:
        return
    names = _names(connection, batch.viewer.org)
    audience = Audience(connection, batch.viewer.org)
    for work, texts in written:
        new = [one for before, after in texts for one in _new(before, after, names)]
        for person in dict.fromkeys(new):
            if audience.sees(person, work):
                notify(connection, batch, audience, person, "mention", work)


def _tells(work: Work) -> bool:
    return work.touched and not work.entity.system and not work.doc["deleted"]


def _written(work: Work) -> Iterator[tuple[str, str]]:
    """(before, after) of each text with the sign in it."""
    long = work.entity.long
    if work.n is None:
        pairs: list[tuple[Any, Any]] = [("", work.doc[name]) for name in long]
    else:
        first = {name: before for name, before, _ in reversed(work.changes) if name in long}
        pairs = [(before, work.doc[name]) for name, before in first.items()]
    for before, after in [*pairs, ("", work.note)]:
        if after and SIGN in after:
            yield before or "", after


def _names(connection: Connection, org: int) -> list[tuple[str, str]]:
    """(folded name, id) of everybody who works here."""
    query = select(PERSON.c.id, PERSON.c.doc).where(PERSON.c.org == org)
    found = ((fold(json.loads(doc).get("name")), id_) for id_, doc in connection.execute(query))
    return [(name, id_) for name, id_ in found if name]


def _new(before: str, after: str, names: list[tuple[str, str]]) -> list[str]:
    already = mentioned(before, names)
    return [person for person in mentioned(after, names) if person not in already]


def mentioned(text: str, names: list[tuple[str, str]]) -> list[str]:
    """Ids of those who are named after a sign: the longest name that stands there, all who bear
    it; not in an address, where a letter comes before the sign."""
    found: list[str] = []
    parts = fold(text).split(SIGN)
    for before, after in zip(parts, parts[1:], strict=False):
        if before and before[-1].isalnum():
            continue
        here = [(name, id_) for name, id_ in names if _stands(name, after.lstrip())]
        longest = max((len(name) for name, _ in here), default=0)
        found += [id_ for name, id_ in here if len(name) == longest]
    return list(dict.fromkeys(found))


def _stands(name: str, text: str) -> bool:
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()
