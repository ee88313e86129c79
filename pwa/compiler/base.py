"""What every part of the compiler shares: names, dispatch by node type, refusal."""

from collections.abc import Sequence
from typing import Any, NoReturn

from jinja2 import Environment, nodes

from .errors import OutsideDialect
from .frame import Frame
from .scopes import names_set, read_as_whole
from .script import member


class Base:
    """State of one template being compiled."""

    def __init__(
        self,
        env: Environment,
        name: str,
        *,
        filters: frozenset[str],
        tests: frozenset[str],
        globals: frozenset[str],
        empty_none: bool,
    ) -> None:
        self.env = env
        self.name = name
        self.filters = filters
        self.tests = tests
        self.globals = globals
        self._printers = ("showEsc", "show") if empty_none else ("esc", "str")
        self.blocks: dict[str, str] = {}
        self.stored: set[str] = set()
        self.modules: set[str] = set()
        self.autoescape = "false"
        self.extends_seen = False
        self.extends_known = False
        self._names = 0

    def fail(self, node: nodes.Node, problem: str, advice: str) -> NoReturn:
        raise OutsideDialect(self.name, node.lineno or 0, problem, advice)

    def fresh(self, prefix: str) -> str:
        """A JavaScript name not used before in this template."""
        self._names += 1
        return f"{prefix}{self._names}"

    def expr(self, node: nodes.Node, frame: Frame) -> str:
        return self._visit("expr", node, frame)

    def stmt(self, node: nodes.Node, frame: Frame) -> str:
        return self._visit("stmt", node, frame)

    def stmts(self, body: Sequence[nodes.Node], frame: Frame) -> str:
        return "".join([self.stmt(node, frame) for node in body])

    def exprs(self, items: Sequence[nodes.Node], frame: Frame) -> list[str]:
        return [self.expr(item, frame) for item in items]

    def _visit(self, kind: str, node: nodes.Node, frame: Frame) -> str:
        name = type(node).__name__
        visitor: Any = getattr(self, f"{kind}_{name.lower()}", None)
        if visitor is None:
            self.fail(node, f"{name} cannot run on a phone", "write it in plain Jinja")
        result: str = visitor(node, frame)
        return result

    def output(self, value: str, frame: Frame) -> str:
        """The text of `value` as the server would print it."""
        if frame.autoescape in ("true", "false"):
            escape = frame.autoescape == "true"
            return f"r.{self._printers[0 if escape else 1]}({value})"
        escaped, plain = self._printers
        return f"({frame.autoescape}?r.{escaped}:r.{plain})({value})"

    def mark(self, text: str, frame: Frame) -> str:
        """Text that a template made: safe where the template escapes."""
        if frame.autoescape == "true":
            return f"r.safe({text})"
        return text if frame.autoescape == "false" else f"r.mark({text},{frame.autoescape})"

    def lookup(self, name: str, frame: Frame) -> str:
        """Where the value of a name is: a variable, or a member of the scope."""
        return frame.names.get(name) or member(frame.scope, name)

    def enter(
        self, frame: Frame, body: Sequence[nodes.Node], bound: Sequence[str] = ()
    ) -> tuple[Frame, str]:
        """The nested scope of `body`, and the code that opens it. `bound` names start undefined.

        Variables are several times faster than objects; these are for templates that read all.
        """
        if read_as_whole(body):
            inner = frame.inner(self.fresh("s"))
            return inner, f"const {inner.scope}=Object.create({frame.scope});"
        names = {name: self.fresh("n") for name in dict.fromkeys([*bound, *names_set(body)])}
        starts = [
            names[name] if name in bound else f"{names[name]}={self.lookup(name, frame)}"
            for name in names
        ]
        return frame.binding(names), f"let {','.join(starts)};" if starts else ""

    def captured(self, body: Sequence[nodes.Node], frame: Frame) -> str:
        """The text of `body` as an expression."""
        inner, opening = self.enter(frame.closure(), body)
        return f"(()=>{{{opening}let o='';{self.stmts(body, inner)}return o;}})()"
