"""The filters of our templates. pwa/views/filters.js gives equal strings for the worker.

They read the person's settings from `fmt` in the context: {lang, zone, calendar, region, now}.
Each returns plain text, '' for None; what is no date, number or phone is shown as it is.
"""

import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, Undefined, pass_context
from jinja2.runtime import Context

from server.core import calendars, money, phones, skeleton, text
from server.core.almanac import language
from server.core.i18n import comma, direction
from server.core.money import GROUP, POINT
from server.core.zones import instant_of

DEFAULT = {"lang": "en", "zone": "UTC", "calendar": None, "region": None, "now": ""}
# Scripts whose letters would join, and those where one sign says enough.
JOINING = [(0x600, 0x780), (0x870, 0x900)]
UNMARKED = [(0x590, 0x780), (0x870, 0x900)]
DENSE = [(0x1100, 0x1200), (0x3040, 0xA000), (0xAC00, 0xD7A4), (0x20000, 0x32000)]

Fmt = Mapping[str, Any]
Words = Callable[..., str]


def tables() -> dict[str, Any]:
    """JSON for the phone, once at build: what `configure` of pwa/views/filters.js takes."""
    return {"text": text.table(), "phones": phones.table(), "names": skeleton.table(),
            "almanac": calendars.table(), "money": money.table()}  # fmt: skip


def register(env: Environment) -> None:
    """Give the environment our filters."""
    for name, show in SHOWN.items():
        env.filters[name] = _with_fmt(show)
    env.filters |= {"ago": _ago, "duration": _duration, "size": _size, "tel": _plain(phones.tel),
                    "initials": _plain(initials), "dir": _plain(direction),
                    "comma": _plain(comma)}


def _nothing(value: Any) -> bool:
    return value is None or value == "" or isinstance(value, Undefined)


def _plain(show: Callable[[str], str]) -> Callable[[Any], str]:
    return lambda value: "" if _nothing(value) else show(str(value))


def _with_fmt(show: Callable[..., str]) -> Callable[..., str]:
    @pass_context
    def shown(context: Context, value: Any, *args: Any, **named: Any) -> str:
        return "" if _nothing(value) else show(value, _fmt(context), *args, **named)

    return shown


def _fmt(context: Context) -> Fmt:
    return context.get("fmt") or DEFAULT


def _words(context: Context) -> tuple[Words, Words]:
    """gettext and ngettext of the templates, leaving %(num)s for us to fill in our digits."""

    def gettext(message: str) -> str:
        shown: Any = context.environment.globals["gettext"]
        return str(context.call(shown, message))

    def ngettext(one: str, many: str, n: int) -> str:
        shown: Any = context.environment.globals["ngettext"]
        return str(context.call(shown, one, many, n, num="%(num)s"))

    return gettext, ngettext


@pass_context
def _ago(context: Context, value: Any) -> str:
    fmt = _fmt(context)
    return "" if _nothing(value) else calendars.ago(value, fmt["now"], fmt, *_words(context))


@pass_context
def _duration(context: Context, value: Any) -> str:
    return "" if _nothing(value) else duration(int(value), _fmt(context), _words(context)[1])


@pass_context
def _size(context: Context, value: Any) -> str:
    return "" if _nothing(value) else size(int(value), _fmt(context), _words(context)[0])


def date(value: str, fmt: Fmt, style: str = "short") -> str:
    """A date, or the date of an instant on the person's clock."""
    on = calendars.today(value, fmt["zone"]) if instant_of(value) else value
    return calendars.show_date(on, fmt, style)


def day(value: str, fmt: Fmt) -> str:
    """Weekday and date."""
    return date(value, fmt, "weekday")


def number(value: Any, fmt: Fmt) -> str:
    """Grouped by thousands, with up to six decimals."""
    lang = language(fmt)
    if not isinstance(value, (int, float)):
        return calendars.localise(str(value), lang)
    whole, _, part = f"{abs(value):.6f}".rstrip("0").partition(".")
    if isinstance(value, int):  # of any size
        whole, part = str(abs(value)), ""
    grouped = f"{int(whole):,}".replace(",", GROUP.get(lang, ","))
    shown = f"{grouped}{POINT.get(lang, '.')}{part}" if part else grouped
    return _minus(value, fmt) + calendars.localise(shown, lang)


def _minus(value: float, fmt: Fmt) -> str:
    """In a text from right to left, a mark keeps the sign at the left of its number."""
    if value >= 0:
        return ""
    return "\u200e-" if direction(language(fmt)) == "rtl" else "-"


def digits(value: Any, fmt: Fmt) -> str:
    return calendars.localise(str(value), language(fmt))


def phone(value: str, fmt: Fmt) -> str:
    return _shown(value, fmt["region"])


_shown = lru_cache(10_000)(phones.show)


def duration(minutes: int, fmt: Fmt, ngettext: Words) -> str:
    """1 h 20 min."""
    hours, rest = divmod(abs(minutes), 60)
    parts = []
    if hours:
        parts.append((ngettext("%(num)s h", "%(num)s h", hours), hours))
    if rest or not hours:
        parts.append((ngettext("%(num)s min", "%(num)s min", rest), rest))
    shown = [part.replace("%(num)s", calendars.localise(n, language(fmt))) for part, n in parts]
    return _minus(minutes, fmt) + " ".join(shown)


def size(value: int, fmt: Fmt, gettext: Words) -> str:
    """How much a file weighs: 3.4 MB."""
    units = (gettext("B"), gettext("kB"), gettext("MB"), gettext("GB"))
    n = sum(abs(value) >= 1000**k for k in (1, 2, 3))
    whole, tenths = divmod(abs(value) * 10 // 1000**n, 10)
    point = POINT.get(language(fmt), ".")
    shown = f"{whole}{point}{tenths}" if n and whole < 10 else str(whole)
    shown = calendars.localise(shown, language(fmt))
    return f"{_minus(value, fmt)}{shown} {units[n]}"


@lru_cache(10_000)
def initials(name: str) -> str:
    """First letters of the first and the last word; in Chinese, Japanese, Korean one sign."""
    name = unicodedata.normalize("NFC", name.translate(dict.fromkeys(map(ord, text.UNSEEN))))
    for white in text.WHITE:
        name = name.replace(white, " ")
    found = [letter for letter in map(_initial, name.split(" ")) if letter]
    if not found or len(found) == 1 or _within(found[0], DENSE):
        return "".join(found[:1])
    joined = _within(found[0], JOINING) and _within(found[-1], JOINING)
    return found[0] + ("\u200c" if joined else "") + found[-1]


def _within(letter: str, blocks: list[tuple[int, int]]) -> bool:
    return any(low <= ord(letter[0]) < high for low, high in blocks)


def _initial(word: str) -> str:
    """The word's first letter or digit with its marks, as a capital."""
    for i, c in enumerate(word):
        if unicodedata.category(c)[0] not in "LN":
            continue
        end = i + 1
        while end < len(word) and unicodedata.category(word[end])[0] == "M":
            end += 1
        upper = c.upper()
        capital = upper if len(upper) == 1 and ord(upper) < 0x590 else c
        return capital if _within(c, UNMARKED) else capital + word[i + 1 : end]
    return ""


SHOWN: dict[str, Callable[..., str]] = {
    "date": date, "day": day, "instant": calendars.show_instant, "time": calendars.show_time,
    "number": number, "digits": digits, "phone": phone, "money": money.show,
}  # fmt: skip
