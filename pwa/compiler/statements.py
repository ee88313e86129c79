"""Conditions, assignments and scopes. `o` is the text made so far, in every function."""

from jinja2 import nodes

from .calls import Calls
from .frame import Frame
from .scopes import target_names
from .script import literal


class Statements(Calls):
    def stmt_output(self, node: nodes.Output, frame: Frame) -> str:
        if frame.guarded and self.extends_known:
            return ""
        parts = [self._printed(child, frame) for child in node.nodes]
        code = f"o+={'+'.join(parts)};"
        return f"if(!p){{{code}}}" if frame.guarded and self.extends_seen else code

    def _printed(self, node: nodes.Node, frame: Frame) -> str:
        if isinstance(node, nodes.TemplateData):
            return literal(node.data)
        if isinstance(node, nodes.Const) and node.value is None and frame.autoescape == "true":
            return "'None'"  # Jinja2 escapes constants before it finalizes them
        return self.output(self.expr(node, frame), frame)

    def stmt_if(self, node: nodes.If, frame: Frame) -> str:
        branch = frame.soft()
        code = ""
        for each in (node, *node.elif_):
            word = "else if" if code else "if"
            test, body = self.expr(each.test, frame), self.stmts(each.body, branch)
            code += f"{word}(r.truth({test})){{{body}}}"
        if node.else_:
            code += f"else{{{self.stmts(node.else_, branch)}}}"
        return code

    def assign(self, target: nodes.Node, value: str, frame: Frame) -> str:
        if isinstance(target, nodes.Name):
            return f"{self.lookup(target.name, frame)}={value};"
        if isinstance(target, nodes.NSRef):
            return f"r.setAttr({self.lookup(target.name, frame)},{literal(target.attr)},{value});"
        if not isinstance(target, nodes.Tuple | nodes.List):
            self.fail(target, "cannot assign to this", "assign to a name")
        items = self.fresh("u")
        code = f"const {items}=r.unpack({value},{len(target.items)});"
        for index, item in enumerate(target.items):
            code += self.assign(item, f"{items}[{index}]", frame)
        return code

    def stmt_assign(self, node: nodes.Assign, frame: Frame) -> str:
        value = self.fresh("v")
        code = f"const {value}={self.expr(node.node, frame)};"
        return code + self.assign(node.target, value, frame)

    def stmt_assignblock(self, node: nodes.AssignBlock, frame: Frame) -> str:
        value = self.mark(self.captured(node.body, frame), frame)
        if node.filter is not None:
            value = self.mark(f"r.str({self.filtered(node.filter, frame, value)})", frame)
        return self.assign(node.target, value, frame)

    def stmt_filterblock(self, node: nodes.FilterBlock, frame: Frame) -> str:
        text = self.mark(self.captured(node.body, frame), frame)
        return f"o+={self.output(self.filtered(node.filter, frame, text), frame)};"

    def stmt_with(self, node: nodes.With, frame: Frame) -> str:
        bound = [name for target in node.targets for name in target_names(target)]
        inner, code = self.enter(frame, node.body, bound)
        for target, value in zip(node.targets, node.values, strict=True):
            code += self.assign(target, self.expr(value, frame), inner)
        return f"{{{code}{self.stmts(node.body, inner)}}}"

    def scoped(self, body: list[nodes.Node], frame: Frame) -> str:
        inner, opening = self.enter(frame, body)
        return f"{{{opening}{self.stmts(body, inner)}}}"

    def stmt_scope(self, node: nodes.Scope, frame: Frame) -> str:
        return self.scoped(node.body, frame)

    def stmt_exprstmt(self, node: nodes.ExprStmt, frame: Frame) -> str:
        return f"{self.expr(node.node, frame)};"

    def stmt_scopedevalcontextmodifier(
        self, node: nodes.ScopedEvalContextModifier, frame: Frame
    ) -> str:
        option = node.options[0]
        if option.key != "autoescape" or len(node.options) != 1:
            self.fail(node, f"{option.key} cannot change", "only autoescape can")
        if isinstance(option.value, nodes.Const):
            return self.stmts(node.body, frame.escaping(literal(bool(option.value.value))))
        name = self.fresh("e")
        body = self.stmts(node.body, frame.escaping(name))
        return f"const {name}=r.truth({self.expr(option.value, frame)});{body}"
