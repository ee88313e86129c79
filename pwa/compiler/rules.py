"""What compiles, yet would print differently on the two sides, or is unwise on either.

A rule takes a node and gives pairs of problem and advice; one of a tree gives their lines too.
"""

from collections.abc import Callable, Iterator

from jinja2 import nodes

from .known import DICT_METHODS, GETTEXT, LAZY_FILTERS

Finding = tuple[str, str]
Rule = Callable[[nodes.Node], Iterator[Finding]]

_LIST_FILTERS = LAZY_FILTERS | {"groupby", "list", "sort", "dictsort"}
_FLOAT_FILTERS = {"float", "round"}


def floats(node: nodes.Node) -> Iterator[Finding]:
    """Python and JavaScript print them differently."""
    if isinstance(node, nodes.Const) and isinstance(node.value, float):
        yield f"{node.value} is not whole", "count in the smallest unit"
    if isinstance(node, nodes.Div):
        yield "'/' makes a float", "use '//', or divide in the view model"
    if isinstance(node, nodes.Filter) and node.name in _FLOAT_FILTERS:
        yield f"filter {node.name!r} makes a float", "format it in the view model"


def printed(tree: nodes.Template) -> Iterator[tuple[int, Finding]]:
    """Booleans and containers print as Python source."""
    for output in tree.find_all(nodes.Output):
        for child in output.nodes:
            if problem := _printed_badly(child):
                yield child.lineno, (problem, "print a text instead")


def _printed_badly(node: nodes.Node) -> str:
    if isinstance(node, nodes.Compare | nodes.Not | nodes.Test):
        return "prints True or False"
    if isinstance(node, nodes.Const) and isinstance(node.value, bool):
        return "prints True or False"
    if isinstance(node, nodes.List | nodes.Dict | nodes.Tuple):
        return "prints a container"
    if isinstance(node, nodes.Filter) and node.name in _LIST_FILTERS:
        return f"prints what {node.name!r} gives"
    return ""


def always_true(node: nodes.Node) -> Iterator[Finding]:
    """On the server these give a generator, which is true even when it has no items."""
    if not isinstance(node, nodes.If | nodes.CondExpr):
        return
    if isinstance(node.test, nodes.Filter) and node.test.name in LAZY_FILTERS:
        yield f"{node.test.name!r} is always true here", "add '|list'"


def unsafe(node: nodes.Node) -> Iterator[Finding]:
    """A way around escaping; the linter lets it pass where it is told to."""
    if isinstance(node, nodes.Filter) and node.name == "safe":
        yield "'safe' lets any text through as HTML", "build the HTML in a macro"
    if isinstance(node, nodes.ScopedEvalContextModifier):
        yield "changes autoescape", "build the HTML in a macro"


def hidden_keys(tree: nodes.Template) -> Iterator[tuple[int, Finding]]:
    """`row.items` is a method in Python, even if the row has a key of that name."""
    called = {id(call.node) for call in tree.find_all(nodes.Call)}
    methods = DICT_METHODS | {name for name in dir(dict) if not name.startswith("_")}
    for node in tree.find_all(nodes.Getattr):
        if node.attr in methods and id(node) not in called:
            yield node.lineno, (f"'.{node.attr}' is a method", f"write ['{node.attr}']")


def empty_messages(node: nodes.Node) -> Iterator[Finding]:
    """gettext('') is the header of a catalogue."""
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return
    first = node.args[0] if node.args else None
    if node.node.name in GETTEXT and isinstance(first, nodes.Const) and first.value == "":
        yield "translates an empty text", "leave it out"


RULES: tuple[Rule, ...] = (floats, always_true, empty_messages)
TREE_RULES = (hidden_keys, printed)
