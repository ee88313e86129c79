"""Contacts: the people of an account."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from server.demo.chance import dialled, draw, stroll
from server.demo.tongue import Tongue
from server.demo.world import Known, Row, World

_CHANNELS = {"phone": 40, "whatsapp": 35, "mail": 15, "sms": 6, "visit": 4}


class Contacts:
    def __init__(self, world: World, tongues: dict[str, Tongue]) -> None:
        rng = world.rng
        self._world = world
        self._tongues = tongues
        self._reachable = draw(rng, [True, False], [92, 8])
        self._channels = draw(rng, [*_CHANNELS], [*_CHANNELS.values()])
        today = world.calendar.now.date()
        ages = range(21 * 365, 72 * 365)
        days = [(today - timedelta(days=rng.choice(ages))).isoformat() for _ in range(499)]
        self._birthdays = draw(rng, [*days, *[None] * 600])

    def make(self, count: int) -> Iterator[Row]:
        for account in islice(self._whose(), count):
            yield "contact", self._contact(account)

    def _whose(self) -> Iterator[Known]:
        """Up to three for a company and one for a person, before anybody gets more."""
        accounts = self._world.accounts
        for visit in stroll(self._world.rng, 3 * len(accounts)):
            turn, index = divmod(visit, len(accounts))
            if accounts[index].domain or not turn:
                yield accounts[index]

    def _contact(self, account: Known) -> dict[str, Any]:
        world = self._world
        rng = world.rng
        account_id, owner, domain, shape = account
        lang = shape.lang
        tongue = self._tongues[lang]
        name, slug, _ = next(tongue.people)
        role, decides = next(tongue.roles if domain else tongue.home_roles)
        luck = rng.random()
        made = max(shape.born, world.calendar.on(int(shape.age * luck)))
        contact_id = made[1] + next(world.tails)
        world.contacts.setdefault(account_id, []).append(contact_id)
        return {
            "id": contact_id,
            "account": account_id,
            "name": name,
            "role": role,
            "decision_maker": decides,
            "phones": [dialled(rng, shape.mobile)] if next(self._reachable) else [],
            "email": f"{slug}@{domain or 'post.example'}" if luck < 0.7 else None,
            "birthday": next(self._birthdays),
            "lang": lang,
            "preferred_channel": next(self._channels),
            "notes": next(tongue.contact_notes),
            "owner": owner.id,
            "team": owner.team,
            "created_at": made[0],
            "created_by": owner.id,
        }
