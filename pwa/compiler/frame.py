"""Where in a template the compiler stands."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Frame:
    """Mirrors the flags of Jinja2's own compiler frames.

    `scope` is the JavaScript variable that holds the names in reach, `autoescape` a JavaScript
    expression (`true`, `false`, or a variable when the template decides at run time).
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

    def inner(self, scope: str) -> "Frame":
        """A nested scope: names set here do not reach out."""
        return replace(self, scope=scope, toplevel=False, rootlevel=False)

    def soft(self) -> "Frame":
        """A branch: the same names, but perhaps never run."""
        return replace(self, rootlevel=False)

    def closure(self, scope: str) -> "Frame":
        """The body of a JavaScript function: nothing outside can be left or dropped by it."""
        return replace(self.inner(scope), in_loop=False, guarded=False)

    def loop(self, scope: str) -> "Frame":
        return replace(self.inner(scope), in_loop=True)

    def escaping(self, autoescape: str) -> "Frame":
        return replace(self, autoescape=autoescape)
