"""How gunicorn serves: read by `gunicorn --config`, values from our settings."""

from __future__ import annotations

import gc
import threading
from typing import Any

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from server.core.config import load
from server.core.ending import ending

settings = load()
# New things between two looks for garbage. A long push or a page makes thousands that are none, and
# with the usual 700 the collector looks at them dozens of times.
GARBAGE = 50_000


class Worker(ThreadWorker):  # type: ignore[misc]
    """Requests take turns as if the threads of streams were not there; streams end when we do."""

    turns = threading.BoundedSemaphore(settings.threads)

    def handle_request(self, req: Any, conn: Any) -> Any:
        if req.path == "/live":
            return super().handle_request(req, conn)
        with self.turns:
            return super().handle_request(req, conn)

    def handle_exit(self, sig: int, frame: Any) -> None:
        ending.set()
        super().handle_exit(sig, frame)

    def handle_quit(self, sig: int, frame: Any) -> None:
        ending.set()
        super().handle_quit(sig, frame)


wsgi_app = "server.app:create_app()"
bind = f"{settings.host}:{settings.port}"
workers = settings.workers
worker_class = Worker
threads = settings.threads + settings.streams
worker_connections = 1000 + settings.streams
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
    """The one line that everybody waits for. What has been loaded by now stays for good: looking
    through it for garbage would hold up a request for as long as a long push takes."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)
    address = settings.public_url or f"http://{settings.shown_host}:{settings.port}"
    print(f"Kesher is at {address}", flush=True)


def post_fork(server: Any, _worker: Any) -> None:
    """A database connection opened while loading must not be shared by processes."""
    if preload_app:
        from server.core.db import db

        with server.app.wsgi().app_context():
            db.engine.dispose(close=False)
