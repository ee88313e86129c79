"""The application: the one file that names every room."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from server.core import (
    db,
    erasing,
    history,
    listening,
    nearing,
    people,
    queue,
    saved_views,
    secrets,
)
from server.core.config import Settings, load
from server.core.custom import tables as custom
from server.core.i18n import _l
from server.core.registry import registry
from server.customers import entities as customers
from server.customers import holding
from server.duplicates import pages as duplicates
from server.duplicates.erasing import erase_pairs
from server.exchange.chosen import chosen
from server.exchange.erasing import erase_imported
from server.exchange.exporting import exporting
from server.exchange.importing import imports
from server.files import entities as files
from server.files import store
from server.files.downloads import downloads
from server.files.erasing import erase_files
from server.files.posting import posting
from server.files.uploads import uploads
from server.managing import managing
from server.managing.joining import joining
from server.managing.tokens import tokens
from server.messaging import disputing, forgetting, mentioning, pushing
from server.messaging import entities as messaging
from server.messaging.subscribing import subscribing
from server.privacy.pages import blueprint as privacy
from server.sync import live
from server.sync.endpoint import blueprint as sync
from server.tasks import entities as tasks
from server.tasks.noticing import tell_assignees
from server.web import auth, devices, failures, headers, htmx, keeping_views, noticing, showing
from server.web.assets import assets
from server.web.fields import blueprint as fields
from server.web.pages import pages
from server.web.rest import api
from server.webhooks import sending as webhooks
from server.webhooks.erasing import erase_messages
from server.webhooks.pages import blueprint as webhook_pages
from server.webhooks.telling import tell_webhooks

# Importing a room declares what it has
ROOMS = (
    people, history, custom, saved_views, nearing, customers, holding, messaging, forgetting,
    tasks, files,
)  # fmt: skip
ON_RECORDS = (noticing, keeping_views, showing)  # importing them adds to the pages of records
# Told of every change, inside its transaction, in this order
listening.listeners[:] = (
    tell_assignees, mentioning.tell_mentioned, disputing.tell_losers, tell_webhooks,
)
# Asked to forget what is erased
erasing.erasers[:] = (erase_files, erase_imported, erase_messages, erase_pairs)
registry.nav.insert(0, {"href": "/today", "label": _l("Today"), "icon": "sun", "key": "d"})
PAGES = (managing, joining, tokens)  # of management
MEGABYTE = 1024 * 1024
LARGEST_BODY = 8 * MEGABYTE


def create_app(settings: Settings | None = None) -> Flask:
    """An app on the settings' database, ready to serve."""
    settings = settings or load()
    app = Flask("server", static_folder="static")
    app.config.update(
        SECRET_KEY=secrets.secret_key(settings),
        LEASE_DAYS=settings.lease_days,
        API_RATE=settings.api_rate,
        LARGEST_FILE=settings.largest_file * MEGABYTE,
        NEAR_DAYS=settings.near_days,
        AFTER_DAYS=settings.after_days,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        SESSION_COOKIE_NAME="kesher",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        # It lasts as long as its row, which is not prolonged either
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    if settings.trust_proxy:
        n = settings.trust_proxy
        app.wsgi_app = ProxyFix(app.wsgi_app, n, n, n, n)  # type: ignore[method-assign]
    db.init_app(app, settings)
    store.init(app.config, settings.files_url, settings.data)
    queue.connect(settings)
    live.init_app(app, settings)
    htmx.init_app(app)
    auth.init_app(app, settings)
    failures.init_app(app)
    headers.init_app(app)
    pushing.init_app(app, settings)
    webhooks.init_app(app, settings)
    rooms = (uploads, downloads, posting, subscribing, exporting, imports, webhook_pages,
             duplicates.blueprint, chosen, privacy, *PAGES)  # fmt: skip
    for blueprint in (assets, sync, api, devices.blueprint, fields, *rooms, pages):
        app.register_blueprint(blueprint)
    return app
