"""The person who asks, as the views of both sides know one."""

from __future__ import annotations

from typing import Any

from flask import current_app

from . import permissions
from .calendars import calendar_of
from .i18n import direction
from .identity import Signed
from .registry import registry


def me(signed: Signed, lease_days: int) -> dict[str, Any]:
    """The person as the views of both sides know one: `me` of docs/developer/design.md."""
    doc, organisation = signed.person, signed.organisation
    kinds = tuple(registry.entities)
    lang = doc["lang"] or organisation.lang
    return {
        "id": signed.viewer.id, "name": doc["name"], "email": signed.email, "lang": lang,
        "dir": direction(lang), "theme": doc["theme"] or "auto",
        "zone": doc["zone"] or organisation.zone, "calendar": calendar_of(doc | {"lang": lang}),
        "region": organisation.region, "csrf": signed.csrf, "team": signed.viewer.team,
        "roles": doc["roles"], "reports": sorted(signed.viewer.reports),
        "teams": sorted(signed.viewer.branch_teams), "columns": doc["columns"] or "",
        "org": {"id": organisation.id, "name": organisation.name, "lang": organisation.lang,
                "currency": organisation.currency, "zone": organisation.zone},
        "holds": {"people": sorted(permissions.held_people(signed.viewer)),
                  "teams": sorted(permissions.held_teams(signed.viewer)),
                  "ahead": current_app.config["NEAR_DAYS"],
                  "after": current_app.config["AFTER_DAYS"]},
        "can": permissions.abilities(signed.viewer.rights, kinds),
        "complete": permissions.complete(signed.viewer, kinds), "lease": lease_days,
    }  # fmt: skip
