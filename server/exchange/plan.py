"""How a file is to be brought in: columns to fields, what tells records apart, whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.core.entity import Entity, Field
from server.core.i18n import _l
from server.core.kinds import REFERENCES
from server.core.permissions import Viewer

from .guessing import is_free
from .rights import columns, targets

MODES = (
    ("both", _l("Change those that are there, add the others")),
    ("create", _l("Only add; what is there already is left alone")),
    ("update", _l("Only change; what is not there is left out")),
)
OWNERS = (
    ("me", _l("They are mine")),
    ("column", _l("As the file says")),
    ("fixed", _l("All of one person")),
    ("round", _l("To several people in turn")),
)
ORDERS = (("day", _l("Day before month: 21/3/2026")), ("month", _l("Month before day: 3/21/2026")))
ERRORS = {
    "no_field": _l("Choose a field for at least one column."),
    "same_field": _l("Two columns fill the same field: %(field)s."),
    "required": _l("This field must be filled: %(field)s. Choose its column, or a value for it."),
    "key": _l("Choose by what a record is found, among the fields that are filled."),
    "people": _l("Choose who the records belong to."),
    "default": _l("What is to stand where the column is empty can't be read: %(field)s."),
}
UNFIT_KEYS = {
    "longtext", "bool", "tags", "choices", "choice", "state", "money", "number", *REFERENCES,
}  # fmt: skip
Problem = tuple[str, str]  # a code of ERRORS, the label of a field


@dataclass(frozen=True)
class Plan:
    entity: Entity
    targets: list[str]  # by column: a field, `id`, or nothing
    keys: list[str]
    mode: str
    owner: str
    people: list[str]
    defaults: dict[str, str]
    dates: str
    viewer: Viewer | None = None  # whose import it is: they fill what they may write

    @property
    def fills(self) -> set[str]:
        """Fields that its person may write; by others of the file records are found at most."""
        return {field.name for field in targets(self.entity, self.viewer)}

    def body(self) -> dict[str, Any]:
        apart = ("entity", "viewer")
        return {name: value for name, value in self.__dict__.items() if name not in apart}


def plan_of(entity: Entity, body: dict[str, Any], viewer: Viewer | None = None) -> Plan:
    """A plan as it was kept; fields that are gone meanwhile are left out."""
    fills = {field.name for field in targets(entity, viewer)}
    known = {"id", *fills, *(field.name for field in keyed(entity, viewer))}
    kept = {**EMPTY, **body}
    return Plan(
        entity,
        [name if name in known else "" for name in kept["targets"]],
        [name for name in kept["keys"] if name in known],
        kept["mode"], kept["owner"], kept["people"],
        {name: text for name, text in kept["defaults"].items() if name in fills}, kept["dates"],
        viewer,
    )  # fmt: skip


EMPTY: dict[str, Any] = {
    "targets": [], "keys": [], "mode": "both", "owner": "me", "people": [], "defaults": {},
    "dates": "day",
}  # fmt: skip


def keyed(entity: Entity, viewer: Viewer | None = None) -> list[Field]:
    """Fields by whose value a record can be found."""
    return [field for field in columns(entity, viewer) if field.kind not in UNFIT_KEYS
            and (not field.readonly or field.kind == "autonumber")]  # fmt: skip


def usual_keys(entity: Entity, filled: list[str]) -> list[str]:
    """What most files tell records apart by, as far as this one has it."""
    numbers = [f.name for f in entity.fields.values() if f.kind == "autonumber"]
    kinds = [f.name for kind in ("email", "phones") for f in keyed(entity) if f.kind == kind]
    return [name for name in ("id", *numbers, *kinds) if name in filled][:1]


def problems(plan: Plan) -> list[Problem]:
    """Why this plan can't be carried out."""
    entity, filled = plan.entity, [name for name in plan.targets if name]
    found: list[Problem] = []
    if not filled:
        return [("no_field", "")]
    for at, name in enumerate(filled):
        if not is_free(entity, name, filled[:at]):
            found.append(("same_field", entity.fields[name].label if name != "id" else "ID"))
    if plan.mode != "update":
        found += [("required", one.label) for one in lacking(plan)]
    if plan.mode == "update" and not set(plan.keys) & set(filled):
        found.append(("key", ""))
    if plan.owner in ("fixed", "round") and not plan.people:
        found.append(("people", ""))
    return found


def lacking(plan: Plan) -> list[Field]:
    """Required fields that a new record would not have."""
    return [
        field for field in targets(plan.entity, plan.viewer)
        if field.required and field.default is None
        and field.name not in plan.targets and field.name not in plan.defaults
    ]  # fmt: skip
