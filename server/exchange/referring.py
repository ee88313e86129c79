"""What references in a file are meant to name: looked up for many rows at once, by ID, by number
or by what the record is called. Only what the person may see can be named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Float, Text, and_, cast, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB

from server.core.custom.values import column_of, matching
from server.core.entity import Entity, Field
from server.core.kinds import KINDS, NUMBERS, REFERENCES, UUID
from server.core.reading import Reader
from server.core.registry import registry
from server.core.text import fold, sort_key
from server.core.work import CHUNK

from .preparing import Line

Found = dict[str, set[str]]  # text → ids


def refer(reader: Reader, lang: str, entity: Entity, lines: list[Line]) -> None:
    """Put ids in place of texts; where none or several could be meant, say so. `lang` is that of
    the organisation, by which titles are in order."""
    for field in entity.fields.values():
        if field.kind not in REFERENCES or not field.target:
            continue
        there = [line for line in lines if line.values.get(field.name)]
        texts = {text for line in there for text in _texts(line.values[field.name])}
        found = look_up(reader, lang, registry[field.target], texts)
        for line in there:
            _put(field, line, found)


def _texts(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _put(field: Field, line: Line, found: Found) -> None:
    ids: list[str] = []
    for text in _texts(line.values[field.name]):
        meant = found.get(text, set())
        if len(meant) != 1:
            line.faults.append((field.name, "ambiguous" if meant else "no_such"))
            return
        ids += meant
    line.values[field.name] = ids if KINDS[field.kind].is_list else ids[0]


def look_up(reader: Reader, lang: str, entity: Entity, texts: set[str]) -> Found:
    """An ID is an ID, a number is a number; only what is neither is a title."""
    found: Found = {}
    for some in chunks(texts):
        for text in some:
            found.setdefault(text, set())
        _by_id(reader, entity, some, found)
        for field in entity.fields.values():
            if field.kind in ("autonumber", "email") and _tells(entity, field):
                _by_field(reader, entity, field, [t for t in some if not found[t]], found)
        _by_title(reader, lang, entity, [t for t in some if not found[t]], found)
    return found


def _tells(entity: Entity, field: Field) -> bool:
    """People are named by their address as well, but not customers."""
    return field.kind == "autonumber" or entity.reference


def chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(texts)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def _by_id(reader: Reader, entity: Entity, texts: list[str], found: Found) -> None:
    ids = [text for text in texts if UUID.fullmatch(text)]
    if ids:
        for row in reader.related(entity, [entity.table.c.id.in_(ids)], [], len(ids)):
            found[row["id"]].add(row["id"])


def _by_field(
    reader: Reader, entity: Entity, field: Field, texts: list[str], found: Found
) -> None:
    if not texts:
        return
    clause = has_one(reader, entity, field, texts)
    rows = reader.related(entity, [clause], [], 10 * len(texts))
    for text in texts:
        found[text] |= {row["id"] for row in rows if fold(row[field.name]) == fold(text)}


def has_one(reader: Reader, entity: Entity, field: Field, texts: list[str]) -> Any:
    """Records of which the field has one of the values, small or large letters alike."""
    if not field.custom:
        return is_one(entity.table.c[field.name], field, texts, reader.lite)
    clause = is_one(column_of(field), field, texts, reader.lite)
    return matching(reader.viewer.org, entity, field, clause)


def is_one(column: Any, field: Field, texts: list[str], lite: bool) -> Any:
    """The clause over the column in which the field's values are."""
    if field.kind in NUMBERS:
        return column.in_(_one_of([float(text) for text in texts], lite, Float))
    if KINDS[field.kind].is_list and not field.custom:
        return _any_of(column, texts, lite)
    if field.kind == "email" and not field.custom:
        return func.lower(column).in_(_one_of([text.lower() for text in texts], lite))
    each = {one for text in texts for one in (text, text.upper(), text.lower())}
    return column.in_(_one_of(sorted(each), lite))


def has_key(column: Any, keys: Iterable[str], lite: bool) -> Any:
    return column.in_(_one_of(sorted(keys), lite))


def _one_of(values: list[Any], lite: bool, kind: Any = Text) -> Any:
    """Any number of them as one parameter: databases take only so many."""
    each = _each(literal(json.dumps(values, ensure_ascii=False)), lite)
    return select(each if lite else cast(each, kind))


def _each(text: Any, lite: bool) -> Any:
    """The elements of a list in JSON, as a column."""
    made = func.json_each(text) if lite else func.jsonb_array_elements_text(cast(text, JSONB))
    return made.table_valued("value").c.value


def _any_of(column: Any, texts: list[str], lite: bool) -> Any:
    """A list in JSON that has one of the texts; those without any are passed over at once."""
    each = _each(column, lite)
    some = select(1).select_from(each.table).where(each.in_(_one_of(texts, lite))).exists()
    return and_(column != "[]", some)


def _by_title(reader: Reader, lang: str, entity: Entity, texts: list[str], found: Found) -> None:
    """By the order's key, which has an index; then as texts are compared."""
    if not texts:
        return
    keys = {sort_key(text, lang) for text in texts}
    clause = has_key(entity.table.c.sort, keys, reader.lite)
    titles: dict[str, set[str]] = {}
    for row in reader.related(entity, [clause], [], 20 * len(texts)):
        titles.setdefault(fold(row[entity.title]), set()).add(row["id"])
    for text in texts:
        found[text] |= titles.get(fold(text), set())
