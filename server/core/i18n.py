"""Marks of translatable text. The text stays English until a template translates it."""

LANGUAGES = ("en", "he", "fa", "ar")
CONTEXT = "\x04"  # stands between a message and what it is about
RTL = frozenset({"he", "fa", "ar"})
NAMES = {"en": "English", "he": "עברית", "fa": "فارسی", "ar": "العربية"}


def _l(message: str) -> str:
    """Mark a message for extraction; whoever shows it translates it."""
    return message


def _lp(context: str, message: str) -> str:
    """Mark a message that means something else elsewhere: other languages say it otherwise."""
    return label(context, message)


def label(context: str, message: str) -> str:
    """One text of both, which catalogues look up as gettext keeps them."""
    return f"{context}{CONTEXT}{message}"


def bare(message: str) -> str:
    """The English without its context."""
    return message.rpartition(CONTEXT)[2]


def comma(lang: str) -> str:
    """What stands between names in a row, with its space."""
    return "، " if lang in ("fa", "ar") else ", "


def direction(lang: str) -> str:
    return "rtl" if lang in RTL else "ltr"
