"""Begin or go on, pause, take back: the same addresses for imports and for changes of many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response

from server.core.identity import current
from server.core.permissions import Viewer

from . import turning

Turn = Callable[[Viewer, str], None]


def steer(
    blueprint: Blueprint, prefix: str, row_of: Callable[[str], Any], to: Callable[[str], Response],
    run: Turn = turning.run, undo: Turn = turning.undo,
) -> None:  # fmt: skip
    """`row_of` raises NotFound where it is not this person's, or of the other kind."""
    for noun, turn in (("running", run), ("pausing", turning.pause), ("undoing", undo)):
        view = _view(turn, row_of, to)
        blueprint.add_url_rule(f"{prefix}/<id_>/{noun}", noun, view, methods=["POST"])


def _view(
    turn: Turn, row_of: Callable[[str], Any], to: Callable[[str], Response]
) -> Callable[[str], Response]:
    def view(id_: str) -> Response:
        row_of(id_)
        turn(current().viewer, id_)
        return to(id_)

    return view
