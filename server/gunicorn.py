"""How gunicorn serves: read by `gunicorn --config`, values from our settings."""

from __future__ import annotations

from typing import Any

from server.core.config import load

settings = load()

wsgi_app = "server.app:create_app()"
bind = f"{settings.host}:{settings.port}"
workers = settings.workers
worker_class = "gthread"
threads = settings.threads
# One import for all workers: a faster start and shared memory. Reloading needs one each.
preload_app = not settings.debug
reload = settings.debug
# Otherwise servers of one user meet at one socket in the home folder.
control_socket_disable = True
timeout = 60
graceful_timeout = 20
keepalive = 5
# Who may say that a request came by https: nobody, unless proxies are declared.
forwarded_allow_ips = "*" if settings.trust_proxy else ""
loglevel = settings.log_level
errorlog = "-"
proc_name = "kesher"


def when_ready(_server: Any) -> None:
    """The one line that everybody waits for."""
    address = settings.public_url or f"http://{settings.shown_host}:{settings.port}"
    print(f"Kesher is at {address}", flush=True)


def post_fork(server: Any, _worker: Any) -> None:
    """A database connection opened while loading must not be shared by processes."""
    if preload_app:
        from server.core.db import db

        with server.app.wsgi().app_context():
            db.engine.dispose(close=False)
