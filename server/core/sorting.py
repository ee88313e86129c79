"""Sort keys: plain code-point order of the keys is the order of the person's language.

SQLite BINARY, PostgreSQL COLLATE "C" and JavaScript's < agree on them, since every character of a
key lies below U+D800. The order of letters within a script is CLDR's, at its primary strength;
punctuation counts for nothing, a space comes before any letter, numbers compare by value.
Equal to pwa/views/sorting.js, which is handed `table()`.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from server.core.letters import DIGITS, UNSEEN, WHITE, ByLetter, decompose, drop_marks, is_plain

LENGTH = 80
END = "\ud7ff"
# Scripts in their fixed order, each with 256 places in the key, and its blocks of code points.
SCRIPTS: dict[str, tuple[int, list[tuple[int, int]]]] = {
    "latin": (0x100, [(0x41, 0x2B0), (0x1D00, 0x1DC0), (0x1E00, 0x1F00), (0x2C60, 0x2C80),
                      (0xA720, 0xA800), (0xAB30, 0xAB70)]),
    "greek": (0x200, [(0x370, 0x400), (0x1F00, 0x2000)]),
    "cyrillic": (0x300, [(0x400, 0x530), (0x1C80, 0x1C90), (0xA640, 0xA6A0)]),
    "hebrew": (0x400, [(0x590, 0x600)]),
    "arabic": (0x500, [(0x600, 0x700), (0x750, 0x780), (0x870, 0x900)]),
}
OTHERS = 0x600
OWN = {"en": "latin", "he": "hebrew", "fa": "arabic", "ar": "arabic"}
# Letters that share a place stand together.
ALPHABETS = {
    "latin": "a æ b c dđð e ǝ ə ɛ f g ɣ hħ i ı j k lł m n ŋ oø œ ɔ p q ĸ r s ʃ t ŧ u v w x y z ʒ þ",
    "greek": "α β γ δ ε ϝ ζ η θ ι κ λ μ ν ξ ο π ϟ ρ σς τ υ φ χ ψ ω ϡ",
    "cyrillic": "а ә б в г ґ ғ д ђ е є ж җ з ѕ и і й ј к қ л љ м н ң њ о ө п р с т ћ у ү ұ ф х һ "
    "ц ч ҷ џ ш щ ъ ы ь ѣ э ю я",
    "hebrew": "א ב ג ד ה ו װ ױ ז ח ט י ײ כך ל מם נן ס ע פף צץ ק ר ש ת",
    "arabic": (
        "آ اٱ ءأإؤئ ب ٻ پ ڀ ت ث ٹ ٺ ټ ٽ ٿ ج ڃ ڄ چ ڿ ڇ ح خ ځ ڂ څ د ذ ڈ ډ ڊ ڋ ڌ ڍ ڎ ڏ ڐ ر ز ڑ ڒ "
        "ړ ڔ ڕ ږ ڗ ژ ڙ س ش ښ ڛ ڜ ص ض ڝ ڞ ط ظ ڟ ع غ ڠ ف ڢ ڣ ڤ ڥ ڦ ق ڧ ڨ کڪګكڬڭڮ گ ڰ ڱ ڲ ڳ ڴ ل "
        "ڵ ڶ ڷ ڸ م ن ں ڻ ڼ ڽ ڹ و ۄ ۅ ۆ ۇ ۈ ۉ ۊ ۋ ۏ هەہۂةۃۀھ یىےۓيېۑۍێ ؠ"
    ),
    "arabic-ar": (
        "ءأؤإئا ٱ ب ٻ پ ڀ ةت ث ٹ ٺ ټ ٽ ٿ ج ڃ ڄ چ ڿ ڇ ح خ ځ ڂ څ د ذ ڈ ډ ڊ ڋ ڌ ڍ ڎ ڏ ڐ ر ز ڑ "
        "ڒ ړ ڔ ڕ ږ ڗ ژ ڙ س ش ښ ڛ ڜ ص ض ڝ ڞ ط ظ ڟ ع غ ڠ ف ڢ ڣ ڤ ڥ ڦ ق ڧ ڨ ك ک ڪ ګ ڬ ڭ ڮ گ ڰ ڱ "
        "ڲ ڳ ڴ ل ڵ ڶ ڷ ڸ م ن ں ڻ ڼ ڽ ڹ ه ھ ہۂ ۃ ەۀ و ۄ ۅ ۆ ۇ ۈ ۉ ۊ ۋ ۏ یىي ۍ ێ ې ۑ ؠ ےۓ"
    ),
}
# Letters that count as several: by alphabet of the Arabic script.
EXPAND = {"arabic": {"ß": "ss"}, "arabic-ar": {"ß": "ss", "آ": "اا"}}

# Marks that make a letter of its own: hamza and madda of Arabic, the breve of и.
_KEPT = re.compile("\u0438\u0306|[\u0653-\u0655]")
_DIGIT = re.compile(r"\d+")
_DIGITS_ELSE = re.compile("[\xb2\xb3\xb9\xbc-\xbe]")  # that come apart into several or others
_UNSEEN = re.compile(f"[{UNSEEN}]")
_TOKENS = re.compile("[0-9]+|.", re.DOTALL)


def table() -> dict[str, Any]:
    """JSON for the phone."""
    return {"scripts": SCRIPTS, "alphabets": ALPHABETS, "expand": EXPAND, "own": OWN}


def _places(arabic: str) -> dict[str, str]:
    named = {**ALPHABETS, "arabic": ALPHABETS[arabic]}
    places = {
        letter: chr(base + i)
        for script, (base, _) in SCRIPTS.items()
        for i, group in enumerate(named[script].split(" "))
        for letter in group
    }
    expanded = {c: "".join(map(places.__getitem__, to)) for c, to in EXPAND[arabic].items()}
    return {**places, **expanded}


_PLACES = {False: _places("arabic"), True: _places("arabic-ar")}


@lru_cache(4_000)
def sort_key(s: str | None, lang: str | None) -> str:
    """At most 80 characters, all below U+D800; empty for text without letters or digits."""
    s = s or ""
    keys = [_word_key(word, lang == "ar") for word in s.split(" ")]
    return _key(s, lang) if None in keys else " ".join(filter(None, keys))[:LENGTH]


@lru_cache(20_000)
def _word_key(word: str, arabic: bool) -> str | None:
    """None for a word whose key does not follow from its letters one by one. A name's words come
    again in others."""
    if not is_plain(word) or _DIGITS_ELSE.search(word):
        return None
    keys = _KEYS[arabic]
    key, numbers = word.translate(keys), _DIGIT.findall(word)
    if numbers:
        if _UNSEEN.search(word):  # which make one number of two
            return None
        places = [*(_place(number.translate(DIGITS)) for number in numbers), ""]
        texts = [text.translate(keys) for text in _DIGIT.split(word)]
        key = "".join(text + place for text, place in zip(texts, places, strict=True))
    return None if " " in key else key


def _key(s: str, lang: str | None) -> str:
    places = _PLACES[lang == "ar"]
    key, gap = "", ""
    for token in _TOKENS.findall(_letters(s)):
        if token in WHITE:
            gap = " " if key else ""
            continue
        part = places.get(token) or _place(token)
        if part:
            key += gap + part
            gap = ""
        if len(key) >= LENGTH:
            break
    return key[:LENGTH]


def _keys(places: dict[str, str]) -> ByLetter:
    """The key of each letter by itself; a letter may contain white space, as U+00B4 does."""

    def key(letter: str) -> str:
        tokens = _TOKENS.findall(_letters(letter))
        return "".join(" " if t in WHITE else places.get(t) or _place(t) for t in tokens)

    return ByLetter(key)


_KEYS = {arabic: _keys(places) for arabic, places in _PLACES.items()}


def _letters(s: str | None) -> str:
    """Letters with only those marks that make another letter."""
    plain = decompose(s)
    if plain.isascii():
        return plain
    parts = _KEPT.split(plain)
    marks = [*_KEPT.findall(plain), ""]
    kept = "".join(drop_marks(part) + mark for part, mark in zip(parts, marks, strict=True))
    return drop_marks(unicodedata.normalize("NFC", kept))


def _place(token: str) -> str:
    """Key of a number or of a letter outside the alphabets; empty for signs."""
    if token[0] in "0123456789":
        value = token.lstrip("0")
        return chr(0x40 + min(len(value), 63)) + value
    if unicodedata.category(token)[0] not in "LMN":
        return ""
    c = ord(token)
    for base, blocks in SCRIPTS.values():
        if any(low <= c < high for low, high in blocks):
            return chr(base + 0xFF) + chr(0x1000 + c)
    return chr(OTHERS + (c >> 8)) + chr(0x1000 + (c & 0xFF))


def script_ranges(lang: str | None) -> list[tuple[str, str]]:
    """[low, high) ranges of keys, the person's own script first, then the rest as they stand.

    Together they hold every key once. The first of the rest begins with '', the empty key.
    """
    base = SCRIPTS[OWN.get(lang or "", "latin")][0]
    low, high = chr(base), chr(base + 0x100)
    return [(low, high), ("", low), (high, END)]
