"""Compiled templates, and the bundles of the page and of the worker."""

from __future__ import annotations

from pwa.building.dist import GENERATED, Dist, esbuild
from pwa.building.words import compact

TARGET = "--target=es2022"
# Stands for the version until it is known: the version is a hash over files that tell it.
UNKNOWN = "@@VERSION@@"


def build(dist: Dist) -> str:
    """Bundle; the version of the whole."""
    (GENERATED / "templates.js").write_text(_templates())
    _tell(UNKNOWN, {})
    dragging = esbuild("pwa/page/dragging.js", "--bundle", "--format=esm", TARGET)
    dist.add("dragging.js", dragging)
    page = _bundle("pwa/page/index.js")
    dist.put("page.js", f"page.{UNKNOWN}.js", page)
    _tell(UNKNOWN, dist.files)
    dist.put("worker.js", "worker.js", _bundle("pwa/worker.js"))
    return _settle(dist)


def _settle(dist: Dist) -> str:
    """Put the version, now that it can be known, in the place of its stand-in."""
    version = dist.digest()
    for name in ("page.js", "worker.js"):
        made = dist.folder / dist.files[name]
        script = made.read_bytes().replace(UNKNOWN.encode(), version.encode())
        made.unlink()
        dist.put(name, made.name.replace(UNKNOWN, version), script)
    _tell(version, dist.files)
    return version


def _tell(version: str, files: dict[str, str]) -> None:
    """What the scripts know of their build: VERSION, and FILES as in build.json."""
    lines = f"export const VERSION = {compact(version)};\nexport const FILES = {compact(files)};\n"
    (GENERATED / "build.js").write_text(lines)


def _bundle(source: str) -> bytes:
    return esbuild(source, "--bundle", "--format=iife", TARGET)


def _templates() -> str:
    """The module made of all templates but the server's own; what our environment adds to Jinja2,
    the worker has too."""
    from jinja2.defaults import DEFAULT_FILTERS, DEFAULT_NAMESPACE, DEFAULT_TESTS

    from pwa.compiler import compile_templates
    from server.web.templating import TEMPLATES, environment

    env = environment()
    sources = {
        path.relative_to(TEMPLATES).as_posix(): path.read_text()
        for path in sorted(TEMPLATES.rglob("*.html"))
        if path.parent != TEMPLATES / "server"
    }
    return compile_templates(
        env,
        sources,
        filters=sorted(env.filters.keys() - DEFAULT_FILTERS.keys()),
        tests=sorted(env.tests.keys() - DEFAULT_TESTS.keys()),
        globals=sorted(env.globals.keys() - DEFAULT_NAMESPACE.keys()),
    )
