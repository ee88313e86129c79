"""What layouts and links may be, and what entities carry of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..entity import Entity, Field
from ..errors import Refused
from ..registry import Registry, registry

if TYPE_CHECKING:
    from ..batch import Batch
    from ..work import Work

Doc = dict[str, Any]
MOST_GROUPS, MOST_NAMES, LONGEST = 30, 400, 80
NAME = re.compile(r"\{([a-z][a-z0-9_]{0,40})\}")
# A place of values is in a path, a question or a mail; never in the name of the server.
SAFE = re.compile(r"(https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#].*)?|mailto:.+|tel:.+|sms:.+)")


def layout_rule(batch: Batch, work: Work) -> None:
    """Raises Refused."""
    _of(work.doc["of"])
    plan = work.doc["plan"]
    fine = isinstance(plan, dict) and set(plan) == {"groups", "unseen"}
    if not (fine and _are_groups(plan["groups"]) and _are_names(plan["unseen"])):
        raise Refused("bad_layout", "plan")


def link_rule(batch: Batch, work: Work) -> None:
    """Raises Refused."""
    entity = _of(work.doc["of"])
    address = work.doc["address"] or ""
    rest = NAME.sub("", address)
    if not SAFE.fullmatch(NAME.sub("{}", address)) or "{" in rest or "}" in rest:
        raise Refused("bad_link", "address")
    if any(name not in nameable(entity.fields) for name in NAME.findall(address)):
        raise Refused("formula_name", "address")


def _of(kind: Any) -> Entity:
    entity = registry.get(kind)
    if entity is None or entity.system:
        raise Refused("not_a_choice", "of")
    return entity


def _are_groups(groups: Any) -> bool:
    return isinstance(groups, list) and len(groups) <= MOST_GROUPS and all(map(_is_group, groups))


def _is_group(group: Any) -> bool:
    if not isinstance(group, dict) or set(group) != {"label", "columns", "fields"}:
        return False
    label = group["label"]
    named = isinstance(label, str) and 0 < len(label.strip()) <= LONGEST
    return named and group["columns"] in (1, 2) and _are_names(group["fields"])


def _are_names(names: Any) -> bool:
    return isinstance(names, list) and len(names) <= MOST_NAMES and all(
        isinstance(name, str) and 0 < len(name) <= LONGEST for name in names
    )  # fmt: skip


def nameable(fields: Mapping[str, Field]) -> dict[str, Field]:
    """The fields whose values a link may carry."""
    return {
        name: f for name, f in fields.items()
        if f.kind not in ("json", "picture", "longtext") and not (f.aside or f.sensitive)
        and name != "deleted"
    }  # fmt: skip


def layouts_of(docs: list[Doc], shown: Any) -> dict[str, Doc]:
    """Layouts by role, that for everybody under nothing."""
    return {
        doc["role"] or "": {
            "groups": [{**g, "label": shown(g["label"])} for g in doc["plan"]["groups"]],
            "unseen": doc["plan"]["unseen"],
        }
        for doc in docs
    }  # fmt: skip


def link_of(doc: Doc, shown: Any) -> Doc:
    """{label, parts}: texts and, in lists of one, the names between them."""
    parts: list[Any] = []
    for i, part in enumerate(NAME.split(doc["address"])):
        parts.append([part] if i % 2 else part)
    return {"label": shown(doc["label"]), "parts": [part for part in parts if part]}


def _linked(doc: Doc) -> tuple[int, str]:
    return doc["place"] or 0, doc["label"]


def look(found: Registry, layouts: list[Doc], links: list[Doc], shown: Any) -> None:
    """What records of a kind look like."""
    for kind in {doc["of"] for doc in (*layouts, *links)} & found.entities.keys():
        found.entities[kind] = replace(
            found.entities[kind],
            layouts=layouts_of([d for d in layouts if d["of"] == kind and not d["deleted"]], shown),
            links=tuple(
                link_of(doc, shown) for doc in sorted(links, key=_linked)
                if doc["of"] == kind and not doc["deleted"]
            ),
        )  # fmt: skip
