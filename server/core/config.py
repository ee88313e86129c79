"""Every setting, declared once: its environment variable, its default and what it is for."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
YES, NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


class BadSetting(ValueError):
    """A setting's text could not be read; says which, and what was expected."""


def _boolean(text: str) -> bool:
    word = text.strip().lower()
    if word not in YES | NO:
        raise ValueError("expected yes or no")
    return word in YES


def _path(text: str) -> Path:
    return Path(text).expanduser().resolve()


def named_driver(text: str) -> str:
    """Hosting services write postgres://; SQLAlchemy wants the driver named."""
    scheme, colon, rest = text.partition("://")
    if scheme in {"postgres", "postgresql"}:
        scheme = "postgresql+psycopg"
    return scheme + colon + rest


def _hosts(text: str) -> tuple[str, ...]:
    return tuple(part.strip().lower().rstrip("/") for part in text.split(",") if part.strip())


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("expected a number from 1")
    return number


def _from_zero(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError("expected a number from 0")
    return number


def _days(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 366:
        raise ValueError("expected a number of days from 0 to 366")
    return number


def setting(env: str, default: str, help: str, read: Callable[[str], Any] = str) -> Any:
    """Declare one setting; `default` is text, as it would stand in the environment."""
    return field(metadata={"env": env, "default": default, "help": help, "read": read})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the environment says. `load()` makes it; nothing else reads the environment."""

    data: Path = setting(
        "KESHER_DATA", "data", "Folder of the database, keys and everything else to keep.", _path
    )
    database_url: str = setting(
        "DATABASE_URL",
        "",
        "SQLite or PostgreSQL; if empty, `kesher.db` in the folder.",
        named_driver,
    )
    secret: str = setting(
        "KESHER_SECRET_KEY", "", "Signs cookies; if empty, a file made in the folder."
    )
    host: str = setting("KESHER_HOST", "127.0.0.1", "Address to listen on.")
    port: int = setting("KESHER_PORT", "8000", "Port to listen on.", _positive)
    public_url: str = setting(
        "KESHER_PUBLIC_URL", "", "Address people use, such as `https://crm.example.org`."
    )
    trust_proxy: int = setting(
        "KESHER_TRUST_PROXY", "0", "How many proxies in front may set X-Forwarded headers.", int
    )
    workers: int = setting("KESHER_WORKERS", "2", "Web processes.", _positive)
    threads: int = setting("KESHER_THREADS", "8", "Threads of each web process.", _positive)
    streams: int = setting(
        "KESHER_STREAMS",
        "100",
        "Open streams of live updates of each web process; who finds none free asks now and then.",
        _from_zero,
    )
    streams_each: int = setting(
        "KESHER_STREAMS_EACH",
        "5",
        "How many of these one person may have; the oldest gives way.",
        _positive,
    )
    beat: int = setting(
        "KESHER_BEAT",
        "20",
        "Seconds between signs of life on a stream: less than proxies let a connection be silent.",
        _positive,
    )
    job_threads: int = setting("KESHER_JOB_THREADS", "2", "Jobs carried out at once.", _positive)
    lease_days: int = setting(
        "KESHER_LEASE_DAYS",
        "14",
        "Days that a phone shows what it holds without having reached the server.",
        _positive,
    )
    files_url: str = setting(
        "KESHER_FILES", "", "Where files are kept, such as `s3://bucket`; if empty, the folder."
    )
    largest_file: int = setting(
        "KESHER_LARGEST_FILE", "2048", "Largest file that is taken, in megabytes.", _positive
    )
    near_days: int = setting(
        "KESHER_NEAR_DAYS",
        "7",
        "Days ahead in which work that is due brings its customer's file to a phone.",
        _days,
    )
    after_days: int = setting(
        "KESHER_AFTER_DAYS",
        "3",
        "Days that the file stays on the phone after the work was done.",
        _days,
    )
    rate_limits: str = setting(
        "KESHER_RATE_LIMITS",
        "memory://",
        "Where request counts are kept; `memory://` counts in each process by itself.",
    )
    api_rate: str = setting(
        "KESHER_API_RATE", "600/minute", "How often one program may ask the API, e.g. `10/second`."
    )
    push_contact: str = setting(
        "KESHER_PUSH_CONTACT",
        "",
        "E-mail address given to push services, for complaints; if empty, an administrator's.",
    )
    push_services: tuple[str, ...] = setting(
        "KESHER_PUSH_SERVICES",
        "fcm.googleapis.com, push.services.mozilla.com, push.apple.com, notify.windows.com",
        "Hosts, with those below them, to which notifications may be sent.",
        _hosts,
    )
    webhooks_inside: tuple[str, ...] = setting(
        "KESHER_WEBHOOKS_INSIDE",
        "",
        "Origins inside your network that webhooks may name, such as `http://erp.inside:8080`.",
        _hosts,
    )
    log_level: str = setting("KESHER_LOG_LEVEL", "info", "debug, info, warning or error.")
    debug: bool = setting("KESHER_DEBUG", "no", "Reload on changes; never for real use.", _boolean)

    @property
    def shown_host(self) -> str:
        """The host to print: everybody's addresses are reached as localhost from here."""
        return "localhost" if self.host in {"127.0.0.1", "0.0.0.0", "::"} else self.host  # noqa: S104

    @property
    def secure(self) -> bool:
        """Whether people come over https, so that cookies must be Secure."""
        return self.public_url.startswith("https://")


def declared() -> list[Field[Any]]:
    """The settings in the order of the documentation."""
    return list(fields(Settings))


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. Raises BadSetting with a sentence for the administrator."""
    environ = os.environ if environ is None else environ
    values = {item.name: _value(item, environ) for item in declared()}
    values["database_url"] = values["database_url"] or f"sqlite:///{values['data'] / 'kesher.db'}"
    return Settings(**values)


def _value(item: Field[Any], environ: Mapping[str, str]) -> Any:
    env, default, read = (item.metadata[name] for name in ("env", "default", "read"))
    try:
        return read(environ.get(env) or default)
    except ValueError as error:
        raise BadSetting(f"{env}={environ.get(env)!r} cannot be read: {error}") from error
