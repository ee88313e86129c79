"""Accounts, in the book of the person who looks after them."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from server.demo.chance import draw, shuffled
from server.demo.shapes import Shapes
from server.demo.tongue import Named, Tongue
from server.demo.words.odd import ODD
from server.demo.world import Known, Member, Row, Shape, World

COMPANIES = 0.63


class Accounts:
    """Makes accounts and keeps what is known of them in the world."""

    def __init__(self, world: World, tongues: dict[str, Tongue]) -> None:
        self._world = world
        self._tongues = tongues
        self._random = world.rng.random
        shapes = Shapes(world)
        self._companies = {lang: shapes.of(tongue, "company") for lang, tongue in tongues.items()}
        self._persons = {lang: shapes.of(tongue, "person") for lang, tongue in tongues.items()}

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
                make = self._company if odd.kind == "company" else self._person
                record = make(owner, person.lang, Named(odd.name, odd.slug, None))
                yield record | {"phones": []} if odd.mute else record
        for lang in draw(self._world.rng, [*person.tongues], [*person.tongues.values()]):
            if self._random() < COMPANIES:
                yield self._company(owner, lang, next(self._tongues[lang].companies))
            else:
                yield self._person(owner, lang, next(self._tongues[lang].people))

    def _company(self, owner: Member, lang: str, named: Named) -> dict[str, Any]:
        name, slug, industry = named
        domain = f"{slug}.example"
        record = self._account(owner, next(self._companies[lang]), domain)
        luck = self._random()
        record["name"] = name
        record["industry"] = industry
        record["email"] = f"info@{domain}" if luck < 0.8 else None
        record["website"] = f"https://www.{domain}" if luck < 0.6 else None
        return record

    def _person(self, owner: Member, lang: str, named: Named) -> dict[str, Any]:
        record = self._account(owner, next(self._persons[lang]), "")
        record["name"] = named.name
        record["email"] = f"{named.slug}@post.example" if self._random() < 0.6 else None
        return record

    def _account(self, owner: Member, shape: Shape, domain: str) -> dict[str, Any]:
        luck = self._random
        account_id = shape.born[1] + next(self._world.tails)
        self._world.accounts.append(Known(account_id, owner, domain, shape))
        record = shape.record.copy()
        record["id"] = account_id
        record["phones"] = [start + str(low + int(luck() * n)) for start, low, n in shape.dials]
        record["tags"] = record["tags"].copy()
        record["owner"] = record["created_by"] = owner.id
        record["team"] = owner.team
        return record
