"""Phone numbers: read as people type them, kept as E.164, shown in the person's own form.

`table()` is made from the metadata of the phonenumbers library and handed to pwa/views/phones.js,
so that both sides know the same countries. A number is accepted when its length is possible.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat

from server.core.text import fold

_E164 = re.compile(r"\+[1-9][0-9]{4,14}")
_SEPARATORS = re.compile("[ ()./-]")


@dataclass(frozen=True)
class Plan:
    """A calling code's numbering plan; `groups` maps a national length to the sizes written."""

    code: str
    regions: list[str]
    trunk: str
    trunk_shown: bool
    mobile: int
    lengths: set[int]
    groups: dict[int, list[int]]


@lru_cache(maxsize=1)
def table() -> dict[str, str]:
    """JSON for the phone: calling code → 'IL,… trunk mobile-length lengths groups…'.

    The trunk is '-' for none and in brackets where people don't write it; lengths are ranges
    ('7-9,11'); groups are digits ('1333'), left out where they are the usual n-3-4.
    """
    return {str(code): _row(code, regions)
            for code, regions in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items())}


def _row(code: int, regions: tuple[str, ...]) -> str:
    world = regions[0] == "001"
    known: Any = PhoneMetadata
    of_region, of_code = known.metadata_for_region, known.metadata_for_nongeo_region
    about = of_code(code) if world else of_region(regions[0])
    lengths = [n for n in about.general_desc.possible_length if n > 0]
    kinds = [kind for kind in (about.mobile, about.fixed_line) if kind and kind.example_number]
    written = _written(code, [kind.example_number for kind in kinds])
    mobile = max(kinds[0].possible_length) if kinds else max(lengths)
    fields = [",".join(regions), _trunk(about.national_prefix, code, kinds), str(mobile)]
    return " ".join([*fields, _ranges(lengths), *written])


def _trunk(trunk: str | None, code: int, kinds: list[Any]) -> str:
    if not trunk or not kinds:
        return trunk or "-"
    number = _number(code, kinds[0].example_number)
    shown = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    return trunk if re.sub("[^0-9]", "", shown).startswith(trunk) else f"({trunk})"


def _number(code: int, national: str) -> phonenumbers.PhoneNumber:
    return phonenumbers.parse(f"+{code}{national}", None)


def _written(code: int, examples: list[str]) -> list[str]:
    groups: dict[int, str] = {}
    for example in reversed(examples):  # the mobile form, first of them, wins its length
        shown = phonenumbers.format_number(_number(code, example), PhoneNumberFormat.INTERNATIONAL)
        sizes = [len(part) for part in re.split("[ -]", shown)[1:]]
        known = sum(sizes) == len(example) and max(sizes) < 10 and sizes != _usual(len(example))
        groups[len(example)] = "".join(map(str, sizes)) if known else ""
    return [group for group in groups.values() if group]


def _ranges(lengths: list[int]) -> str:
    starts = [n for n in lengths if n - 1 not in lengths]
    ends = [n for n in lengths if n + 1 not in lengths]
    return ",".join(f"{a}-{b}" if b > a else str(a) for a, b in zip(starts, ends, strict=True))


def _usual(length: int) -> list[int]:
    if length > 7:
        return [length - 7, 3, 4]
    return {7: [3, 4], 6: [3, 3]}.get(length, [length])


@lru_cache(maxsize=1)
def _plans() -> dict[str, Plan]:
    return {code: _plan(code, row.split(" ")) for code, row in table().items()}


def _plan(code: str, row: list[str]) -> Plan:
    regions, trunk, mobile, lengths, *groups = row
    known = [[int(n) for n in part.split("-")] for part in lengths.split(",")]
    sizes = [[int(size) for size in group] for group in groups]
    return Plan(
        code, regions.split(","), trunk.strip("-()"), trunk[0] not in "-(", int(mobile),
        {n for part in known for n in range(part[0], part[-1] + 1)}, {sum(s): s for s in sizes},
    )


@lru_cache(maxsize=256)
def _home(region: str | None) -> Plan | None:
    return next((plan for plan in _plans().values() if region in plan.regions), None)


def normalise(text: str | None, region: str | None) -> str | None:
    """E.164, or None for what is no phone number; `region` (ISO, e.g. IL) reads national forms."""
    typed = fold(text).removeprefix("tel:")
    if typed.startswith(("+", "00", "(+")):
        typed = typed.replace("(0)", "")
    number = _SEPARATORS.sub("", typed)
    if not re.fullmatch(r"\+?[0-9]+", number):
        return None
    if number.startswith("+"):
        return _international(number[1:])
    home = _home(region)
    if number.startswith("00"):
        return _international(number[2:])
    if not home:
        return None
    if home.code == "1" and number.startswith("011"):
        return _international(number[3:])
    bare = number.startswith(home.code) and len(number) > home.mobile
    return (bare and _international(number)) or _whole(home, number) or None


def _international(number: str) -> str | None:
    plan = _plan_of(number)
    return _whole(plan, number[len(plan.code) :]) if plan else None


def _plan_of(number: str) -> Plan | None:
    plans = _plans()
    return plans.get(number[:1]) or plans.get(number[:2]) or plans.get(number[:3])


def _whole(plan: Plan, national: str) -> str | None:
    """Where the trunk prefix is 0 no number begins with it; others may (Russia's 8 800 …)."""
    rest = national[len(plan.trunk) :]
    prefixed = plan.trunk and national.startswith(plan.trunk) and len(rest) in plan.lengths
    if prefixed and (plan.trunk == "0" or len(national) not in plan.lengths):
        national = rest
    fits = len(national) in plan.lengths and len(plan.code + national) <= 15
    return f"+{plan.code}{national}" if fits else None


def show(e164: str | None, region: str | None) -> str:
    """052-123-4567 to a person of its own country, +972 52 123 4567 to others."""
    plan = _plan_of(e164[1:]) if e164 and _E164.fullmatch(e164) else None
    if not e164 or not plan:
        return e164 or ""
    rest = e164[1 + len(plan.code) :]
    at_home = plan is _home(region) and len(rest) <= plan.mobile
    lead = plan.trunk if at_home and plan.trunk_shown else ""
    groups = []
    for size in plan.groups.get(len(rest)) or _usual(len(rest)):
        groups.append(rest[:size])
        rest = rest[size:]
    return lead + "-".join(groups) if at_home else " ".join([f"+{plan.code}", *groups])


def tel(e164: str | None) -> str:
    """The address of a link that calls; empty for what cannot be dialled."""
    number = re.sub("[^0-9+*#]", "", fold(e164))
    return f"tel:{number}" if number else ""


def search_forms(number: str | None, region: str | None) -> str:
    """Its digits as dialled from abroad and at home, for search text; any digits if unreadable."""
    e164 = number if number and _E164.fullmatch(number) else normalise(number, region)
    if not e164:
        return re.sub("[^0-9]", "", fold(number))
    plan = _plan_of(e164[1:])
    home = plan.trunk + e164[1 + len(plan.code) :] if plan else ""
    return e164[1:] if e164.endswith(home) else f"{e164[1:]} {home}"
