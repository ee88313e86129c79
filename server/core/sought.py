"""Search texts that are about to be made anew: until they are, they may have words of what has
become sensitive, and nothing may be found by those alone."""

from __future__ import annotations

from sqlalchemy import Connection, select

from .entity import Entity
from .jobs import FAILED, RUNNING, WAITING, Job

SEARCH = "index-search"


def is_behind(connection: Connection, org: int, entity: Entity) -> bool:
    """Has an entity a sensitive field that search texts may still know? A job that failed leaves
    them as they were."""
    if not any(field.search for field in entity.sensitive):
        return False
    mine = (Job.status.in_((WAITING, RUNNING, FAILED)), Job.kind == SEARCH, Job.org == org)
    found = connection.execute(select(Job.args).where(*mine)).scalars()
    return any(args["of"] == entity.type for args in found)
