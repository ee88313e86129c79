"""Both halves of views and forms behind one call each; an argument {"@": [what, which]} stands for
what JSON cannot carry (views.mjs reads it alike)."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from jinja2.defaults import DEFAULT_FILTERS, DEFAULT_NAMESPACE, DEFAULT_TESTS

import server.core.history
import server.customers.entities
import server.messaging.entities
import server.tasks.entities  # noqa: F401 (they declare what there is)
from pwa.building.words import rules, tables
from pwa.compiler import compile_templates
from server.core.i18n import LANGUAGES
from server.web import answering, deeds, forms, views
from server.web.templating import TEMPLATES, catalogue, environment
from server.web.views import checks, typed
from server.web.views.manifest import Json, entity, manifest
from server.web.views.settings import settings_owner

from .memory import Memory

MODULES: dict[str, Any] = {
    "views": views, "forms": forms, "typed": typed, "checks": checks, "answering": answering,
    "deeds": deeds,
}  # fmt: skip
STORE, UUID, SETTINGS = {"@": ["store"]}, {"@": ["uuid"]}, {"@": ["settings"]}


def owner(kind: str) -> Json:
    return {"@": ["entity", kind]}


def spec_of(kind: str) -> Json:
    found = entity(kind)
    assert found
    return found


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


class Server:
    """The server's half."""

    def __init__(self) -> None:
        self.store = Memory([], {})

    def run(self, fn: str, *args: Any) -> Any:
        module, name = fn.split(".")
        return getattr(MODULES[module], name)(*map(self._revive, args))

    def page(self, fn: str, args: list[Any], base: Json) -> Any:
        view = self.run(fn, *args)
        if view is None:
            return None
        template, context = view
        assert_plain(context)
        return [context, environment().get_template(template).render(base | context)]

    def _revive(self, arg: Any) -> Any:
        if not isinstance(arg, dict) or "@" not in arg:
            return arg
        numbers = count(1)
        what, *which = arg["@"]
        special: dict[str, Callable[..., Any]] = {
            "store": lambda: self.store,
            "uuid": lambda: lambda: f"op-{next(numbers)}",
            "settings": settings_owner,
            "entity": entity,
            "field": lambda of: _named(of, "fields"),
            "action": lambda of: _named(of, "actions"),
        }
        return special[what](*which)


def _named(of: list[str], part: str) -> Json:
    found: Json = next(x for x in spec_of(of[0])[part] if x["name"] == of[1])
    return found


def assert_plain(value: Any) -> None:
    """A context is of what both renderers write alike."""
    if isinstance(value, dict):
        assert all(isinstance(key, str) for key in value)
        for one in value.values():
            assert_plain(one)
    elif isinstance(value, list):
        for one in value:
            assert_plain(one)
    else:
        assert value is None or isinstance(value, (str, bool, int)), value


def begin(node: Any) -> None:
    node.call("views.setup", tables(), manifest())


def compile_for(node: Any, folder: Path) -> None:
    """Gives the phone's half our templates, as the build compiles them."""
    env = environment()
    sources = {
        p.relative_to(TEMPLATES).as_posix(): p.read_text() for p in TEMPLATES.rglob("*.html")
    }
    module = compile_templates(
        env,
        sources,
        filters=sorted(env.filters.keys() - DEFAULT_FILTERS.keys()),
        tests=sorted(env.tests.keys() - DEFAULT_TESTS.keys()),
        globals=sorted(env.globals.keys() - DEFAULT_NAMESPACE.keys()),
    )
    known = {lang: found for lang in LANGUAGES if (found := catalogue(lang).info())}
    plurals = {lang: info["plural-forms"].partition("plural=")[2] for lang, info in known.items()}
    path = folder / "templates.mjs"
    path.write_text(module + rules({lang: rule.strip(" ;") for lang, rule in plurals.items()}))
    node.call("views.compiled", path.as_uri(), {lang: _messages(lang) for lang in known})


def _messages(lang: str) -> dict[str, list[str]]:
    """What the server translates with: the built catalogue, which may be older than its source."""
    found: dict[str, dict[int, str]] = {}
    for key, said in vars(catalogue(lang))["_catalog"].items():
        message, form = key if isinstance(key, tuple) else (key, 0)
        found.setdefault(message, {})[form] = said
    return {m: [forms[i] for i in sorted(forms)] for m, forms in found.items() if m}
