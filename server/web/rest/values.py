"""What a program sends, checked as a whole: it is told everything that is wrong at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.core import phones
from server.core.checking import check
from server.core.entity import Field
from server.core.errors import MESSAGES, Refused

from .base import Bad, Json, signed

Fields = Mapping[str, Field]


def fault(field: str | None, code: str) -> Json:
    return {"field": field, "code": code, "message": MESSAGES.get(code, code)}


def unfit(errors: Mapping[str, str]) -> Bad:
    """{field: code} as an answer."""
    told = [fault(name, code) for name, code in errors.items()]
    return Bad(422, "unfit", "Mend what `errors` names and send it again.", errors=told)


def checked(fields: Fields, values: Any, *, whole: bool = False) -> Json:
    """The values as they will be kept, phone numbers in E.164. `whole`: everything required has
    to be there. Raises Bad."""
    if not isinstance(values, dict):
        raise Bad(400, "not_an_object", "The values must be a JSON object.")
    found: Json = {}
    errors: dict[str, str] = {}
    for name, value in values.items():
        try:
            found[name] = _one(fields.get(name), value)
        except Refused as refusal:
            errors[name[:80]] = refusal.code
    for name, field in fields.items() if whole else ():
        wanted = field.required and field.default is None
        if wanted and name not in errors and found.get(name) in (None, []):
            errors[name] = "required"
    if errors:
        raise unfit(errors)
    return found


def _one(field: Field | None, value: Any) -> Any:
    """Raises Refused."""
    if field is None:
        raise Refused("unknown_field")
    if field.readonly or field.name == "deleted":
        raise Refused("readonly")
    return check(field, _dialled(field, value))


def _dialled(field: Field, value: Any) -> Any:
    """Phone numbers may come as people write them in the organisation's country."""
    if field.kind == "phones" and isinstance(value, list):
        return [_number(one) for one in value]
    return _number(value) if field.kind == "phone" else value


def _number(value: Any) -> Any:
    region = signed().organisation.region
    return phones.normalise(value, region) or value if isinstance(value, str) else value
