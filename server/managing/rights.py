"""What a person may do, and why."""

from __future__ import annotations

from flask import Response

from server.core.db import reading
from server.core.identity import current
from server.core.permissions import Viewer, level
from server.core.registry import registry
from server.core.rights import ACTIONS, NONE, Role
from server.core.sights import sight
from server.core.viewing import viewer_of
from server.web.pages import show, visit
from server.web.views.manifest import Json

from .base import managing
from .people import found
from .roles import all_roles, offered
from .words import DEEDS, REACH, STATES


@managing.get("/people/<id_>/rights")
def rights(id_: str) -> Response:
    """What this person may do, and by which role."""
    with visit() as v:
        row = found(v, id_)
        with reading() as connection:
            viewer = viewer_of(connection, current().viewer.org, row["id"], row)
        return show(("server/rights.html", {
            "person": row, "kinds": [_kind(viewer, kind, all_roles(v), row) for kind in offered()],
            "reach": REACH, "deeds": DEEDS, "states": STATES,
            "team": v.store.title("team", row["team"]),
            "teams": [v.store.title("team", one) for one in sorted(viewer.branch_teams)],
            "reports": [v.store.title("person", one) for one in sorted(viewer.reports)],
            "roles": [r for r in all_roles(v) if r["id"] in row["roles"]],
        }))  # fmt: skip


def _kind(viewer: Viewer, kind: str, roles: list[Json], row: Json) -> Json:
    """Each action: how far it reaches, and the roles that it comes from."""
    mine = [(r["name"], Role(r["key"], r["holds"], r["rights"] or {})) for r in roles
            if r["id"] in row["roles"]]  # fmt: skip
    cells = []
    for action in ACTIONS:
        reach = level(viewer.rights, kind, action)
        by = [name for name, role in mine if role.level(kind, action) == reach != NONE]
        cells.append({"action": action, "value": reach, "by": by})
    entity = registry[kind]
    hidden = viewer.rights.hidden(kind)
    states = [(entity.fields[name], state) for name, state in viewer.rights.fields(kind).items()
              if name in entity.fields]  # fmt: skip
    states += [(field, sight(viewer.rights, entity, field)) for field in entity.sensitive
               if field.name not in hidden]  # fmt: skip
    fields = [{"label": field.label, "state": state} for field, state in states]
    return {"label": entity.plural, "cells": cells, "fields": fields}
