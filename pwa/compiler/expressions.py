"""Jinja2 expressions to JavaScript expressions."""

from jinja2 import nodes

from .base import Base
from .frame import Frame
from .known import GETTEXT
from .script import array, literal

_BINARY = {
    "Add": "add",
    "Sub": "sub",
    "Mul": "mul",
    "Div": "div",
    "FloorDiv": "floordiv",
    "Mod": "mod",
    "Pow": "pow",
}
_MAX_EXACT = 2**53


class Expressions(Base):
    def expr(self, node: nodes.Node, frame: Frame) -> str:
        operator = _BINARY.get(type(node).__name__)
        if operator is not None and isinstance(node, nodes.BinExpr):
            left, right = self.exprs([node.left, node.right], frame)
            return f"r.{operator}({left},{right})"
        return super().expr(node, frame)

    def expr_const(self, node: nodes.Const, frame: Frame) -> str:
        value = node.value
        if isinstance(value, float):
            return f"r.float({value!r})"
        if isinstance(value, int) and not -_MAX_EXACT < value < _MAX_EXACT:
            self.fail(node, f"{value} is too large", "keep whole numbers below 2**53")
        return literal(value)

    def expr_templatedata(self, node: nodes.TemplateData, frame: Frame) -> str:
        return self.mark(literal(node.data), frame)

    def expr_name(self, node: nodes.Name, frame: Frame) -> str:
        name = node.name
        if name == "self" and name not in self.stored:
            return "r.self(c,s)"
        if name == "super" and frame.block is not None:
            return f"r.super(c,{literal(frame.block)},s,k)"
        if name not in self.stored:
            self._check_global(node)
        return self.lookup(name, frame)

    def _check_global(self, node: nodes.Name) -> None:
        name = node.name
        if name in self.env.globals and name not in self.globals:
            self.fail(node, f"global {name!r} exists only on the server", "put it in the context")
        newstyle = getattr(self.env, "newstyle_gettext", False)
        if name in GETTEXT and name in self.env.globals and not newstyle:
            self.fail(node, "old-style gettext differs", "install gettext with newstyle=True")

    def expr_tuple(self, node: nodes.Tuple, frame: Frame) -> str:
        return f"r.tuple({array(self.exprs(node.items, frame))})"

    def expr_list(self, node: nodes.List, frame: Frame) -> str:
        return array(self.exprs(node.items, frame))

    def expr_dict(self, node: nodes.Dict, frame: Frame) -> str:
        pairs = []
        for pair in node.items:
            if isinstance(pair.key, nodes.Const) and not _is_plain_key(pair.key.value):
                self.fail(pair, f"key {pair.key.value!r}", "use keys that are not numbers")
            pairs.append(array(self.exprs([pair.key, pair.value], frame)))
        return f"r.dict({array(pairs)})"

    def expr_condexpr(self, node: nodes.CondExpr, frame: Frame) -> str:
        test, yes = self.exprs([node.test, node.expr1], frame)
        no = "undefined" if node.expr2 is None else self.expr(node.expr2, frame)
        return f"(r.truth({test})?{yes}:{no})"

    def expr_and(self, node: nodes.And, frame: Frame) -> str:
        left, right = self.exprs([node.left, node.right], frame)
        return f"r.and({left},()=>{right})"

    def expr_or(self, node: nodes.Or, frame: Frame) -> str:
        left, right = self.exprs([node.left, node.right], frame)
        return f"r.or({left},()=>{right})"

    def expr_not(self, node: nodes.Not, frame: Frame) -> str:
        return f"(!r.truth({self.expr(node.node, frame)}))"

    def expr_neg(self, node: nodes.Neg, frame: Frame) -> str:
        return f"r.neg({self.expr(node.node, frame)})"

    def expr_pos(self, node: nodes.Pos, frame: Frame) -> str:
        return f"r.pos({self.expr(node.node, frame)})"

    def expr_concat(self, node: nodes.Concat, frame: Frame) -> str:
        return f"r.concat({array(self.exprs(node.nodes, frame))},{frame.autoescape})"

    def expr_compare(self, node: nodes.Compare, frame: Frame) -> str:
        first = self.expr(node.expr, frame)
        if len(node.ops) == 1:
            other = self.expr(node.ops[0].expr, frame)
            return f"r.{_compare(node.ops[0].op)}({first},{other})"
        steps = [f"['{_compare(x.op)}',()=>{self.expr(x.expr, frame)}]" for x in node.ops]
        return f"r.chain({first},{array(steps)})"

    def expr_getattr(self, node: nodes.Getattr, frame: Frame) -> str:
        if node.attr.startswith("__"):
            self.fail(node, f"{node.attr} is Python's own", "put what you need in the context")
        return f"r.attr({self.expr(node.node, frame)},{literal(node.attr)})"

    def expr_getitem(self, node: nodes.Getitem, frame: Frame) -> str:
        value = self.expr(node.node, frame)
        if not isinstance(node.arg, nodes.Slice):
            return f"r.item({value},{self.expr(node.arg, frame)})"
        ends = (node.arg.start, node.arg.stop, node.arg.step)
        parts = ["null" if end is None else self.expr(end, frame) for end in ends]
        return f"r.slice({value},{','.join(parts)})"

    def expr_marksafe(self, node: nodes.MarkSafe, frame: Frame) -> str:
        return f"r.safe({self.expr(node.expr, frame)})"

    def expr_marksafeifautoescape(self, node: nodes.MarkSafeIfAutoescape, frame: Frame) -> str:
        return self.mark(self.expr(node.expr, frame), frame)


def _compare(op: str) -> str:
    return {"in": "isIn", "notin": "notIn"}.get(op, op)


def _is_plain_key(value: object) -> bool:
    """JavaScript objects hold text keys, and move numbers to the front."""
    return isinstance(value, str) and not value.isdigit()
