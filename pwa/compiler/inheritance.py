"""Templates that reach other templates: extends, blocks, include, import.

In the root function `p` is the template extended so far, `c` the blocks on offer.
"""

from jinja2 import nodes

from .frame import Frame
from .macros import Macros
from .script import flag, literal, member


class Inheritance(Macros):
    def stmt_extends(self, node: nodes.Extends, frame: Frame) -> str:
        if not frame.toplevel:
            self.fail(node, "extends inside of a scope", "move it to the top")
        code = f"p=r.extend(c,{self.expr(node.template, frame)},p);"
        self.extends_seen = True
        self.extends_known = self.extends_known or frame.rootlevel
        return code

    def stmt_block(self, node: nodes.Block, frame: Frame) -> str:
        if node.name in self.blocks:
            self.fail(node, f"block {node.name!r} is there twice", "give it another name")
        self.blocks[node.name] = ""
        self.blocks[node.name] = self._block(node)
        if frame.toplevel and self.extends_known:
            return ""
        scope = frame.scope if node.scoped else "s"
        code = f"o+=r.block(c,{literal(node.name)},{scope},{flag(node.required)});"
        return f"if(!p){{{code}}}" if frame.toplevel and self.extends_seen else code

    def _block(self, node: nodes.Block) -> str:
        inner, opening = self.enter(Frame("s", self.autoescape, block=node.name), node.body)
        body = self.stmts(node.body, inner)
        return f"(r,c,s,k)=>{{{opening}let o='';{body}return o;}}"

    def stmt_include(self, node: nodes.Include, frame: Frame) -> str:
        scope = frame.scope if node.with_context else "null"
        template = self.expr(node.template, frame)
        return f"o+=r.include({template},{scope},{flag(node.ignore_missing)});"

    def stmt_import(self, node: nodes.Import, frame: Frame) -> str:
        return f"{self.lookup(node.target, frame)}={self._module(node, frame)};"

    def stmt_fromimport(self, node: nodes.FromImport, frame: Frame) -> str:
        module = self.fresh("m")
        code = f"const {module}={self._module(node, frame)};"
        for item in node.names:
            name, alias = (item, item) if isinstance(item, str) else item
            code += f"{self.lookup(alias, frame)}={member(f'{module}.names', name)};"
        return code

    def _module(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> str:
        scope = frame.scope if node.with_context else "null"
        return f"r.import({self.expr(node.template, frame)},{scope})"
