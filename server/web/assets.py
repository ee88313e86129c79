"""Files at fixed addresses: the worker, the app's manifest, and whether we are well."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, request, send_from_directory
from sqlalchemy import text

from server.core.db import db
from server.core.i18n import LANGUAGES, _l, direction

from .built import DIST
from .built import assets as files
from .templating import catalogue

assets = Blueprint("assets", __name__)
SHORTCUTS = (
    (_l("Today"), "/today"),
    (_l("Accounts"), "/accounts/"),
    (_l("New task"), "/tasks/new"),
)


@assets.get("/worker.js")
def worker() -> Response:
    """Asked for anew at every visit: it is how a new version of the app arrives."""
    answer = send_from_directory(DIST, "worker.js", mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Service-Worker-Allowed"] = "/"
    return answer


@assets.get("/app.webmanifest")
def manifest() -> Response:
    """The app as it is installed, in the language `?lang=`; one id for all languages."""
    asked = request.args.get("lang", "en")
    lang = asked if asked in LANGUAGES else "en"
    say = catalogue(lang).ugettext
    body: dict[str, Any] = {
        "id": "/", "start_url": "/today", "scope": "/", "display": "standalone",
        "name": say("Kesher"), "short_name": say("Kesher"), "lang": lang, "dir": direction(lang),
        "description": say("The CRM that keeps working when the connection doesn't."),
        "background_color": "#F6F7F9", "theme_color": "#F6F7F9", "categories": ["business"],
        "icons": _icons(),
        "shortcuts": [{"name": say(name), "url": url} for name, url in SHORTCUTS],
    }  # fmt: skip
    answer = Response(json.dumps(body, ensure_ascii=False), mimetype="application/manifest+json")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _icons() -> list[dict[str, str]]:
    found = files()
    sizes = (("192", "any"), ("512", "any"), ("512", "maskable"))
    icons = []
    for size, purpose in sizes:
        name = f"img/{'maskable' if purpose == 'maskable' else 'icon'}-{size}.png"
        if name in found:
            icons.append({"src": found[name], "sizes": f"{size}x{size}", "type": "image/png",
                          "purpose": purpose})  # fmt: skip
    return icons


@assets.get("/healthz")
def health() -> Response:
    """200 while the database answers, for load balancers and start-up scripts."""
    with db.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    return Response('{"status":"ok"}', mimetype="application/json")
