"""What a client should know of its person and of the entities, sent only when it does not."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import current_app

from server.core import oneself
from server.core.identity import Signed
from server.core.narrowing import manifest_for

from .asking import Asked


def news(signed: Signed, asked: Asked, device: dict[str, str] | None) -> dict[str, Any]:
    """`manifest` and `me` where the client's versions of them are not ours."""
    found: dict[str, Any] = {}
    ours = manifest_for(signed.viewer.rights)
    if ours["version"] != asked.schema:
        found["manifest"] = ours
    person = about(signed, device)
    if person["hash"] != asked.me:
        found["me"] = person
    return found


def about(signed: Signed, device: dict[str, str] | None) -> dict[str, Any]:
    """`me` of docs/developer/design.md with the name of their device, and the hash by which a
    client says that it has it."""
    person = oneself.me(signed, current_app.config["LEASE_DAYS"]) | {"device": device}
    text = json.dumps(person, sort_keys=True)
    return person | {"hash": hashlib.sha256(text.encode()).hexdigest()[:16]}
