"""What a definition has to be. Asked of every operation on one, inside its transaction, so that
nothing that is stored can make the registry fail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ..checking import check
from ..errors import Refused
from ..money import CURRENCY
from ..numbering import fits
from ..registry import registry
from . import expressing, language, making

if TYPE_CHECKING:
    from ..batch import Batch
    from ..entity import Entity
    from ..work import Work

KEY = re.compile(r"x_[a-z0-9_]{1,38}")
TYPE = re.compile(r"x_[a-z0-9_]{1,28}")
OPTION = re.compile(r"[a-z0-9_-]{1,40}")
MOST_FIELDS, MOST_ENTITIES, MOST_OPTIONS, LONGEST_OPTION = 200, 100, 200, 80


def field_rule(batch: Batch, work: Work) -> None:
    """Raises Refused."""
    doc = work.doc
    entity = registry.get(doc["of"])
    if entity is None or entity.system:
        raise Refused("not_a_choice", "of")
    _unique(batch, work, KEY, {"of": doc["of"]}, MOST_FIELDS)
    if doc["kind"] in ("choice", "choices"):
        _options(doc["options"])
    if doc["kind"] == "ref":
        target = registry.get(doc["target"])
        if target is None or target.system:
            raise Refused("not_a_choice", "target")
    is_money = "money" in (doc["kind"], doc["result"])
    if is_money and not CURRENCY.fullmatch(doc["currency"] or ""):
        raise Refused("bad_currency", "currency")
    if doc["kind"] == "autonumber" and not fits(doc["pattern"]):
        raise Refused("bad_pattern", "pattern")
    if doc["low"] is not None and doc["high"] is not None and doc["low"] > doc["high"]:
        raise Refused("bounds", "high")
    _expressions(entity, doc)
    _usual(doc)


def _expressions(entity: Entity, doc: dict[str, Any]) -> None:
    """What is written in the language of formulas can be read."""
    if doc["kind"] == "formula" and not (doc["formula"] and doc["result"]):
        raise Refused("required", "formula" if doc["result"] else "result")
    for name in expressing.EXPRESSIONS:
        if doc[name]:
            try:
                tree = language.read(doc[name], expressing.others(entity, doc["key"], name))
            except language.Wrong as wrong:
                raise Refused(wrong.code, name) from None
            if expressing.needs_itself(entity, doc["key"], tree):
                raise Refused("formula_circle", name)


def entity_rule(batch: Batch, work: Work) -> None:
    """Raises Refused."""
    _unique(batch, work, TYPE, {}, MOST_ENTITIES)


def _unique(
    batch: Batch, work: Work, pattern: re.Pattern[str], within: dict[str, Any], most: int
) -> None:
    """No other definition, retired ones included, has the same key."""
    key, c = work.doc["key"], work.entity.table.c
    if not pattern.fullmatch(key or ""):
        raise Refused("bad_key", "key")
    if work.n is not None:
        return
    clauses = [c[name] == value for name, value in within.items()]
    query = select(c.key).where(*work.entity.here(batch.viewer.org), *clauses)
    taken = list(batch.past.connection.execute(query).scalars())
    taken += [
        other.doc["key"] for other in batch.born.values()
        if other.entity is work.entity and other is not work
        and all(other.doc[name] == value for name, value in within.items())
    ]  # fmt: skip
    if key in taken:
        raise Refused("taken", "key")
    if len(taken) >= most:
        raise Refused("bounds", "key")


def _options(options: Any) -> None:
    """[[value, label], …], each value once; of a retired one a third, true. One at least is not."""
    fine = isinstance(options, list) and 0 < len(options) <= MOST_OPTIONS and all(
        isinstance(one, list) and len(one) in (2, 3) and _is_option(*one) for one in options
    ) and any(len(one) == 2 for one in options)  # fmt: skip
    if not fine or len({one[0] for one in options}) < len(options):
        raise Refused("bad_options", "options")


def _is_option(value: Any, label: Any, retired: Any = True) -> bool:
    plain = isinstance(value, str) and OPTION.fullmatch(value) is not None and retired is True
    return plain and isinstance(label, str) and 0 < len(label.strip()) <= LONGEST_OPTION


def _usual(doc: dict[str, Any]) -> None:
    """A default is a value of the field, or a word for one."""
    if doc["default"] is None or doc["default"] in making.WORDS.get(doc["kind"], ()):
        return
    try:
        check(making.field_of(doc | {"default": None, "needed": False}), doc["default"])
    except Refused as refusal:
        raise Refused(refusal.code, "default") from None
