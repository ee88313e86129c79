"""The linter of the product's dialect: what both renderers are sure to print alike."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes

from .entry import TemplateCompiler, compiler_factory
from .errors import OutsideDialect
from .rules import RULES, TREE_RULES, Finding, unsafe

_Reference = nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. `line` counts from 1."""

    name: str
    line: int
    problem: str
    advice: str

    def __str__(self) -> str:
        return f"{self.name}:{self.line}: {self.problem}; {self.advice}"


def lint(
    env: Environment,
    sources: dict[str, str],
    *,
    filters: Iterable[str],
    tests: Iterable[str] = (),
    globals: Iterable[str] = (),
    allow_safe: Iterable[str] = (),
) -> list[Problem]:
    """All problems of the templates, in order of name and line.

    `filters`, `tests` and `globals` are those the worker registers. Templates named in
    `allow_safe` may use `safe` and `autoescape`. Raises `OutsideDialect` for the environment.
    """
    make = compiler_factory(env, filters=filters, tests=tests, globals=globals)
    trusted = set(allow_safe)
    found: set[Problem] = set()
    for name, text in sources.items():
        try:
            tree = env.parse(text, name)
        except TemplateSyntaxError as error:
            advice = "mend the syntax"
            found.add(Problem(name, error.lineno, error.message or "cannot be read", advice))
            continue
        found.update(_uncompilable(make, name, text))
        findings = [*_by_rule(tree, name in trusted), *_by_template(tree, set(sources))]
        found.update(Problem(name, line, *finding) for line, finding in findings)
    return sorted(found)


def _uncompilable(
    make: Callable[[str], TemplateCompiler], name: str, text: str
) -> Iterator[Problem]:
    try:
        make(name).compile(text)
    except OutsideDialect as error:
        yield Problem(error.name, error.line, error.problem, error.advice)


def _by_rule(tree: nodes.Template, trusted: bool) -> Iterator[tuple[int, Finding]]:
    rules = RULES if trusted else (*RULES, unsafe)
    for node in tree.find_all(nodes.Node):
        for rule in rules:
            for finding in rule(node):
                yield node.lineno, finding


def _by_template(tree: nodes.Template, known: set[str]) -> Iterator[tuple[int, Finding]]:
    for rule in TREE_RULES:
        yield from rule(tree)
    for line in _foreign_loops(tree):
        yield line, ("reads the 'loop' of another template", "pass it: {% set row_loop = loop %}")
    for node in _references(tree):
        missing = set(_named(node.template)) - known
        if missing and not getattr(node, "ignore_missing", False):
            names = ", ".join(sorted(missing))
            yield node.lineno, (f"{names} is not on the phone", "compile it as well")


def _references(tree: nodes.Template) -> Iterator[_Reference]:
    yield from tree.find_all(nodes.Extends)
    yield from tree.find_all(nodes.Include)
    yield from tree.find_all(nodes.Import)
    yield from tree.find_all(nodes.FromImport)


def _foreign_loops(node: nodes.Node) -> Iterator[int]:
    """The lines that read `loop` outside of any loop."""
    if isinstance(node, nodes.Name) and node.name == "loop" and node.ctx == "load":
        yield node.lineno
    exclude = ("body",) if isinstance(node, nodes.For) else None
    for child in node.iter_child_nodes(exclude=exclude):
        yield from _foreign_loops(child)


def _named(template: nodes.Node) -> Iterator[str]:
    """The names of templates that an expression can only mean."""
    if isinstance(template, nodes.Const) and isinstance(template.value, str):
        yield template.value
