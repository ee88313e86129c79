"""Money is a whole number of the smallest units of its field's currency, so that it is exact and
can be added, compared and sorted. Equal to pwa/views/money.js."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from . import text
from .almanac import language, localise

WHOLE = {"IRR", "IRT", "IQD", "JPY", "KRW", "LBP"}  # currencies that are used without a fraction
THOUSANDTHS = {"BHD", "JOD", "KWD", "OMR", "TND"}
CURRENCIES = (
    "ILS", "USD", "EUR", "GBP", "IRR", "IRT", "AED", "AMD", "AUD", "AZN", "BHD", "BRL", "CAD",
    "CHF", "CNY", "CZK", "DKK", "EGP", "GEL", "HUF", "INR", "IQD", "JOD", "JPY", "KRW", "KWD",
    "LBP", "MAD", "MXN", "NOK", "NZD", "OMR", "PLN", "QAR", "RON", "SAR", "SEK", "SGD", "TND",
    "TRY", "UAH", "ZAR",
)  # fmt: skip
SIGNS = {"ILS": "₪", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "TRY": "₺",
         "KRW": "₩", "UAH": "₴", "GEL": "₾"}  # fmt: skip
NAMES = {
    "fa": {"IRR": "ریال", "IRT": "تومان", "AED": "درهم", "IQD": "دینار", "AMD": "درام"},
    "ar": {"IRT": "تومان", "AED": "د.إ.", "EGP": "ج.م.", "IQD": "د.ع.", "JOD": "د.أ.",
           "KWD": "د.ك.", "LBP": "ل.ل.", "MAD": "د.م.", "SAR": "ر.س.", "QAR": "ر.ق."},
    "he": {"IRT": "טומאן"}, "en": {"IRT": "toman"},
}  # fmt: skip
CURRENCY = re.compile("[A-Z]{3}")
GROUP, POINT = {"fa": "٬", "ar": "٬"}, {"fa": "٫", "ar": "٫"}
RTL = ("he", "fa", "ar")
GROUPED = re.compile(r"-?[0-9]{1,3}([,٬][0-9]{3})+(\.[0-9]+)?")
AMOUNT = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,6}))?")
SIGNED = re.compile("[" + re.escape("".join(SIGNS.values())) + " \u00a0\u200e\u200f]")


def table() -> dict[str, Any]:
    """JSON for the phone, once at build."""
    return {"whole": sorted(WHOLE), "thousandths": sorted(THOUSANDTHS), "signs": SIGNS,
            "names": NAMES}  # fmt: skip


def decimals(currency: str | None) -> int:
    return 0 if currency in WHOLE else 3 if currency in THOUSANDTHS else 2


def sign(currency: str | None, lang: str) -> str:
    """What stands beside an amount: ₪, ریال, or the code."""
    code = currency or ""
    return NAMES.get(lang, {}).get(code) or SIGNS.get(code) or code


def plain(value: int, currency: str | None) -> str:
    """1250.00: for inputs, files and programs."""
    n = decimals(currency)
    digits = str(abs(value)).rjust(n + 1, "0")
    whole = f"{digits[:-n]}.{digits[-n:]}" if n else digits
    return f"-{whole}" if value < 0 else whole


def parse(typed: str, currency: str | None) -> tuple[int | None, str | None]:
    """(minor units, None) of what was typed, or (None, code)."""
    number = SIGNED.sub("", text.digits(typed)).replace("٫", ".").replace("−", "-")
    if GROUPED.fullmatch(number):
        number = re.sub("[,٬]", "", number)
    found = AMOUNT.fullmatch(number.replace(",", "."))
    if not found:
        return None, "bad_number"
    n, part = decimals(currency), (found[3] or "").rstrip("0")
    if len(part) > n:
        return None, "too_fine"
    value = int(f"{found[1]}{found[2]}{part.ljust(n, '0')}")
    return value, None


def show(value: Any, fmt: Mapping[str, Any], currency: str | None = None) -> str:
    """₪1,250.00; from right to left the sign comes after the number, and marks keep both in
    place whatever stands around them."""
    lang = language(fmt)
    if type(value) is not int:
        return localise(str(value), lang)
    whole, point, part = plain(abs(value), currency).partition(".")
    grouped = f"{int(whole):,}".replace(",", GROUP.get(lang, ","))
    number = localise(f"{grouped}{POINT.get(lang, '.') if point else ''}{part}", lang)
    beside = sign(currency, lang)
    if lang in RTL:
        minus = "\u200e-" if value < 0 else ""
        return f"\u200f{minus}{number}\u00a0\u200f{beside}" if beside else f"{minus}{number}"
    gap = "\u00a0" if len(beside) > 1 else ""
    return f"{'-' if value < 0 else ''}{beside}{gap}{number}"
