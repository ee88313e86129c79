"""`{% for %}` with filter, else, recursion, break and continue."""

from jinja2 import nodes
from jinja2.compiler import find_undeclared

from .frame import Frame
from .scopes import target_names
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
        body = self._loop(node, frame.closure(), items, render)
        return (
            f"const {render}=({items},d)=>{{let o='';{body}return {self.mark('o', frame)};}};"
            f"o+=r.str({render}(r.iter({source}),0));"
        )

    def _loop(self, node: nodes.For, frame: Frame, items: str, render: str = "") -> str:
        code, items = self._selected(node, frame, items)
        uses_loop = render or _uses_loop(node)
        bound = [*target_names(node.target), *(["loop"] if uses_loop else [])]
        inner, body = self.enter(frame.loop(), node.body, bound)
        index = self.fresh("i")
        body += self.assign(node.target, f"{items}[{index}]", inner)
        if uses_loop:
            loop = self.fresh("l")
            code += f"const {loop}=new r.Loop({items},{'d,' + render if render else 0});"
            body += f"{loop}.i={index};{self.lookup('loop', inner)}={loop};"
        body += self.stmts(node.body, inner)
        code += f"for(let {index}=0;{index}<{items}.length;{index}++){{{body}}}"
        if node.else_:
            code += f"if(!{items}.length){self.scoped(node.else_, frame)}"
        return code

    def _selected(self, node: nodes.For, frame: Frame, items: str) -> tuple[str, str]:
        """The `if` of a loop: code, and the variable with what is left of the items."""
        if node.test is None:
            return "", items
        chosen = self.fresh("a")
        inner, opening = self.enter(frame.closure(), [], [*target_names(node.target)])
        opening += self.assign(node.target, "v", inner)
        test = self.expr(node.test, inner)
        return f"const {chosen}={items}.filter(v=>{{{opening}return r.truth({test});}});", chosen

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
