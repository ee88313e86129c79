"""What is not closed comes first: the default of a state's filter. Equal to closing.js."""

from __future__ import annotations

from .manifest import Json
from .rows import state_of

UNCLOSED, ALL = "unclosed", "all"


def default_of(owner: Json, field: Json) -> str:
    """What a filter asks for when the address says nothing about it."""
    return UNCLOSED if owner["closed"] and field == state_of(owner) else ""


def open_states(owner: Json) -> list[str]:
    """The states in which something is left to do."""
    state = state_of(owner)
    values = [value for value, _ in state["choices"]] if state else []
    return [value for value in values if value not in owner["closed"]]


def everything(owner: Json) -> list[tuple[str, str]]:
    """What an address has to say for a list of what is closed as well."""
    state = state_of(owner)
    return [(state["name"], ALL)] if state and owner["closed"] else []
