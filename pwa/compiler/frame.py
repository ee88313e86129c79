"""Where in a template the compiler stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Frame:
    """Mirrors the flags of Jinja2's own compiler frames.

    `scope` is the JavaScript object that holds the names in reach, save those in `names`, which
    are JavaScript variables of their own. `autoescape` is a JavaScript expression (`true`,
    `false`, or a variable when the template decides at run time).
    `toplevel` and `rootlevel`: in the root function, outside or inside of an `{% if %}`.
    `guarded`: output is dropped once the template has extended another.
    """

    scope: str
    autoescape: str
    toplevel: bool = False
    rootlevel: bool = False
    guarded: bool = False
    in_loop: bool = False
    block: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def inner(self, scope: str) -> "Frame":
        """A nested scope, an object: names set here do not reach out."""
        return replace(self, scope=scope, toplevel=False, rootlevel=False, names={})

    def binding(self, names: Mapping[str, str]) -> "Frame":
        """A nested scope of JavaScript variables."""
        merged = {**self.names, **names}
        return replace(self, toplevel=False, rootlevel=False, names=merged)

    def soft(self) -> "Frame":
        """A branch: the same names, but perhaps never run."""
        return replace(self, rootlevel=False)

    def closure(self) -> "Frame":
        """The body of a JavaScript function: nothing outside can be left or dropped by it."""
        return replace(self, in_loop=False, guarded=False)

    def loop(self) -> "Frame":
        return replace(self, in_loop=True)

    def escaping(self, autoescape: str) -> "Frame":
        return replace(self, autoescape=autoescape)
