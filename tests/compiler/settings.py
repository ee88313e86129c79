"""The settings of the server's environment, without the rest of the server."""

from gettext import NullTranslations
from typing import Any, cast

import jinja2


def server_environment(translations: NullTranslations | None = None) -> jinja2.Environment:
    env = jinja2.Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        finalize=lambda value: "" if value is None else value,
    )
    # The method is added by the i18n extension.
    cast(Any, env).install_gettext_translations(translations or NullTranslations(), newstyle=True)
    return env
