"""Pages of any entity: the addresses of docs/developer/design.md, each one call to a view or to
the door. The worker answers the same addresses with the same views."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, Response, current_app, g, redirect, request
from werkzeug.exceptions import NotFound

from server.core import devices
from server.core.clock import instant
from server.core.db import reading
from server.core.identity import Signed
from server.core.oneself import me

from . import htmx, views
from .auth import expect_token
from .rendering import page
from .views.manifest import Json, by_path
from .window import Window

pages = Blueprint("pages", __name__)
View = tuple[str, Json] | None


class Visit:
    """One request of a signed-in person: who, when, and the window on the records."""

    def __init__(self, window: Window) -> None:
        self.signed: Signed = g.signed
        self.me = g.me = me(self.signed, current_app.config["LEASE_DAYS"])
        self.store = window
        self.now = instant()
        self.form = request.form.to_dict(flat=False)
        # A form that is shown again still knows where it was opened from, and what it mends.
        kept = {name: self.form[name] for name in ("_back", "_fix") if name in self.form}
        self.query = request.args.to_dict(flat=False) | kept

    @property
    def default_scope(self) -> str:
        """Phones open what is theirs, desktops everything."""
        mobile = request.headers.get("Sec-CH-UA-Mobile") == "?1"
        return "mine" if mobile or "Mobi" in request.user_agent.string else "all"


@contextmanager
def visit() -> Iterator[Visit]:
    with reading() as connection:
        g.window = Window(connection, g.signed)
        try:
            yield Visit(g.window)
        finally:
            g.window = None


def owner_of(path: str) -> Json:
    """The entity whose pages these are. Raises NotFound."""
    found = by_path(path)
    if found is None:
        raise NotFound
    return found


def action_of(owner: Json, noun: str) -> Json:
    """The named action with this address. Raises NotFound."""
    found = next((a for a in owner["actions"] if a["noun"] == noun), None)
    if found is None:
        raise NotFound
    return found  # type: ignore[no-any-return]


def show(view: View, status: int = 200) -> Response:
    if view is None:
        raise NotFound
    return page(*view, status)


@pages.get("/")
def home() -> Response:
    return redirect("/today")  # type: ignore[return-value]


@pages.get("/today")
def today() -> Response:
    with visit() as v:
        return show(views.today_view(v.store, v.me, v.now))


@pages.get("/more")
def more() -> Response:
    with visit() as v:
        return show(views.more_view(v.store, v.me))


@pages.get("/outbox")
def outbox() -> Response:
    """Nothing waits in a browser without a worker: what is saved is saved here."""
    with visit() as v:
        with reading() as connection:
            here = devices.named(connection, v.me["id"], session=v.signed.session)
        return show(views.outbox_view(v.store, v.me | {"device": here}, v.now))


@pages.get("/problems")
def problems() -> Response:
    with visit() as v:
        return show(views.problems_view(v.store, v.me, []))


@pages.get("/conflicts")
def conflicts() -> Response:
    with visit() as v:
        return show(views.conflicts_view(v.store, v.me))


@pages.get("/conflicts/<id_>")
def conflict(id_: str) -> Response:
    with visit() as v:
        return show(views.conflict_view(v.store, v.me, id_))


@pages.get("/holding")
def holding() -> Response:
    with visit() as v:
        return show(views.holding_view(v.store, v.me, v.now, v.query))


@pages.get("/search")
def search() -> Response:
    with visit() as v:
        return show(views.search_view(v.store, v.me, v.now, v.query))


@pages.get("/settings")
def settings() -> Response:
    with visit() as v:
        return show(views.settings_view(v.store, v.me))


@pages.get("/<path>/")
def listing(path: str) -> Response:
    owner = owner_of(path)
    with visit() as v:
        if "pick" in v.query:
            return show(views.options_view(v.store, owner, v.query))
        look = views.rows_view if htmx.aims_at("rows") else views.list_view
        return show(look(v.store, v.me, v.now, owner, v.query, v.default_scope))


@pages.get("/<path>/new")
def new(path: str) -> Response:
    with visit() as v:
        return show(views.form_view(v.store, v.me, v.now, owner_of(path), None, v.query))


@pages.get("/<path>/filter")
def build(path: str) -> Response:
    """The builder of a list's conditions; when they are ready, the list."""
    owner = owner_of(path)
    with visit() as v:
        template, context = views.builder_view(v.store, v.me, owner, v.query, v.default_scope)
        if context["go"]:
            return redirect(context["go"], 303)  # type: ignore[return-value]
        return show((template, context))


@pages.get("/<path>/chosen")
def chosen(path: str) -> Response:
    """The form of what is to be done to records chosen in a list."""
    owner = owner_of(path)
    with visit() as v:
        return show(views.chosen_view(v.store, v.me, owner, v.query, v.default_scope))


@pages.get("/<path>/alike")
def alike(path: str) -> Response:
    with visit() as v:
        return show(views.alike_view(v.store, v.me, owner_of(path), v.query))


@pages.get("/<path>/revealing")
def reveal(path: str) -> Response:
    with visit() as v:
        return show(views.revealing_view(v.store, v.me, owner_of(path), v.query))


@pages.get("/<path>/<id_>")
def record(path: str, id_: str) -> Response:
    owner = owner_of(path)
    with visit() as v:
        if heir := views.heir_of(v.store, owner, id_):
            return redirect(heir, 303)  # type: ignore[return-value]
        answer = show(views.show_view(v.store, v.me, v.now, owner, id_))
        found = v.store.get(owner["type"], id_) or {}
    # A worker that does not hold the record will want the file it belongs to.
    file = found.get(owner["parent"]) if owner["parent"] else id_
    answer.headers["X-File"] = file or ""
    return answer


@pages.get("/<path>/<id_>/edit")
def edit(path: str, id_: str) -> Response:
    with visit() as v:
        return show(views.form_view(v.store, v.me, v.now, owner_of(path), id_, v.query))


@pages.get("/<path>/<id_>/<noun>")
def act(path: str, id_: str, noun: str) -> Response:
    with visit() as v:
        owner = owner_of(path)
        action = action_of(owner, noun)
        return show(views.action_view(v.store, v.me, v.now, owner, id_, action, v.query))


@pages.before_request
def _token() -> None:
    if request.method == "POST":
        expect_token()
