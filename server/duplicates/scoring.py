"""How sure it is that two records are about the same one, and why: by what they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.core.entity import Entity
from server.core.likeness import words_alike
from server.core.skeleton import name_words
from server.core.text import fold

WEIGHTS = {"phone": 60, "phones": 60, "email": 70}  # percent that one value shared is worth
SOLE = 80  # the same of a field where the organisation wants to be warned of that
SPELLED = ((95, 60), (85, 45), (75, 30))  # names alike by so much are worth so much
PLACE = 20  # the same place, or the same account; to those whose names are alike
COMMON = 5  # records of one name, from which on the name says half as much
OTHER = 70  # percent that is left of it where the names are not alike
DIFFERENT = 85  # and where both have a phone or an address, but not the same
LEAST = 55
Why = list[list[Any]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of a record: the words of its name; values by field, folded, as sets."""

    id: str
    words: list[str]
    values: dict[str, frozenset[str]]
    places: dict[str, str]


class Scorer:
    """Of one kind of record. `telling`: fields of which one value belongs to one person or company;
    `placing`: fields whose value many share, but fewer than all (the account, the city)."""

    def __init__(self, entity: Entity) -> None:
        self.title = entity.title
        fields = entity.fields.values()
        self.telling = [f for f in fields if f.kind in WEIGHTS or f.sole]
        named = [entity.parent] if entity.parent else []
        named += [name for name in entity.filters if entity.fields[name].kind == "text"]
        self.placing = [entity.fields[name] for name in named]

    def known(self, id_: str, doc: dict[str, Any]) -> Known:
        values = {f.name: frozenset(_folded(doc[f.name])) for f in self.telling}
        places = {f.name: fold(doc[f.name]) for f in self.placing if doc[f.name]}
        return Known(id_, name_words(doc[self.title]), values, places)

    def score(self, one: Known, other: Known, alike: int = 1) -> tuple[int, Why]:
        """Percent, and why: [what, label of the field, percent or None]. `alike`: how many records
        sound like these two."""
        doubt, why = 100, list[list[Any]]()
        for field in self.telling:
            if one.values[field.name] & other.values[field.name]:
                doubt = doubt * (100 - (SOLE if field.sole else WEIGHTS[field.kind])) // 100
                why.append(["same", field.label, None])
        named = words_alike(one.words, other.words)
        worth = next((worth for least, worth in SPELLED if named >= least), 0)
        if not worth:
            return (100 - doubt) * OTHER // 100, why
        doubt = doubt * (100 - (worth // 2 if alike > COMMON else worth)) // 100
        why.append(["name", None, named])
        for field in self.placing:
            place = one.places.get(field.name)
            if place and place == other.places.get(field.name):
                doubt = doubt * (100 - PLACE) // 100
                why.append(["same", field.label, None])
        return ((100 - doubt) * DIFFERENT // 100 if _differ(one, other) else 100 - doubt), why


def _folded(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [fold(str(one)) for one in values if one not in (None, "")]


def _differ(one: Known, other: Known) -> bool:
    """Each has what would tell that they are the same, and it does not."""
    both = [(mine, other.values[name]) for name, mine in one.values.items()
            if mine and other.values[name]]  # fmt: skip
    return bool(both) and not any(mine & theirs for mine, theirs in both)
