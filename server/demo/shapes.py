"""What accounts have in common, drawn beforehand: where they are and how far they have come."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from server.demo.chance import draw, pick, some
from server.demo.tongue import Address, Tongue
from server.demo.when import OLDEST
from server.demo.world import Shape, World

_POOL = 400
_FRESH = 45  # days


class _Standing(NamedTuple):
    relation: str
    stage: str
    weight: int


_NEW = [
    _Standing("prospect", "first_contact", 4),
    _Standing("prospect", "lead", 5),
    _Standing("prospect", "prospect", 3),
    _Standing("customer", "customer", 1),
]
_OLD = [
    _Standing("customer", "customer", 44),
    _Standing("customer", "loyal", 18),
    _Standing("customer", "at_risk", 8),
    _Standing("customer", "won_back", 3),
    _Standing("customer", "lost", 5),
    _Standing("prospect", "lead", 4),
    _Standing("prospect", "prospect", 9),
    _Standing("prospect", "lost", 3),
    _Standing("supplier", "customer", 4),
    _Standing("partner", "customer", 3),
    _Standing("adviser", "customer", 3),
]


class Shapes:
    def __init__(self, world: World) -> None:
        self._world = world
        self._old = draw(world.rng, _OLD, [s.weight for s in _OLD])
        self._new = draw(world.rng, _NEW, [s.weight for s in _NEW])
        self._phones = draw(world.rng, [0, 1, 2], [4, 66, 30])

    def of(self, tongue: Tongue, kind: str) -> Iterator[Shape]:
        return draw(self._world.rng, [self._shape(tongue, kind) for _ in range(_POOL)])

    def _shape(self, tongue: Tongue, kind: str) -> Shape:
        rng = self._world.rng
        address = tongue.address(rng)
        age = 1 + int((OLDEST - 20) * rng.random() ** 1.4)
        born = self._world.calendar.on(age)
        standing = next(self._new if age < _FRESH else self._old)
        dials = [address.landline, address.mobile]
        if kind == "person":
            dials.reverse()
        words = tongue.words
        notes = pick(rng, words.account_notes) if rng.random() < 0.5 else None
        record = _record(kind, address, standing, some(rng, words.tags, 3), notes)
        record["created_at"] = born[0]
        customer = standing.relation == "customer" and standing.stage != "lost"
        reached = dials[: next(self._phones)]
        return Shape(record, tongue.lang, age, born, customer, reached, address.mobile)


def _record(
    kind: str, address: Address, standing: _Standing, tags: list[str], notes: str | None
) -> dict[str, Any]:
    """Every field in its order; what differs from account to account is still empty."""
    return {
        "id": None,
        "name": None,
        "kind": kind,
        "relation": standing.relation,
        "number": None,
        "phones": [],
        "email": None,
        "website": None,
        "street": address.street,
        "city": address.city,
        "postcode": address.postcode,
        "country": address.country,
        "tags": tags,
        "notes": notes,
        "stage": standing.stage,
        "industry": None,
        "owner": None,
        "team": None,
        "created_at": None,
        "created_by": None,
    }
