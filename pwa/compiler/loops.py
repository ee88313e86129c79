"""`{% for %}` with filter, else, recursion, break and continue."""

from jinja2 import nodes
from jinja2.compiler import find_undeclared

from .frame import Frame
from .statements import Statements


class Loops(Statements):
    def stmt_for(self, node: nodes.For, frame: Frame) -> str:
        for name in node.find_all(nodes.Name):
            if name.ctx == "store" and name.name == "loop":
                self.fail(node, "'loop' cannot be set in a loop", "choose another name")
        items, source = self.fresh("a"), self.expr(node.iter, frame)
        if not node.recursive:
            return f"{{const {items}=r.iter({source});{self._loop(node, frame, items)}}}"
        render = self.fresh("f")
        body = self._loop(node, frame.closure(frame.scope), items, render)
        return (
            f"const {render}=({items},d)=>{{let o='';{body}return {self.mark('o', frame)};}};"
            f"o+=r.str({render}(r.iter({source}),0));"
        )

    def _loop(self, node: nodes.For, frame: Frame, items: str, render: str = "") -> str:
        inner = frame.loop(self.fresh("s"))
        index = self.fresh("i")
        code, items = self._selected(node, frame, items)
        start, body = "", self.assign(node.target, f"{items}[{index}]", inner.scope)
        if render or _uses_loop(node):
            loop = self.fresh("l")
            start = f"const {loop}=new r.Loop({items},{'d,' + render if render else 0});"
            body += f"{loop}.i={index};{inner.scope}.loop={loop};"
        body = f"const {inner.scope}=Object.create({frame.scope});{body}"
        body += self.stmts(node.body, inner)
        code += f"{start}for(let {index}=0;{index}<{items}.length;{index}++){{{body}}}"
        return code + self._otherwise(node, frame, items)

    def _selected(self, node: nodes.For, frame: Frame, items: str) -> tuple[str, str]:
        """The `if` of a loop: code, and the variable with what is left of the items."""
        if node.test is None:
            return "", items
        inner, chosen = frame.closure(self.fresh("s")), self.fresh("a")
        bound = self.assign(node.target, "v", inner.scope)
        return (
            f"const {chosen}={items}.filter(v=>{{const {inner.scope}=Object.create({frame.scope});"
            f"{bound}return r.truth({self.expr(node.test, inner)});}});"
        ), chosen

    def _otherwise(self, node: nodes.For, frame: Frame, items: str) -> str:
        if not node.else_:
            return ""
        inner = frame.inner(self.fresh("s"))
        body = self._scoped(frame, inner, self.stmts(node.else_, inner))
        return f"if(!{items}.length){body}"

    def stmt_break(self, node: nodes.Break, frame: Frame) -> str:
        return self._leave(node, frame, "break;")

    def stmt_continue(self, node: nodes.Continue, frame: Frame) -> str:
        return self._leave(node, frame, "continue;")

    def _leave(self, node: nodes.Stmt, frame: Frame, code: str) -> str:
        if not frame.in_loop:
            self.fail(node, "leaves a loop from inside captured text", "move it out")
        return code


def _uses_loop(node: nodes.For) -> bool:
    """Jinja2 sets `loop` only then, which decides what an included template sees."""
    body = node.iter_child_nodes(only=("body",))
    scoped = any(block.scoped for block in node.find_all(nodes.Block))
    return scoped or "loop" in find_undeclared(body, ("loop",))
