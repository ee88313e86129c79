"""`look` of server/sync/PROTOCOL.md: that somebody was shown what stands in a sensitive field. It
changes nothing; what is wanted is its row in the ledger, which the audit log reads."""

from __future__ import annotations

from .batch import Batch
from .errors import Refused
from .merge import OK, Outcome
from .operations import Operation
from .rights import MASKED
from .sights import sight
from .work import Work


def look(batch: Batch, op: Operation, work: Work) -> Outcome:
    """Raises Refused; that too is logged."""
    spec, rights = work.entity.fields.get(op.field or ""), batch.viewer.rights
    if spec is None or op.field in rights.hidden(work.entity.type):
        raise Refused("unknown_field", (op.field or "")[:80])
    if spec.sensitive and sight(rights, work.entity, spec) == MASKED:
        raise Refused("forbidden", spec.name)
    return OK
