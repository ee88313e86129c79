"""From a set of templates to one JavaScript module."""

from collections.abc import Callable, Iterable, Iterator

from jinja2 import Environment, nodes

from .environment import check_environment, prints_none_as_nothing
from .frame import Frame
from .inheritance import Inheritance
from .known import FILTERS, GLOBALS, TESTS
from .script import flag, literal


class TemplateCompiler(Inheritance):
    """Compiles one template. Make a new one for each."""

    def compile(self, source: str) -> str:
        """The template as the text of a JavaScript object. Syntax errors are Jinja2's own."""
        tree = self.env.parse(source, self.name)
        self.stored = set(_stored_names(tree))
        # What has names of the template's own choice, perhaps those of Python's methods.
        self.modules = {"self"} | {load.target for load in tree.find_all(nodes.Import)}
        escape = self.env.autoescape
        self.autoescape = flag(escape(self.name) if callable(escape) else escape)
        extends = tree.find(nodes.Extends) is not None
        frame = Frame("s", self.autoescape, toplevel=True, rootlevel=True, guarded=extends)
        body = self.stmts(tree.body, frame)
        result = "p?o+p.root(r,c):o" if extends else "o"
        blocks = ",".join(f"{literal(k)}:{v}" for k, v in self.blocks.items())
        code = f"const s=c.s;let o='',p=null;{body}return {result};"
        return f"{{blocks:{{{blocks}}},root(r,c){{{code}}}}}"


def compile_templates(
    env: Environment,
    sources: dict[str, str],
    *,
    filters: Iterable[str],
    tests: Iterable[str] = (),
    globals: Iterable[str] = (),
) -> str:
    """The JavaScript text `export const templates = {…};` for `pwa/runtime`.

    `filters`, `tests` and `globals` are those that the worker registers beside the built-in
    ones. Raises `OutsideDialect`, or Jinja2's `TemplateSyntaxError`.
    """
    make = compiler_factory(env, filters=filters, tests=tests, globals=globals)
    parts = [f"{literal(name)}:{make(name).compile(text)}" for name, text in sources.items()]
    return "export const templates = {\n" + ",\n".join(parts) + "\n};\n"


def compiler_factory(
    env: Environment,
    *,
    filters: Iterable[str],
    tests: Iterable[str],
    globals: Iterable[str],
) -> Callable[[str], TemplateCompiler]:
    """A function that makes the compiler of the template of a given name."""
    check_environment(env)
    empty_none = prints_none_as_nothing(env)
    known = {
        "filters": FILTERS | frozenset(filters),
        "tests": TESTS | frozenset(tests),
        "globals": GLOBALS | frozenset(globals),
    }
    return lambda name: TemplateCompiler(env, name, empty_none=empty_none, **known)


def _stored_names(tree: nodes.Template) -> Iterator[str]:
    """Every name that the template itself gives a value somewhere."""
    for name in tree.find_all(nodes.Name):
        if name.ctx in ("store", "param"):
            yield name.name
    for macro in tree.find_all(nodes.Macro):
        yield macro.name
    for load in tree.find_all(nodes.Import):
        yield load.target
    for load_names in tree.find_all(nodes.FromImport):
        for item in load_names.names:
            yield item if isinstance(item, str) else item[1]
