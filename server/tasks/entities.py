"""Tasks: what has to be done, by whom, until when."""

from typing import Any

from sqlalchemy import Index

from server.core.entity import Entity, Record, Shares, field
from server.core.i18n import _l
from server.core.registry import registry

from .completing import COMPLETE
from .handing_over import HAND_OVER

KINDS = (
    ("call", _l("Call")),
    ("mail", _l("Mail")),
    ("visit", _l("Visit")),
    ("quote", _l("Quote")),
    ("service", _l("Service")),
    ("delivery", _l("Delivery")),
    ("paperwork", _l("Paperwork")),
    ("other", _l("Other")),
)
PRIORITIES = (
    ("low", _l("Low")),
    ("normal", _l("Normal")),
    ("high", _l("High")),
    ("urgent", _l("Urgent")),
)
STATES = (
    ("open", _l("Open")),
    ("in_progress", _l("In progress")),
    ("done", _l("Done")),
    ("cancelled", _l("Cancelled")),
)
# What is closed may be opened again, also to undo a tap.
MOVES = {
    "open": ("in_progress", "done", "cancelled"),
    "in_progress": ("open", "done", "cancelled"),
    "done": ("open", "in_progress"),
    "cancelled": ("open", "in_progress"),
}


class Task(Record):
    __tablename__ = "task"
    spec = Entity(
        "task", path="tasks", label=_l("Task"), plural=_l("Tasks"), new=_l("New task"),
        icon="list-checks", title="title", parent="account",
        actions=(COMPLETE, HAND_OVER), quick=("title",), closed=("done", "cancelled"),
        shares=Shares("status", frozenset({"open", "in_progress"}), "assignee", "due"),
        columns=("title", "due", "account", "assignee", "priority", "status"),
        filters=("status", "assignee", "due", "priority", "kind", "account", "owner", "team",
                 "created_at"),
        sorts=("title", "due", "created_at", "updated_at"), order=("due", "asc"),
        sub=("account", "assignee"),
        icons={"call": "phone", "mail": "mail", "visit": "map-pin"},
    )  # fmt: skip
    title = field("text", _l("Title"), required=True, search=True)
    kind = field("choice", _l("Kind"), choices=KINDS, default="other")
    due = field("date", _l("Due"))
    priority = field("choice", _l("Priority"), choices=PRIORITIES, default="normal", required=True)
    status = field("state", _l("Status"), choices=STATES, states=MOVES, default="open",
                   required=True)  # fmt: skip
    assignee = field("person", _l("Assignee"), merge="office", grants="u", default="me")
    watchers = field("people", _l("Watchers"), grants="s", readonly=True)
    account = field("ref", _l("Account"), target="account")
    contact = field("ref", _l("Contact"), target="contact", index=True)
    body = field("longtext", _l("Description"))
    remind_at = field("instant", _l("Reminder"))

    @classmethod
    def indexed(cls) -> tuple[Any, ...]:
        return ("account",)


# What is open is walked by when it is due: of everybody, and of one person.
of: Any = Task.__table__.c
Index("ix_task_status_due", of.org, of.deleted, of.status, of.due, of.id)
Index("ix_task_assignee_due", of.org, of.assignee, of.status, of.due, of.id)

registry.register(Task)
registry.nav.insert(
    0, {"href": "/tasks/", "label": Task.spec.plural, "icon": Task.spec.icon, "key": "t"}
)
