"""GET /live: whoever is online learns at once that there is something to fetch, and no more."""

from __future__ import annotations

from flask import Flask, Response, current_app, request
from sqlalchemy import Connection

from server.core.config import Settings
from server.core.db import db
from server.core.identity import Signed, by_session, by_token, current
from server.core.permissions import Viewer
from server.core.problems import problem

from .endpoint import blueprint
from .streams import Renew, Stream, Streams

AGAIN = 60  # seconds after which a client that found no room may ask again
HEADERS = {
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",  # what a proxy gathers comes too late
}


def init_app(app: Flask, settings: Settings) -> None:
    with app.app_context():
        app.extensions["streams"] = Streams(
            db.engine, settings.streams, settings.streams_each, settings.beat
        )


@blueprint.get("/live")
def live() -> Response:
    """A stream of server-sent events: see "Live" in PROTOCOL.md."""
    streams: Streams = current_app.extensions["streams"]
    signed = current()
    stream = Stream(signed.viewer, _renewing(signed), request.args.get("every") == "1")
    if not streams.join(stream):
        detail = "All streams are taken; ask by POST /sync from time to time instead."
        answer = problem(503, "full", "Too many streams", detail)
        answer.headers["Retry-After"] = str(AGAIN)
        return answer
    answer = Response(streams.events(stream), mimetype="text/event-stream", headers=HEADERS)
    answer.call_on_close(lambda: streams.leave(stream))
    return answer


def _renewing(signed: Signed) -> Renew:
    token = request.headers.get("Authorization", "").partition(" ")[2].strip()

    def renew(connection: Connection) -> Viewer | None:
        session = signed.session
        found = by_session(connection, session) if session else by_token(connection, token)
        return found.viewer if found else None

    return renew
