"""vCard 3.0 (RFC 2426): the version that every address book reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from server.core.entity import Entity

from ..saying import Voice

Record = dict[str, Any]
TOGETHER = 200  # cards that are sent at once
WIDTH = 75  # octets of a line
# What fields of these names are on a card; the rest goes by its kind
NAMED = {"role": "TITLE", "birthday": "BDAY", "notes": "NOTE", "tags": "CATEGORIES"}
KINDS = {"phone": "TEL;TYPE=VOICE", "phones": "TEL;TYPE=VOICE", "email": "EMAIL", "url": "URL"}
ADDRESS = ("street", "city", "postcode", "country")


def fits(entity: Entity) -> bool:
    """Can records of this kind be called or written to?"""
    return any(f.kind in ("phone", "phones", "email") for f in entity.fields.values())


def lines(entity: Entity, records: Iterable[Record], voice: Voice) -> Iterator[bytes]:
    some: list[bytes] = []
    for one in records:
        some.append(card(entity, one, voice))
        if len(some) >= TOGETHER:
            yield b"".join(some)
            some.clear()
    yield b"".join(some)


def card(entity: Entity, record: Record, voice: Voice) -> bytes:
    found = ["BEGIN:VCARD", "VERSION:3.0", f"UID:{record['id']}"]
    found += _name(entity, record, voice)
    for field in entity.fields.values():
        name = NAMED.get(field.name) or KINDS.get(field.kind)
        value = record[field.name]
        if not name or not value:
            continue
        values = value if isinstance(value, list) else [value]
        if name == "CATEGORIES":
            found.append(f"{name}:{','.join(map(escaped, values))}")
        else:
            found += [f"{name}:{escaped(str(one))}" for one in values]
    found += _address(entity, record, voice)
    return "".join(f"{folded(line)}\r\n" for line in [*found, "END:VCARD"]).encode()


def _name(entity: Entity, record: Record, voice: Voice) -> list[str]:
    """A company is its own organisation; a person's is the file it belongs to."""
    title = escaped(record[entity.title] or "")
    first, _, last = title.rpartition(" ")
    above = entity.fields[entity.parent] if entity.parent else None
    works = voice.text(above, record[above.name]) if above else ""
    if record.get("kind") == "company":
        return [f"FN:{title}", "N:;;;;", f"ORG:{title}"]
    person = [f"FN:{title}", f"N:{last};{first};;;"]
    return person + ([f"ORG:{escaped(works)}"] if works else [])


def _address(entity: Entity, record: Record, voice: Voice) -> list[str]:
    there = [entity.fields.get(name) for name in ADDRESS]
    street, city, postcode, country = (
        escaped(voice.text(field, record[field.name])) if field else "" for field in there
    )
    if not any((street, city, postcode, country)):
        return []
    return [f"ADR;TYPE=WORK:;;{street};{city};;{postcode};{country}"]


def escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def folded(line: str) -> str:
    """Broken so that no line is longer than it may be, and no letter is torn."""
    if len(line.encode()) <= WIDTH:
        return line
    parts, part, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > WIDTH:
            parts.append(part)
            part, size = "", 1
        part, size = part + letter, size + width
    return "\r\n ".join([*parts, part])
