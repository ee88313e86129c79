"""What the calendars of our languages know: names, weeks, digits, Jalali and Hebrew days.

Dates are 'YYYY-MM-DD' (years 1000 to 8999). `table()` is handed to pwa/views/almanac.js, so that
both sides use the same names. Weekdays are 0 for Monday to 6 for Sunday.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale
from persiantools import jdatetime
from pyluach.dates import HebrewDate

from .i18n import _l

Person = Mapping[str, Any]  # {lang, zone, calendar, region}; any of them may be None

LANGS = ("en", "he", "fa", "ar")
DIGITS = {"fa": "۰۱۲۳۴۵۶۷۸۹", "ar": "٠١٢٣٤٥٦٧٨٩"}
# Where the 33-year rule of Jalali leap years is known to hold, so both sides need no more.
KNOWN = ("1800-01-01", "2122-12-31")
JALALI = {
    "he": "פרורדין אורדיבהשת ח׳ורדאד תיר מורדאד שהריבר מהר אבאן אזר דיי בהמן אספנד",
    "ar": "فروردين أرديبهشت خرداد تير مرداد شهريور مهر آبان آذر دي بهمن إسفند",
}
# From Nisan; the last two stand for month 12 and 13 of a leap year.
HEBREW = {
    "he": "ניסן,אייר,סיוון,תמוז,אב,אלול,תשרי,חשוון,כסלו,טבת,שבט,אדר,אדר א׳,אדר ב׳",
    "en": "Nisan,Iyar,Sivan,Tammuz,Av,Elul,Tishrei,Cheshvan,Kislev,Tevet,Shevat,"
    "Adar,Adar I,Adar II",
}
# By month, from Nisan as above, and day: the first day of each, and what is kept again at its end;
# with a weekday, what is put off or forward from its date, lest it touch a Sabbath. Independence
# Day is so since 5764.
FEASTS = {
    "0-15": _l("Passover"), "0-21": _l("Last day of Passover"), "2-6": _l("Shavuot"),
    "6-1": _l("Rosh Hashanah"), "6-2": _l("Rosh Hashanah"), "6-10": _l("Yom Kippur"),
    "6-15": _l("Sukkot"), "6-22": _l("Simchat Torah"), "8-25": _l("Hanukkah"),
    "10-15": _l("Tu BiShvat"), "11-14": _l("Purim"), "13-14": _l("Purim"),
    **dict.fromkeys(("4-9/1", "4-9/3", "4-9/6", "4-10/6"), _l("Tisha B'Av")),
    **dict.fromkeys(("1-3/3", "1-4/3", "1-5/2", "1-6/1"), _l("Independence Day")),
}  # fmt: skip
# CLDR's weeks, kept here since asking Babel for every region takes a second. Others: Monday; 5, 6.
FIRST = {
    5: "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY",
    6: "AG AO AS BD BR BS BT BW BZ CA CO CV DM DO ET GT GU GW HK HN ID IL IN JM JP KE KH KR LA MH "
    "MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG ST SV TH TL TT TW UM US VE VI WS YE ZA ZW",
    4: "MV",
}
WEEKEND = [
    ([4, 5], "BH DZ EG IL IQ JO KW LY OM QA SA SD SY YE"),
    ([3, 4], "AF"),
    ([6], "IN UG"),
    ([4], "IR"),
]

_ISO = re.compile(r"[1-8][0-9]{3}-[0-9]{2}-[0-9]{2}")


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """JSON for the phone: names by language, first weekday and weekend by region, digits."""
    locales = {lang: Locale(lang) for lang in LANGS}
    english, persian = jdatetime.MONTH_NAMES_EN[1:], jdatetime.MONTH_NAMES_FA[1:]
    foreign = {lang: names.split(" ") for lang, names in JALALI.items()}
    return {
        "months": {lang: _named(x.months["format"]["wide"], 1, 12) for lang, x in locales.items()},
        "short": {"en": _named(locales["en"].months["format"]["abbreviated"], 1, 12)},
        "jalali": {"en": english, "fa": persian, **foreign},
        "hebrew": {lang: names.split(",") for lang, names in HEBREW.items()},
        "feasts": FEASTS,
        "weekdays": {lang: _weekdays(x, "wide") for lang, x in locales.items()},
        "narrow": {lang: _weekdays(x, "narrow") for lang, x in locales.items()},
        "digits": DIGITS,
        **_weeks(),
    }


def _named(names: Mapping[int, str], first: int, last: int) -> list[str]:
    return [names[i] for i in range(first, last + 1)]


def _weekdays(locale: Locale, width: str) -> list[str]:
    return _named(locale.days["stand-alone"][width], 0, 6)


def _weeks() -> dict[str, Any]:
    firsts = {region: day for day, regions in FIRST.items() for region in regions.split(" ")}
    weekends = {region: days for days, regions in WEEKEND for region in regions.split(" ")}
    return {"first": firsts, "weekend": weekends}


def localise(text: str | int, lang: str | None) -> str:
    """ASCII digits as the person's language writes them."""
    shown = DIGITS.get(lang or "")
    return str(text).translate({0x30 + i: d for i, d in enumerate(shown)}) if shown else str(text)


