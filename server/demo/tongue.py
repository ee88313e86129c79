"""Endless names, places and remarks of one language."""

from collections.abc import Iterator
from itertools import count
from random import Random
from typing import NamedTuple

from server.demo.chance import draw, pattern, pick, shuffled
from server.demo.names import MOBILES, Dial, Place
from server.demo.words import WORDS


class Address(NamedTuple):
    street: str
    city: str
    postcode: str | None
    country: str
    landline: Dial
    mobile: Dial


class Named(NamedTuple):
    """A name with its Latin form for addresses on the net; `industry` of companies only."""

    name: str
    slug: str
    industry: str | None


class Tongue:
    def __init__(self, rng: Random, lang: str) -> None:
        self.lang = lang
        words = self.words = WORDS[lang]
        self.companies = self._companies(rng)
        self.people = self._people(rng)
        self.roles = draw(rng, words.roles)
        self.home_roles = draw(rng, [(role, False) for role in words.home_roles])
        self.contact_notes = draw(rng, [*words.contact_notes, *[None] * 8])

    def _companies(self, rng: Random) -> Iterator[Named]:
        """Each name once; from the second round on, a branch is told by its city and number."""
        words = self.words
        known = [
            Named(
                pick(rng, words.company).format(brand=brand, trade=trade.name),
                f"{latin}-{trade.slug}",
                trade.industry,
            )
            for brand, latin in words.brands
            for trade in words.trades
        ]
        rng.shuffle(known)
        yield from known
        for turn in count(2):
            city = pick(rng, words.places).city
            for name, slug, industry in known:
                yield Named(f"{name} - {city} {turn}", f"{slug}{turn}", industry)

    def _people(self, rng: Random) -> Iterator[Named]:
        return shuffled(
            rng,
            [
                Named(f"{given} {family}", f"{first}.{last}", None)
                for given, first in self.words.given
                for family, last in self.words.family
            ],
        )

    def address(self, rng: Random) -> Address:
        place: Place = pick(rng, self.words.places)
        street = self.words.street.format(
            street=pick(rng, self.words.streets), no=1 + int(rng.random() ** 2 * 140)
        )
        mobile = pick(rng, MOBILES[place.country])
        postcode = pattern(rng, place.postcode)
        return Address(street, place.city, postcode, place.country, place.landline, mobile)
