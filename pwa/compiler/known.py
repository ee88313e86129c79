"""The names that the runtime brings along; a test compares them with `pwa/runtime`."""

from markupsafe import Markup


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FILTERS = _words(
    """abs attr capitalize count d default e escape first format groupby int items join last
    length list lower map max min reject rejectattr replace reverse safe select selectattr sort
    string sum tojson trim truncate unique upper urlencode"""
)

# In `pwa/runtime/more.js`: on the phone only if the worker registers them.
MORE_FILTERS = _words(
    """batch center dictsort filesizeformat float forceescape indent round slice striptags title
    wordcount xmlattr"""
)

TESTS = _words(
    """boolean callable defined divisibleby eq equalto escaped even false filter float ge gt
    greaterthan in integer iterable le lessthan lower lt mapping ne none number odd sameas
    sequence string test true undefined upper == != < <= > >="""
)

GETTEXT = _words("_ gettext ngettext pgettext npgettext")

GLOBALS = _words("range dict namespace cycler joiner") | GETTEXT

TEXT_METHODS = _words(
    """upper lower capitalize replace split strip lstrip rstrip startswith endswith join find
    count isdigit isupper islower format"""
)
LIST_METHODS = _words("append extend pop index count copy")
DICT_METHODS = _words("items keys values get copy update")

# Methods of Python's text, lists, dicts and numbers that the phone does not have.
MISSING_METHODS = frozenset(
    name for kind in (Markup, list, dict, int) for name in dir(kind) if not name.startswith("_")
) - (TEXT_METHODS | LIST_METHODS | DICT_METHODS)

# Filters that give a generator on the server: always true in a condition, without a length.
LAZY_FILTERS = _words("batch items map reject rejectattr select selectattr slice unique")