def language(person: Person) -> str:
    lang = person.get("lang")
    return lang if lang in LANGS else "en"


def calendar_of(person: Person) -> str:
    """gregorian, jalali or gregorian+hebrew."""
    return person.get("calendar") or ("jalali" if person.get("lang") == "fa" else "gregorian")


def week_start(
    lang: str | None, region: str | None = None, calendar: str | None = None
) -> int:
    """First weekday: Jalali months are written from Saturday wherever they are read; else that of
    the organisation's country, or without one of the country that most speaks the language."""
    if calendar == "jalali":
        return 5
    if region:
        return int(table()["first"].get(region, 0))
    return {"he": 6, "fa": 5, "ar": 5}.get(lang or "", 0)


def weekend(lang: str | None, region: str | None = None) -> list[int]:
    """Weekdays of rest."""
    usual = {"he": "IL", "fa": "IR", "ar": "EG"}.get(lang or "", "")
    days: list[int] = table()["weekend"].get(region or usual, [5, 6])
    return days


def day_of(iso: str | None) -> date | None:
    """The day, or None for what is no date or lies outside our years."""
    if not iso or not _ISO.fullmatch(iso):
        return None
    return make(int(iso[:4]), int(iso[5:7]), int(iso[8:]))


def make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1000 <= year <= 8999 else None
    except ValueError:
        return None


def to_jalali(iso: str | None) -> tuple[int, int, int] | None:
    """Jalali year, month, day; None outside 1800 to 2122."""
    day = day_of(iso)
    if not day or not KNOWN[0] <= day.isoformat() <= KNOWN[1]:
        return None
    jalali = jdatetime.JalaliDate.to_jalali(day)
    return jalali.year, jalali.month, jalali.day


def from_jalali(year: int, month: int, day: int) -> str | None:
    try:
        iso = jdatetime.JalaliDate(year, month, day).to_gregorian().isoformat()
    except ValueError:
        return None
    return iso if KNOWN[0] <= iso <= KNOWN[1] else None


def hebrew_text(iso: str | None, lang: str) -> str:
    """כ׳ באדר תשפ״ה, or 20 Adar 5785 in other languages; empty outside 1800 to 2122."""
    hebrew = _hebrew(iso)
    if hebrew is None:
        return ""
    month = table()["hebrew"]["he" if lang == "he" else "en"][_place(hebrew)]
    if lang == "he":
        return f"{hebrew.hebrew_day()} ב{month} {hebrew.hebrew_year()}"
    return localise(f"{hebrew.day} {month} {hebrew.year}", lang)


def hebrew_day(iso: str, lang: str) -> dict[str, str | None] | None:
    """{text: כ׳ אדר, or 20 Adar, feast: a text|null} for a square of a calendar."""
    hebrew = _hebrew(iso)
    if hebrew is None:
        return None
    place, own = _place(hebrew), lang == "he"
    month = table()["hebrew"]["he" if own else "en"][place]
    day = hebrew.hebrew_day() if own else localise(hebrew.day, lang)
    return {"text": f"{day} {month}", "feast": _feast(place, hebrew)}


def _feast(place: int, hebrew: HebrewDate) -> str | None:
    on = f"{place}-{hebrew.day}"
    moved = f"{on}/{hebrew.to_pydate().weekday()}" if hebrew.year >= 5764 or place != 1 else ""
    return FEASTS.get(on) or FEASTS.get(moved)


def _hebrew(iso: str | None) -> HebrewDate | None:
    day = day_of(iso)
    known = day and KNOWN[0] <= day.isoformat() <= KNOWN[1]
    return HebrewDate.from_pydate(day) if known else None


def _place(hebrew: HebrewDate) -> int:
    """Of its month in HEBREW."""
    leap = (7 * hebrew.year + 1) % 19 < 7
    return int(hebrew.month if leap and hebrew.month >= 12 else hebrew.month - 1)
