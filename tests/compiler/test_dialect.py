"""What the compiler refuses, and what the linter says about the rest."""

import json
import subprocess
from pathlib import Path

import jinja2
import pytest

from pwa.compiler import OutsideDialect, compile_templates
from pwa.compiler.dialect import lint
from pwa.compiler.known import FILTERS, GLOBALS, MORE_FILTERS, TESTS
from pwa.compiler.node import node_path
from tests.compiler.settings import server_environment

RUNTIME = Path(__file__).parents[2] / "pwa" / "runtime"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{{ x|money }}", "filter 'money'"),
        ("{{ x|wordwrap }}", "filter 'wordwrap'"),
        ("{{ x|title }}", "filter 'title'"),
        ("{{ x is sunny }}", "test 'sunny'"),
        ("{{ xs|map('money') }}", "'money'"),
        ("{{ xs|selectattr('a', 'sunny') }}", "'sunny'"),
        ("{{ lipsum() }}", "global 'lipsum'"),
        ("{{ x|spell(loud=1) }}", "filter 'spell' with names"),
        ("{{ x.__class__ }}", "__class__"),
        ("{{ x.casefold() }}", "method 'casefold'"),
        ("{{ '{0.a}'.format(x) }}", "format of '{0.a}'"),
        ("{{ {1: 2} }}", "key 1"),
        ("{{ 9007199254740993 }}", "9007199254740993"),
        ("{% for x in y %}{% set z %}{% break %}{% endset %}{% endfor %}", "captured"),
        ("{% macro m(caller) %}{{ caller() }}{% endmacro %}", "'caller'"),
    ],
)
def test_refuses_at_its_line(text: str, problem: str) -> None:
    env = server_environment()
    env.filters.update(money=str, spell=str)
    env.tests["sunny"] = lambda value: bool(value)
    with pytest.raises(OutsideDialect) as refused:
        compile_templates(env, {"page.html": f"\n{text}"}, filters=["spell"])
    assert problem in refused.value.problem
    assert (refused.value.name, refused.value.line) == ("page.html", 2)
    assert refused.value.advice


@pytest.mark.parametrize(
    "settings",
    [
        {"undefined": jinja2.StrictUndefined},
        {"finalize": lambda value: value or "-"},
        {"finalize": str},
        {"enable_async": True},
    ],
)
def test_refuses_other_settings(settings: dict[str, object]) -> None:
    env = jinja2.Environment(autoescape=True, **settings)  # type: ignore[arg-type]
    with pytest.raises(OutsideDialect):
        compile_templates(env, {"page.html": "text"}, filters=())


def test_takes_what_the_worker_registers() -> None:
    env = server_environment()
    env.filters["money"] = str
    text = "{{ x|money }}{{ x|title }}{{ url('/') }}{% block casefold %}{% endblock %}"
    text += "{{ self.casefold() }}"
    made = compile_templates(env, {"page.html": text}, filters=["money", "title"], globals=["url"])
    assert made.startswith("export const templates = {")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{{ 1.5 }}", "1.5 is not whole"),
        ("{{ a / b }}", "'/' makes a float"),
        ("{{ a == b }}", "prints True or False"),
        ("{{ true }}", "prints True or False"),
        ("{{ [a] }}", "prints a container"),
        ("{{ xs|map('upper') }}", "prints what 'map' gives"),
        ("{% if xs|select %}x{% endif %}", "'select' is always true here"),
        ("{{ x|safe }}", "'safe' lets any text through as HTML"),
        ("{% autoescape false %}{{ x }}{% endautoescape %}", "changes autoescape"),
        ("{{ row.items }}", "'.items' is a method"),
        ("{{ _('') }}", "translates an empty text"),
        ("{{ loop.index }}", "reads the 'loop' of another template"),
        ("{% include 'gone.html' %}", "gone.html is not on the phone"),
        ("{{ x|money }}", "filter 'money' is not on the phone"),
        ("{% if %}", "Expected an expression, got 'end of statement block'"),
    ],
)
def test_lint_finds(text: str, problem: str) -> None:
    problems = lint(server_environment(), {"page.html": f"\n{text}"}, filters=())
    assert [(each.line, each.problem) for each in problems] == [(2, problem)]


def test_lint_passes_what_both_sides_print_alike() -> None:
    page = """
    {% for row in rows %}{% set row_loop = loop %}{% include 'row.html' %}{% endfor %}
    {{ rows|map(attribute='name')|join(', ') }}{{ row['items'] }}{{ 'yes' if a == b else 'no' }}
    {% if rows|select|list %}{{ a // 2 }}{% endif %}{% include 'gone.html' ignore missing %}
    """
    sources = {"page.html": page, "row.html": "{{ row_loop.index }}", "raw.html": "{{ x|safe }}"}
    assert lint(server_environment(), sources, filters=(), allow_safe=["raw.html"]) == []


def test_knows_what_the_runtime_has() -> None:
    """The compiler's lists are those of the runtime."""
    names = f"""
    const files = ['filters', 'more', 'tests', 'globals'];
    const load = (file) => import('{RUNTIME.as_uri()}/' + file + '.js');
    const [filters, more, tests, globals] = await Promise.all(files.map(load));
    const all = [filters.filters, more.moreFilters, tests.tests, globals.globals].map(Object.keys);
    console.log(JSON.stringify(all));
    """
    ran = subprocess.run(
        [node_path(), "--input-type=module", "-e", names], capture_output=True, check=True
    )
    found = [set(each) for each in json.loads(ran.stdout)]
    assert found == [FILTERS, MORE_FILTERS, TESTS, GLOBALS]
