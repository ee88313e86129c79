"""Pages of whoever manages people: people, roles, teams and branches, and what was done by whom.
Made at the server alone: a phone says that they need a connection."""

from __future__ import annotations

from . import auditing, people, rights, roles, structure
from .base import managing

__all__ = ["auditing", "managing", "people", "rights", "roles", "structure"]
