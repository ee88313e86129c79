"""Brings the catalogues up to date with the texts in the sources.

`python -m server.translations.extract` reads what the templates, Python and the scripts say and
rewrites `<language>/LC_MESSAGES/messages.po`: sorted, without line numbers or dates, so that a
change shows only what it changed. A text that is new stands there with an empty translation,
nothing is guessed; one that is gone is kept at the end as `#~`, and returns if its text does.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
# Which form a number takes; C and JavaScript read the same rule.
PLURALS = {
    "he": "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);",
    "fa": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 "
    ": n%100>=11 ? 4 : 5);",
}
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "_lp": ((1, "c"), 2), "say": None}
METHODS = [
    ("generated/**", "ignore"),
    ("static/**", "ignore"),
    ("templates/**.html", "jinja2"),
    ("**.py", "python"),
    ("**.js", "javascript"),
]
OPTIONS = {
    "templates/**.html": {
        "extensions": "jinja2.ext.i18n,jinja2.ext.do",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "newstyle_gettext": "true",
        "silent": "false",
    }
}


def main() -> None:
    said = template()
    for lang in PLURALS:
        path = path_of(lang)
        path.parent.mkdir(parents=True, exist_ok=True)
        merged = merge(said, read(lang) if path.exists() else empty(lang), lang)
        missing = [message for message in merged if message.id and not is_complete(message)]
        path.write_bytes(written(merged, lang))
        print(f"{lang}: {len(merged)} texts, {len(missing)} to translate")


def path_of(lang: str) -> Path:
    return HERE / lang / "LC_MESSAGES" / "messages.po"


def empty(lang: str) -> Catalog:
    catalogue = Catalog(lang)
    catalogue.mime_headers = [("Plural-Forms", PLURALS[lang])]
    return catalogue


def read(lang: str) -> Catalog:
    with path_of(lang).open("rb") as file:
        return read_po(file, locale=lang)


def template() -> Catalog:
    """Every text that the sources mark for translation."""
    found = Catalog()
    for folder in ("server", "pwa"):
        for _, _, message, _, context in extract_from_dir(
            ROOT / folder, METHODS, OPTIONS, KEYWORDS
        ):
            found.add(message, context=context)
    return found


def merge(said: Catalog, old: Catalog, lang: str) -> Catalog:
    """The texts of `said`, translated as in `old`; what only `old` has becomes obsolete."""
    merged = empty(lang)
    held = {(key(m), m.context): m for m in (*old.obsolete.values(), *old) if m.id}
    for message in said:
        if message.id:
            known = held.pop((key(message), message.context), None)
            fits = known and known.pluralizable == message.pluralizable
            merged.add(message.id, known.string if known and fits else "", context=message.context,
                       user_comments=known.user_comments if known else ())  # fmt: skip
    for place, known in sorted(held.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        merged.obsolete[place] = known  # type: ignore[index]
    return merged


def written(catalogue: Catalog, lang: str) -> bytes:
    """The file, with only those headers that say something."""
    body = BytesIO()
    write_po(body, catalogue, width=100, no_location=True, omit_header=True, sort_output=True)
    return "\n".join([*head(lang), ""]).encode() + b"\n" + body.getvalue()


def head(lang: str) -> Iterator[str]:
    yield 'msgid ""'
    yield 'msgstr ""'
    yield f'"Language: {lang}\\n"'
    yield '"MIME-Version: 1.0\\n"'
    yield '"Content-Type: text/plain; charset=utf-8\\n"'
    yield '"Content-Transfer-Encoding: 8bit\\n"'
    yield f'"Plural-Forms: {PLURALS[lang]}\\n"'


def key(message: Message) -> str:
    """A message is found by its English singular."""
    return message.id if isinstance(message.id, str) else message.id[0]


def is_complete(message: Message) -> bool:
    strings = message.string or ""
    return bool(strings) and all([strings] if isinstance(strings, str) else strings)


if __name__ == "__main__":
    main()
