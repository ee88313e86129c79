"""Completing a task: one tap, no questions."""

from server.core.entity import Action, Effect
from server.core.i18n import _l

COMPLETE = Action(
    name="complete",
    noun="completion",
    label=_l("Done"),
    icon="check",
    fields=(),
    effects=(Effect("set", "status", ("value", "done")),),
    done=_l("Done"),
)
