"""A value as it arrives, into the value as it will be kept, by its field's declaration."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError

from .entity import Field
from .errors import Refused
from .kinds import KINDS


def check(spec: Field, value: Any) -> Any:
    """The value as it will be kept. Raises Refused with the kind's code."""
    try:
        return _check_of(spec).deserialize(value)
    except ValidationError as error:
        codes = error.messages if isinstance(error.messages, list) else ["wrong_kind"]
        raise Refused(str(codes[0]), spec.name) from None


def _check_of(spec: Field) -> Any:
    found = _CHECKS.get(id(spec))
    if found is None:
        if len(_CHECKS) >= MOST:  # of fields that organisations made, changed and made anew
            _CHECKS.clear()
        found = _CHECKS[id(spec)] = (KINDS[spec.kind].value(spec), spec)
    return found[0]


MOST = 10_000
_CHECKS: dict[int, tuple[Any, Field]] = {}
