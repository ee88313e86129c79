"""Macros and call blocks."""

from jinja2 import nodes
from jinja2.compiler import find_undeclared

from .frame import Frame
from .loops import Loops
from .script import array, literal, member

_SPECIAL = ("caller", "kwargs", "varargs")


class Macros(Loops):
    def macro(self, node: nodes.Macro | nodes.CallBlock, frame: Frame, name: str) -> str:
        inner = frame.closure(self.fresh("s"))
        used = find_undeclared(node.body, _SPECIAL)
        names = [arg.name for arg in node.args]
        self._check_caller(node, names, used)
        uses = "".join(word[0] for word in _SPECIAL if word in used and word not in names)
        body = self.stmts(node.body, inner)
        made = f"{inner.scope}=>{{let o='';{body}return o;}}"
        given = [literal(name), frame.scope, literal(names), self._defaults(node, inner)]
        return f"r.macro({','.join([*given, literal(uses), made])})"

    def _check_caller(
        self, node: nodes.Macro | nodes.CallBlock, names: list[str], used: set[str]
    ) -> None:
        required = names[: len(names) - len(node.defaults)]
        if "caller" in used and "caller" in required:
            self.fail(node, "parameter 'caller' without a default", "leave it out")

    def _defaults(self, node: nodes.Macro | nodes.CallBlock, inner: Frame) -> str:
        required = ["null"] * (len(node.args) - len(node.defaults))
        return array(required + [f"{inner.scope}=>{self.expr(x, inner)}" for x in node.defaults])

    def stmt_macro(self, node: nodes.Macro, frame: Frame) -> str:
        return f"{member(frame.scope, node.name)}={self.macro(node, frame, node.name)};"

    def stmt_callblock(self, node: nodes.CallBlock, frame: Frame) -> str:
        called = self.call(node.call, frame, self.macro(node, frame, "caller"))
        return f"o+={self.output(called, frame)};"
