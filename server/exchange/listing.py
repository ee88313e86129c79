"""The list that a person looks at, as it is asked of the database."""

from __future__ import annotations

from typing import Any

from server.core.reading import Asked
from server.web.pages import Visit
from server.web.views import asking
from server.web.views.manifest import Json


def listed(v: Visit, owner: Json) -> tuple[Asked, bool]:
    """What is asked for, and whether only of what the person's phone holds."""
    asked = asking.read(owner, v.me, v.query, v.default_scope)
    to: Any = asking.to_store(owner, asked, 0, v.me, v.now)
    name, direction = to["sort"]
    wanted = Asked(to["words"], to["filters"], name, direction == "desc", where=to["where"])
    return wanted, asked["scope"] == "mine"
