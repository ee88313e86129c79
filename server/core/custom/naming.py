"""Which fields formulas and conditions may name."""

from __future__ import annotations

from collections.abc import Mapping

from ..field import Field

UNFIT = ("json", "picture", "longtext")  # kinds that formulas don't read


def nameable(fields: Mapping[str, Field]) -> dict[str, Field]:
    """The fields that an expression may name."""
    return {
        name: f for name, f in fields.items()
        if f.kind not in UNFIT and not f.aside and name != "deleted"
    }  # fmt: skip
