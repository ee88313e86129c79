"""Settings of the server's environment that the phone must share."""

import json
from collections.abc import Callable

from jinja2 import Environment, Undefined
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context

from .errors import OutsideDialect

_SAMPLE = {"b": ["é</", None, 1], "a": {}}


def check_environment(env: Environment) -> None:
    """Raises `OutsideDialect` for a setting under which the two sides would differ."""
    # Flask's environment has a context class of no other behaviour, hence the look at a method.
    usual = {
        "undefined": env.undefined is Undefined,
        "sandboxed": not env.sandboxed,
        "is_async": not env.is_async,
        "code_generator_class": _means_the_same(env.code_generator_class),
        "context_class": env.context_class.resolve_or_missing is Context.resolve_or_missing,
        "policies['truncate.leeway']": env.policies["truncate.leeway"] == 5,
        "policies['json.dumps_function']": _writes_usual_json(env),
    }
    for setting, is_usual in usual.items():
        if not is_usual:
            raise OutsideDialect("environment", 0, f"{setting} is changed", "leave Jinja2's own")


def _means_the_same(generator: type[CodeGenerator]) -> bool:
    """One may be quicker if it says that all it prints is what Jinja's own would print."""
    return generator is CodeGenerator or getattr(generator, "only_quicker", False)


def _writes_usual_json(env: Environment) -> bool:
    dumps = env.policies["json.dumps_function"] or json.dumps
    written: str = dumps(_SAMPLE, **env.policies["json.dumps_kwargs"])
    return written == json.dumps(_SAMPLE, sort_keys=True)


def prints_none_as_nothing(env: Environment) -> bool:
    """Whether `finalize` makes None empty. Raises `OutsideDialect` if it does anything else."""
    finalize = env.finalize
    if finalize is None:
        return False
    if hasattr(finalize, "jinja_pass_arg") or not _keeps_all_but_none(finalize):
        advice = "let it turn None into '' and nothing else"
        raise OutsideDialect("environment", 0, "finalize cannot run on a phone", advice)
    return True


def _keeps_all_but_none(finalize: Callable[[object], object]) -> bool:
    probes: list[object] = ["", "text", 0, 1, True, False]
    return finalize(None) == "" and all(finalize(probe) is probe for probe in probes)
