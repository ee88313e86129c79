"""Macros and call blocks."""

from jinja2 import nodes
from jinja2.compiler import find_undeclared

from .frame import Frame
from .loops import Loops
from .script import array, literal

_SPECIAL = ("caller", "kwargs", "varargs")


class Macros(Loops):
    def macro(self, node: nodes.Macro | nodes.CallBlock, frame: Frame, name: str) -> str:
        """A call of `r.macro`, whose function takes the values of `bound` and which are open."""
        used = find_undeclared(node.body, _SPECIAL)
        names = [arg.name for arg in node.args]
        required = names[: len(names) - len(node.defaults)]
        if "caller" in used and "caller" in required:
            self.fail(node, "parameter 'caller' without a default", "leave it out")
        special = [word for word in _SPECIAL if word in used and word not in names]
        body = self._macro_body(node, frame.closure(), [*names, *special])
        uses = "".join(word[0] for word in special)
        return f"r.macro({literal(name)},{literal(names)},{literal(uses)},{body})"

    def _macro_body(
        self, node: nodes.Macro | nodes.CallBlock, frame: Frame, bound: list[str]
    ) -> str:
        inner, code = self.enter(frame, [*node.body, *node.defaults], bound)
        given = [self.fresh("g") for _ in bound]
        for name, value in zip(bound, given, strict=True):
            code += f"{self.lookup(name, inner)}={value};"
        first = len(node.args) - len(node.defaults)
        for place, default in enumerate(node.defaults, start=first):
            target = self.lookup(node.args[place].name, inner)
            code += f"if(u[{place}]){target}={self.expr(default, inner)};"
        return f"({array(given)},u)=>{{{code}let o='';{self.stmts(node.body, inner)}return o;}}"

    def stmt_macro(self, node: nodes.Macro, frame: Frame) -> str:
        return f"{self.lookup(node.name, frame)}={self.macro(node, frame, node.name)};"

    def stmt_callblock(self, node: nodes.CallBlock, frame: Frame) -> str:
        called = self.call(node.call, frame, self.macro(node, frame, "caller"))
        return f"o+={self.output(called, frame)};"
