"""Checksums by which a client can tell that it holds what it should.

By kind of record, over all keys of a person: a client is never told which keys a record has.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from .feed import holding, kinds_from
from .keyset import Keyset

WORD = 0xFFFFFFFF


def sums(connection: Connection, org: int, keys: Keyset) -> dict[str, list[int]]:
    """type → [how many, XOR of their `mix`]; kinds of which nothing is held are left out."""
    found = {}
    for kind, _ in kinds_from(connection, org, keys):
        ids = holding(org, kind, keys, "", None).subquery()
        pairs = connection.execute(ids.select().with_only_columns(ids.c.id, ids.c.ver))
        total = checksum((id_, ver) for id_, ver in pairs)
        if total[0]:
            found[kind] = total
    return found


def checksum(pairs: Iterable[tuple[str, int]]) -> list[int]:
    count = total = 0
    for id_, ver in pairs:
        count += 1
        total ^= mix(id_, ver)
    return [count, total]


def mix(id_: str, ver: int) -> int:
    """32 bits of an id's last eight digits and a version, by the finalizer of MurmurHash3
    (fmix32): products modulo 2**32, which is Math.imul in JavaScript."""
    x = (int(id_[-8:], 16) ^ (ver * 0x9E3779B1)) & WORD
    x = ((x ^ (x >> 16)) * 0x85EBCA6B) & WORD
    x = ((x ^ (x >> 13)) * 0xC2B2AE35) & WORD
    return x ^ (x >> 16)
