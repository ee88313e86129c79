"""The phone's side in tests: a Node process that renders what the compiler wrote."""

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

from markupsafe import Markup

from pwa.compiler.node import node_path

WORKER = Path(__file__).with_name("worker.mjs")


class NotJson(Exception):
    """A context holds what no record on a phone can hold."""


class RenderError(Exception):
    """The template raised on the phone."""


class Phone:
    """Use as a context manager; one process serves any number of renders."""

    def __enter__(self) -> "Phone":
        self.process = subprocess.Popen(
            [node_path(), str(WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.communicate()

    def render(
        self,
        text: str,
        name: str,
        context: dict[str, Any],
        *,
        globals: dict[str, Any] | None = None,
        messages: dict[str, list[str]] | None = None,
    ) -> str:
        """Renders template `name` of the module `text`. Raises `RenderError`, `NotJson`."""
        ask: dict[str, Any] = {"text": text, "name": name, "context": tagged(context)}
        ask |= {"globals": tagged(globals or {}), "messages": messages}
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(ask).encode() + b"\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise RenderError(answer["error"])
        html: str = answer["html"]
        return html


def tagged(value: Any) -> Any:
    """A context as JSON, where tuples, safe text and whole floats carry a tag."""
    if value is None or type(value) in (str, bool):
        return value
    if type(value) is int and abs(value) < 2**53:
        return value
    if type(value) is float:
        return {"$float": repr(value)} if value == int(value) else value
    if type(value) is Markup:
        return {"$safe": str(value)}
    if type(value) in (list, range):
        return [tagged(item) for item in value]
    if type(value) is tuple:
        return {"$tuple": [tagged(item) for item in value]}
    if isinstance(value, dict) and all(type(k) is str and not k.isdigit() for k in value):
        return {key: tagged(item) for key, item in value.items()}
    if _is_record(value):
        return tagged(vars(value))
    raise NotJson(f"{type(value).__name__} in a context")


def _is_record(value: Any) -> bool:
    """An object that only carries attributes, so that a dict looks the same to a template."""
    own = {"__init__", "__module__", "__dict__", "__weakref__", "__doc__", "__static_attributes__"}
    kind = type(value)
    return kind.__mro__ == (kind, object) and hasattr(value, "__dict__") and set(vars(kind)) <= own
