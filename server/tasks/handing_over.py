"""Handing a task over: somebody else does it, who gave it goes on watching."""

from server.core.entity import Action, Effect, make_field
from server.core.i18n import _l

HAND_OVER = Action(
    name="hand_over",
    noun="handing-over",
    label=_l("Hand over"),
    icon="user-round-check",
    fields=(
        make_field("person", _l("To"), name="assignee", required=True),
        make_field("longtext", _l("Note"), name="note"),
    ),
    effects=(
        Effect("set", "assignee", ("arg", "assignee")),
        Effect("add", "watchers", ("me",)),
    ),
    done=_l("Handed over"),
)
