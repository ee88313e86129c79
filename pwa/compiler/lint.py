"""`python -m pwa.compiler.lint`: prints what is wrong with the product's templates."""

import sys

from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from .dialect import lint


def main() -> int:
    """The exit status: 1 if there is a problem."""
    from server.web.templating import TEMPLATES, environment

    env = environment()
    sources = {
        path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8")
        for path in sorted(TEMPLATES.rglob("*.html"))
    }
    problems = lint(
        env,
        sources,
        filters=env.filters.keys() - FILTERS.keys(),
        tests=env.tests.keys() - TESTS.keys(),
        globals=env.globals.keys() - DEFAULT_NAMESPACE.keys(),
    )
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
