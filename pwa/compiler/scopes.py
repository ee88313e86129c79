"""Which names a scope sets, and whether something needs to read it as a whole."""

from collections.abc import Iterable, Iterator, Sequence

from jinja2 import nodes

_TRANSPARENT = (nodes.If, nodes.ScopedEvalContextModifier)


def read_as_whole(body: Sequence[nodes.Node]) -> bool:
    """Whether a template, or a scoped block, gets all names in reach."""
    readers = (nodes.Include, nodes.Import, nodes.FromImport)
    for top in body:
        for node in (top, *top.find_all((*readers, nodes.Block))):
            if isinstance(node, readers) and node.with_context:
                return True
            if isinstance(node, nodes.Block) and node.scoped:
                return True
    return False


def names_set(body: Iterable[nodes.Node]) -> list[str]:
    """The names that `body` sets in its own scope, each once."""
    return list(dict.fromkeys(_names_set(body)))


def _names_set(body: Iterable[nodes.Node]) -> Iterator[str]:
    for node in body:
        if isinstance(node, nodes.Assign | nodes.AssignBlock):
            yield from target_names(node.target)
        elif isinstance(node, nodes.Macro):
            yield node.name
        elif isinstance(node, nodes.Import):
            yield node.target
        elif isinstance(node, nodes.FromImport):
            yield from (item if isinstance(item, str) else item[1] for item in node.names)
        elif isinstance(node, _TRANSPARENT):
            yield from _names_set(node.iter_child_nodes())


def target_names(target: nodes.Node) -> Iterator[str]:
    if isinstance(target, nodes.Name):
        yield target.name
    elif isinstance(target, nodes.Tuple | nodes.List):
        for item in target.items:
            yield from target_names(item)
