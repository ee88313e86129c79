"""A view's template and context into a page: whole, or the part that htmx asked for."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, g, request

from server.core.clock import instant
from server.core.db import reading
from server.core.i18n import direction
from server.core.identity import Signed
from server.core.oneself import me

from . import htmx
from .built import assets, built
from .templating import environment
from .views.conflicts import open_conflicts
from .views.manifest import manifest
from .window import Window

NOT_SYNCED = {
    "pending": 0, "failed": 0, "conflicts": 0, "last": None, "offline": False, "worker": False,
    "signin": False, "unread": 0, "stale": False,
}  # fmt: skip


def page(
    template: str, context: dict[str, Any], status: int = 200, lang: str | None = None
) -> Response:
    """Render for whoever asks; `lang` where nobody is signed in."""
    signed: Signed | None = g.get("signed")
    who = (g.get("me") or me(signed, current_app.config["LEASE_DAYS"])) if signed else None
    base = base_context(who, lang or "en", request.path)
    base["partial"] = htmx.wants_part()
    base["sync"] = NOT_SYNCED | (_waiting(signed) if signed else {})
    html = environment().get_template(template).render(base | context)
    headers = {
        "Cache-Control": "no-store",
        "Vary": htmx.VARY,
        "X-Rendered-By": "server",
        "X-App-Version": built()["version"],
    }
    return Response(html, status, headers, mimetype="text/html")


def _waiting(signed: Signed) -> dict[str, int]:
    """What waits for the person, whose browser need not have a worker to count it."""
    if (window := g.get("window")) and request.method == "GET":
        return _told_by(window)
    with reading() as connection:  # what was just written counts
        return _told_by(Window(connection, signed))


def _told_by(window: Window) -> dict[str, int]:
    unread, disputed = window.waiting
    return {"unread": unread, "conflicts": len(open_conflicts(window)) if disputed else 0}


def base_context(who: dict[str, Any] | None, lang: str, path: str) -> dict[str, Any]:
    """What every template gets, see docs/developer/design.md."""
    now = instant()
    known = who or {"lang": lang, "zone": "UTC", "calendar": "gregorian", "region": "US"}
    fmt = {name: known[name] for name in ("lang", "zone", "calendar", "region")} | {"now": now}
    nav = [n | {"active": path.startswith(n["href"])} for n in manifest()["nav"]]
    return {
        "lang": known["lang"], "dir": direction(known["lang"]), "me": who, "fmt": fmt, "now": now,
        "theme": who["theme"] if who else "auto", "csrf": who["csrf"] if who else "",
        "nav": nav, "path": path, "sync": NOT_SYNCED, "notice": None, "assets": assets(),
    }  # fmt: skip
