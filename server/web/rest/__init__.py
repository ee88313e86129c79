"""The API for programs: every entity of the registry under /api/v1, see openapi.py."""

from __future__ import annotations

from . import bulk, describing, records
from .base import api

__all__ = ["api", "bulk", "describing", "records"]
