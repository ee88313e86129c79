"""Where administrators make fields and kinds of record; pages of the server alone."""

from . import kinds, layouts, links, marks, pages  # noqa: F401  (their routes)
from .base import blueprint

__all__ = ["blueprint"]
