"""Who deals with whom."""

from server.demo.world import Known, Member, World

SETTLED = 40  # days; an account that old may have a past


class Reach:
    """Sellers keep to their own book; others serve customers whose language they speak."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._random = world.rng.random
        self._settled = [a for a in world.accounts if a.shape.age > SETTLED]
        self._served = {key: self._serves(member) for key, member in world.cast.items()}
        helpers = [m for m in world.cast.values() if m.person.role == "technician"]
        self._helpers = {
            lang: [m for m in helpers if lang in m.person.tongues]
            for lang in ("he", "fa", "en", "ar")
        }

    def _serves(self, member: Member) -> list[Known]:
        own = [a for a in self._settled if a.owner is member] if member.person.book else []
        if own:
            return own
        tongues = member.person.tongues
        theirs = [a for a in self._settled if a.shape.customer and a.shape.lang in tongues]
        return theirs or self._settled or self._world.accounts

    def account(self, member: Member) -> Known:
        served = self._served[member.person.key]
        return served[int(self._random() * len(served))]

    def author(self, account: Known) -> Member:
        """The owner, or now and then the technician who was there."""
        helpers = self._helpers[account.shape.lang]
        if helpers and self._random() < 0.18:
            return helpers[int(self._random() * len(helpers))]
        return account.owner

    def contact(self, account: Known) -> str | None:
        known = self._world.contacts.get(account.id)
        if not known or self._random() < 0.2:
            return None
        return known[int(self._random() ** 2 * len(known))]
