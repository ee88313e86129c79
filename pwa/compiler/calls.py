"""Calls, filters and tests."""

import re

from jinja2 import nodes

from .expressions import Expressions
from .frame import Frame
from .known import FILTERS, MISSING_METHODS, MORE_FILTERS
from .script import array, literal

Callee = nodes.Call | nodes.Filter | nodes.Test
REGISTER = "register it on both sides"
FROM_MORE = "register it from pwa/runtime/more.js"
_PICKERS = ("map", "select", "reject", "selectattr", "rejectattr")
_PLAIN_FIELDS = re.compile(r"(\{\{|\}\}|\{\w*\}|[^{}])*", re.DOTALL)


class Calls(Expressions):
    def arguments(self, node: Callee, frame: Frame, caller: str = "") -> str:
        """`positional,named` as JavaScript: an array, and an object or null."""
        args = self.exprs(node.args, frame)
        if node.dyn_args is not None:
            args.append(f"...r.iter({self.expr(node.dyn_args, frame)})")
        named = [f"{literal(x.key)}:{self.expr(x.value, frame)}" for x in _keywords(node)]
        if caller:
            named.append(f"caller:{caller}")
        if node.dyn_kwargs is not None:
            named.append(f"...{self.expr(node.dyn_kwargs, frame)}")
        return f"{array(args)},{{{','.join(named)}}}" if named else f"{array(args)},null"

    def call(self, node: nodes.Call, frame: Frame, caller: str = "") -> str:
        rest = f"{self.arguments(node, frame, caller)},{frame.autoescape}"
        if isinstance(node.node, nodes.Getattr):
            self._check_method(node.node)
            target = self.expr(node.node.node, frame)
            return f"r.method({target},{literal(node.node.attr)},{rest})"
        name = node.node.name if isinstance(node.node, nodes.Name) else "value"
        return f"r.call({self.expr(node.node, frame)},{rest},{literal(name)})"

    def _check_method(self, node: nodes.Getattr) -> None:
        named = isinstance(node.node, nodes.Name) and node.node.name in self.modules
        if node.attr in MISSING_METHODS and not named:
            self.fail(node, f"method {node.attr!r} is not on the phone", "use a filter")
        pattern = _constant_text(node.node) if node.attr == "format" else ""
        if not _PLAIN_FIELDS.fullmatch(pattern):
            self.fail(node, f"format of {pattern!r}", "use plain fields: {}, {0}, {name}")

    def expr_call(self, node: nodes.Call, frame: Frame) -> str:
        return self.call(node, frame)

    def filtered(self, node: nodes.Filter, frame: Frame, body: str = "") -> str:
        """A filter on its expression, or on `body` at the inner end of a block's filters."""
        self._check_filter(node)
        if node.node is None:
            value = body
        elif isinstance(node.node, nodes.Filter):
            value = self.filtered(node.node, frame, body)
        else:
            value = self.expr(node.node, frame)
        arguments = self.arguments(node, frame)
        return f"r.filter({literal(node.name)},{value},{arguments},{frame.autoescape})"

    def _check_filter(self, node: nodes.Filter) -> None:
        if node.name not in self.filters:
            advice = FROM_MORE if node.name in MORE_FILTERS else REGISTER
            self.fail(node, f"filter {node.name!r} is not on the phone", advice)
        if node.name not in FILTERS | MORE_FILTERS and (node.kwargs or node.dyn_kwargs is not None):
            self.fail(node, f"filter {node.name!r} with names", "pass arguments by position")
        if node.name in _PICKERS:
            self._check_picked(node)

    def _check_picked(self, node: nodes.Filter) -> None:
        """`map` names another filter, the others a test; both are known if they are constant."""
        at = 1 if node.name.endswith("attr") else 0
        named = node.args[at] if len(node.args) > at else None
        known = self.filters if node.name == "map" else self.tests
        if isinstance(named, nodes.Const) and named.value not in known:
            self.fail(node, f"{named.value!r} is not on the phone", REGISTER)

    def expr_filter(self, node: nodes.Filter, frame: Frame) -> str:
        return self.filtered(node, frame)

    def expr_test(self, node: nodes.Test, frame: Frame) -> str:
        if node.name not in self.tests:
            self.fail(node, f"test {node.name!r} is not on the phone", REGISTER)
        if node.kwargs or node.dyn_kwargs is not None:
            self.fail(node, f"test {node.name!r} with names", "pass arguments by position")
        value, arguments = self.expr(node.node, frame), self.arguments(node, frame)
        return f"r.test({literal(node.name)},{value},{arguments.removesuffix(',null')})"


def _keywords(node: Callee) -> list[nodes.Keyword]:
    return [x for x in node.kwargs if isinstance(x, nodes.Keyword)]


def _constant_text(node: nodes.Node | None) -> str:
    """The text of a constant, also of a filtered one; else nothing."""
    while isinstance(node, nodes.Filter):
        node = node.node
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else ""
