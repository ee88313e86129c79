"""A pytest plugin that runs inside Jinja2's own tests and renders each template twice.

Run by `test_upstream.py`. Every `Template.render` also goes through the compiler and Node; the
verdict of each is written, one JSON line each, to the file named by KESHER_CONFORMANCE.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import jinja2
import pytest
from jinja2 import meta, nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS

from pwa.compiler import OutsideDialect, compile_templates
from pwa.compiler.known import MORE_FILTERS
from tests.compiler.phone import NotJson, Phone, RenderError


class State:
    """What lives as long as the run of pytest."""

    phone: Phone
    report: ClassVar[list[str]] = []
    test = ""


STATE = State()
SOURCES: dict[int, str] = {}
KEEP: list[object] = []
# The module `languages` of Jinja2's test_ext.py, told which plural belongs to which singular.
PLURALS = {
    "One user online": "%(user_count)s users online",
    "%(num)s apple": "%(num)s apples",
}

from_string = jinja2.Environment.from_string
render = jinja2.Template.render


def remembering(env: jinja2.Environment, source: Any, *args: Any, **kwargs: Any) -> Any:
    template = from_string(env, source, *args, **kwargs)
    if isinstance(source, str):
        SOURCES[id(template)] = source
        KEEP.append(template)
    return template


def sources_of(template: jinja2.Template) -> dict[str, str]:
    """The template and all that it reaches, by name."""
    env, name = template.environment, template.name or "this template"
    found: dict[str, str] = {}
    wanted: list[str | None] = [name]
    if id(template) in SOURCES:
        found[name] = SOURCES[id(template)]
    while wanted:
        each = wanted.pop()
        if each is None:
            wanted += [x for x in env.list_templates() if x not in found]
            continue
        try:
            if each not in found and env.loader is not None:
                found[each] = env.loader.get_source(env, each)[0]
            elif each != name:
                continue
            if each in found:
                wanted += meta.find_referenced_templates(env.parse(found[each]))
        except (jinja2.TemplateError, RuntimeError):
            continue
    return found


def changed_filters(env: jinja2.Environment, sources: dict[str, str]) -> bool:
    used = {
        node.name
        for text in sources.values()
        for node in env.parse(text).find_all((nodes.Filter, nodes.Test))
    }
    return any(
        name in used and function is not FILTERS.get(name) for name, function in env.filters.items()
    )


def own_globals(template: jinja2.Template) -> dict[str, Any]:
    """What a test put among the globals, without functions of the environment: unknown names."""
    env = template.environment
    own = {k: v for k, v in template.globals.items() if k not in DEFAULT_NAMESPACE}
    return {k: v for k, v in own.items() if not callable(v) or k not in env.globals}


def used_names(env: jinja2.Environment, sources: dict[str, str]) -> set[str]:
    return {node.name for text in sources.values() for node in env.parse(text).find_all(nodes.Name)}


def messages(context: dict[str, Any]) -> dict[str, list[str]] | None:
    languages = getattr(sys.modules.get("test_ext"), "languages", {})
    words = languages.get(context.get("LANGUAGE", "en"))
    if words is None:
        return None
    made: dict[str, list[str]] = {}
    for key, value in words.items():
        forms = [value, words[PLURALS[key]]] if key in PLURALS else [value]
        for kind in value if isinstance(value, dict) else [None]:
            texts = [x[kind] if isinstance(x, dict) else x for x in forms]
            made[key if kind is None else f"{kind}\x04{key}"] = texts
    return made


def judge(template: jinja2.Template, context: dict[str, Any], expected: str | None) -> Any:
    """`(verdict, detail)` for one render. `expected` is None if the server raised."""
    env = template.environment
    if env.is_async or "Native" in type(env).__name__:
        return "other", type(env).__name__
    sources = sources_of(template)
    name = template.name or "this template"
    if name not in sources:
        return "other", "source unknown"
    try:
        if changed_filters(env, sources):
            return "refused", "a filter of its own"
        names = used_names(env, sources)
        words = messages(context)
        context = {k: v for k, v in context.items() if k in names}
        known = own_globals(template)
        text = compile_templates(env, sources, filters=MORE_FILTERS, globals=known)
        got = STATE.phone.render(text, name, context, globals=known, messages=words)
    except OutsideDialect as error:
        return "refused", str(error)
    except NotJson as error:
        return "other", str(error)
    except jinja2.TemplateError as error:
        return ("identical" if expected is None else "refused"), str(error)
    except RenderError as error:
        same = expected is None
        return ("identical" if same else "different"), f"{expected!r} but raised {error}"
    return ("identical" if got == expected else "different"), f"{expected!r} but got {got!r}"


def listed(value: Any) -> Any:
    """An iterator as a list, for both renders: it can be read only once."""
    return list(value) if isinstance(value, Iterator) else value


def rendering(template: jinja2.Template, *args: Any, **kwargs: Any) -> str:
    context = {k: listed(v) for k, v in dict(*args, **kwargs).items()}
    expected: str | None = None
    try:
        expected = render(template, context)
        return expected
    finally:
        verdict, detail = judge(template, context, expected)
        STATE.report.append(json.dumps([STATE.test, verdict, detail]))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    STATE.test = item.nodeid.split("/")[-1]
    yield


def pytest_configure() -> None:
    STATE.phone = Phone().__enter__()
    setattr(jinja2.Environment, "from_string", remembering)  # noqa: B010  mypy minds a method
    setattr(jinja2.Template, "render", rendering)  # noqa: B010  set in the plain way


def pytest_unconfigure() -> None:
    Path(os.environ["KESHER_CONFORMANCE"]).write_text("\n".join(STATE.report))
    STATE.phone.__exit__(None, None, None)
