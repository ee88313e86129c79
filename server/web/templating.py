"""The one Jinja environment: the server renders with it, the worker's templates come from it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context

from server.core.i18n import bare

from . import filters
from .jinja import PlainEnvironment, Translate

SERVER = Path(__file__).resolve().parents[1]
TEMPLATES = SERVER / "templates"
TRANSLATIONS = SERVER / "translations"


@cache
def catalogue(lang: str) -> NullTranslations:
    """The translations of a language; English is the text itself."""
    return Translations.load(TRANSLATIONS, [lang])


def said(lang: str, message: str) -> str:
    """A text in a language; a label may carry its context."""
    return bare(catalogue(lang).ugettext(message))


def _gettext(context: Context, message: str) -> str:
    return said(context.get("lang", "en"), message)


@pass_context
def _ngettext(context: Context, one: str, many: str, n: int) -> str:
    return catalogue(context.get("lang", "en")).ungettext(one, many, n)


@pass_context
def _pgettext(context: Context, about: str, message: str) -> str:
    return str(catalogue(context.get("lang", "en")).upgettext(about, message))


@pass_context
def _npgettext(context: Context, about: str, one: str, many: str, n: int) -> str:
    return str(catalogue(context.get("lang", "en")).unpgettext(about, one, many, n))


def _blank(value: Any) -> Any:
    return "" if value is None else value


@cache
def environment() -> Environment:
    """Made once. The compiler for the worker reads the very same one."""
    env = PlainEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_blank,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        _gettext, _ngettext, newstyle=True, pgettext=_pgettext, npgettext=_npgettext
    )
    env.globals["_"] = env.globals["gettext"] = pass_context(Translate(said))
    filters.register(env)
    return env
