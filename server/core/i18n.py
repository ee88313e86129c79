"""Marks of translatable text. The text stays English until a template translates it."""

LANGUAGES = ("en", "he", "fa", "ar")
RTL = frozenset({"he", "fa", "ar"})
NAMES = {"en": "English", "he": "עברית", "fa": "فارسی", "ar": "العربية"}


def _l(message: str) -> str:
    """Mark a message for extraction; whoever shows it translates it."""
    return message


def comma(lang: str) -> str:
    """What stands between names in a row, with its space."""
    return "، " if lang in ("fa", "ar") else ", "


def direction(lang: str) -> str:
    return "rtl" if lang in RTL else "ltr"
