"""The shape of one language's words, and the little parsers that keep their files readable."""

from dataclasses import dataclass
from typing import NamedTuple


class Dial(NamedTuple):
    """Telephone numbers in E.164: `prefix` and a number n, low <= n < low + span."""

    prefix: str
    low: int
    span: int


class Place(NamedTuple):
    """A city; `postcode` is a pattern: `#` a digit, `@` a letter, empty for none."""

    city: str
    country: str
    postcode: str
    landline: Dial


class Trade(NamedTuple):
    name: str
    slug: str
    industry: str


@dataclass(frozen=True)
class Words:
    """What people and companies of one language are called, and what is written about them.

    Pairs are (native, latin). `company` and `street` are format strings with the fields
    brand, trade and street, no. `roles` is (job title, decides?). `bodies` is by outcome,
    with "" for what has none and "visit.…" for visits; `subjects` and `tasks` are by kind;
    `task_notes` are for work in the "field" and for the rest ("").
    """

    given: list[tuple[str, str]]
    family: list[tuple[str, str]]
    brands: list[tuple[str, str]]
    trades: list[Trade]
    company: list[str]
    street: str
    streets: list[str]
    places: list[Place]
    roles: list[tuple[str, bool]]
    home_roles: list[str]
    tags: list[str]
    account_notes: list[str]
    contact_notes: list[str]
    subjects: dict[str, list[str]]
    bodies: dict[str, list[str]]
    tasks: dict[str, list[str]]
    task_notes: dict[str, list[str]]


MOBILES = {
    "IL": [Dial(f"+9725{n}", 2_000_000, 7_999_999) for n in (0, 2, 3, 4)],
    "IR": [Dial(f"+98{n}", 1_000_000, 8_999_999) for n in (901, 912, 913, 915, 917, 919, 935)],
    "AE": [Dial(f"+9715{n}", 2_000_000, 7_999_999) for n in (0, 2, 4, 5, 6)],
    # Ofcom keeps these for drama: nobody answers, and strict validators know it.
    "GB": [Dial("+447700900", 100, 900)],
}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


def pairs(text: str) -> list[tuple[str, str]]:
    """Pairs from "native/latin, native/latin"."""
    found = []
    for item in text.replace("\n", " ").split(","):
        native, _, latin = item.strip().partition("/")
        found.append((native.strip(), latin.strip()))
    return found


def trades(text: str) -> list[Trade]:
    """Trades from lines of "name/slug/industry"."""
    return [Trade(*(part.strip() for part in line.split("/"))) for line in lines(text)]


def roles(text: str) -> list[tuple[str, bool]]:
    """Job titles from lines; a star marks one who decides."""
    return [(line.rstrip("* "), line.endswith("*")) for line in lines(text)]


def by_kind(text: str) -> dict[str, list[str]]:
    """Lists by kind from lines of "kind: text"; a kind of "-" is written as ""."""
    found: dict[str, list[str]] = {}
    for line in lines(text):
        kind, _, rest = line.partition(": ")
        found.setdefault("" if kind == "-" else kind, []).append(rest)
    return found
