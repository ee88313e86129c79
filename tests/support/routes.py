"""What werkzeug compiles of each address is kept for the next app: nearly every test has an app of
its own, and most of making one is this."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

_compile: Callable[..., Any] = Rule._compile_builder
_compiled: dict[tuple[Any, ...], Any] = {}


def keep_compiled() -> None:
    Rule._compile_builder = _kept  # type: ignore[assignment, method-assign]


def _kept(rule: Rule, append_unknown: bool = True) -> Any:
    """The function takes its rule as an argument, so equal rules may share one."""
    key = (*rule._trace, repr(rule.defaults), append_unknown)
    if key not in _compiled:
        _compiled[key] = _compile(rule, append_unknown)
    return _compiled[key]
