"""Accounts: who they are, where, and how far they have come with us."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from server.demo.chance import dialled, draw, shuffled
from server.demo.tongue import Named, Tongue
from server.demo.when import OLDEST
from server.demo.words.odd import ODD
from server.demo.world import Known, Member, Row, World


class _Standing(NamedTuple):
    relation: str
    stage: str
    weight: int


_FRESH = 45
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
    _Standing("supplier", "customer", 3),
    _Standing("partner", "customer", 2),
    _Standing("adviser", "customer", 1),
]


class Accounts:
    """Makes accounts and keeps what is known of them in the world."""

    def __init__(self, world: World, tongues: dict[str, Tongue]) -> None:
        rng = world.rng
        self._world = world
        self._tongues = tongues
        self._old = draw(rng, _OLD, [s.weight for s in _OLD])
        self._new = draw(rng, _NEW, [s.weight for s in _NEW])
        ages = [1 + int((OLDEST - 20) * rng.random() ** 1.4) for _ in range(2003)]
        self._reachable = draw(rng, [0, 1, 2], [4, 66, 30])
        self._births = draw(rng, [(age, world.calendar.on(age)) for age in ages])

    def make(self, count: int) -> Iterator[Row]:
        cast = self._world.cast.values()
        books = [book for m in cast for book in [self._book(m)] * m.person.book]
        for book in islice(shuffled(self._world.rng, books), count):
            yield "account", next(book)

    def _book(self, owner: Member) -> Iterator[dict[str, Any]]:
        """One person's accounts without end, the odd ones first."""
        person = owner.person
        for odd in ODD:
            if odd.owner == person.key:
                named = Named(odd.name, odd.slug, None)
                record = self._account(owner, person.lang, named, odd.kind == "company")
                yield record | {"phones": []} if odd.mute else record
        rng = self._world.rng
        for lang in draw(rng, [*person.tongues], [*person.tongues.values()]):
            company = rng.random() < 0.63
            tongue = self._tongues[lang]
            named = next(tongue.companies if company else tongue.people)
            yield self._account(owner, lang, named, company)

    def _account(self, owner: Member, lang: str, named: Named, company: bool) -> dict[str, Any]:
        world = self._world
        tongue = self._tongues[lang]
        name, slug, industry = named
        street, city, postcode, country, landline, mobile = next(tongue.addresses)
        age, born = next(self._births)
        relation, stage, _ = next(self._new if age < _FRESH else self._old)
        luck = world.rng.random()
        domain = f"{slug}.example" if company else ""
        account_id = born[1] + next(world.tails)
        customer = relation == "customer" and stage != "lost"
        world.accounts.append(Known(account_id, owner, lang, age, born, customer, domain, mobile))
        dials = (landline, mobile) if company else (mobile, landline)
        mailbox = f"info@{domain}" if company else f"{slug}@post.example"
        return {
            "id": account_id,
            "name": name,
            "kind": "company" if company else "person",
            "relation": relation,
            "number": None,
            "phones": [dialled(world.rng, dial) for dial in dials[: next(self._reachable)]],
            "email": mailbox if luck < 0.8 else None,
            "website": f"https://www.{domain}" if company and luck < 0.6 else None,
            "street": street,
            "city": city,
            "postcode": postcode,
            "country": country,
            "tags": [*next(tongue.tags)],
            "notes": next(tongue.account_notes),
            "stage": stage,
            "industry": industry,
            "owner": owner.id,
            "team": owner.team,
            "created_at": born[0],
            "created_by": owner.id,
        }
