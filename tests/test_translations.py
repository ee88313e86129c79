"""Every text is translated into every language, and as that language is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from gettext import c2py
from typing import Any

import pytest
from babel.messages import Catalog, Message

from server.core.i18n import LANGUAGES
from server.translations import extract

FOREIGN = [lang for lang in LANGUAGES if lang != "en"]
# English term (a whole word, or two) → what its translations contain, as the glossary has it.
TERMS = {
    "account": ("לקוח", "حساب", "حساب"),
    "contacts": ("אנשי קשר", "مخاطبان", "جهات الاتصال"),
    "new contact": ("איש קשר", "مخاطب", "جهة اتصال"),
    "customer file": ("תיק לקוח", "پرونده مشتری", "ملف العميل"),
    "prospect": ("לקוח פוטנציאלי", "مشتری بالقوه", "عميل مرتقب"),
    "lead": ("ליד", "سرنخ", "عميل محتمل"),
    "quote": ("הצעת מחיר", "پیش‌فاکتور", "عرض سعر"),
    "supplier": ("ספק", "تأمین‌کننده", "مورّد"),
    "visit": ("ביקור", "بازدید", "زيارة"),
    "technician": ("טכנאי", "تکنسین", "فني"),
    "task": ("משימה", "وظیفه", "مهمة"),
    "activity": ("פעילות", "فعالیت", "نشاط"),
    "record": ("רשומה", "رکورد", "سجل"),
    "owner": ("בעל הרשומה", "صاحب رکورد", "مالك السجل"),
    "field": ("שדה", "فیلد", "حقل"),
    "branch": ("סניף", "شعبه", "فرع"),
    "preferred channel": ("ערוץ", "کانال", "القناة"),
    "sync": ("סנכרון", "همگام‌سازی", "مزامنة"),
    "offline": ("לא מקוון", "آفلاین", "غير متصل"),
    "conflict": ("התנגשות", "تداخل", "تعارض"),
}
OTHER_MEANING = {"Team lead"}


@cache
def catalogue(lang: str) -> Catalog:
    return extract.read(lang)


@cache
def said() -> Catalog:
    return extract.template()


def messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def english(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def translated(message: Message) -> list[str]:
    string = message.string or ""
    return [string] if isinstance(string, str) else list(string)


def texts(lang: str) -> Iterator[tuple[str, str]]:
    """Each English text with each of its translations."""
    for message in messages(catalogue(lang)):
        yield from ((english(message)[0], text) for text in translated(message) if text)


@pytest.mark.parametrize("lang", FOREIGN)
def test_everything_said_is_translated(lang):
    """Otherwise: `python -m server.translations.extract`, and translate what is empty."""
    wanted = {(extract.key(m), m.context) for m in messages(said())}
    there = {(extract.key(m), m.context) for m in messages(catalogue(lang)) if all(translated(m))}
    assert wanted - there == set()
    assert there - wanted == set()
    assert [m.id for m in catalogue(lang) if m.fuzzy] == []


@pytest.mark.parametrize("lang", FOREIGN)
def test_extracting_again_changes_nothing(lang):
    merged = extract.merge(said(), catalogue(lang), lang)
    assert extract.written(merged, lang) == extract.path_of(lang).read_bytes()


@pytest.mark.parametrize("lang", FOREIGN)
def test_plural_forms_are_complete(lang):
    """Only a form that is for one number alone may leave that number out."""
    rule = c2py(catalogue(lang).plural_expr)
    wrong: list[tuple[Any, Any]] = []
    forms = [[n for n in range(1000) if rule(n) == i] for i in range(catalogue(lang).num_plurals)]
    for message in (m for m in messages(catalogue(lang)) if m.pluralizable):
        strings = translated(message)
        if len(strings) != len(forms):
            wrong.append((message.id, strings))
        wrong += [
            (message.id, text)
            for text, numbers in zip(strings, forms, strict=False)
            if "%(num)s" not in text and len(numbers) > 1
        ]
    assert wrong == []


@pytest.mark.parametrize("lang", FOREIGN)
def test_placeholders_are_those_of_the_english(lang):
    wrong = []
    for message in messages(catalogue(lang)):
        wanted = placeholders(english(message)[-1])
        for text in translated(message):
            optional = {"%(num)s"} if message.pluralizable else set()
            if placeholders(text) - wanted or wanted - placeholders(text) - optional:
                wrong.append((message.id, text))
    assert wrong == []


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s|%.?", text))


@pytest.mark.parametrize("lang", FOREIGN)
def test_terms_are_those_of_the_glossary(lang):
    wrong, place = [], FOREIGN.index(lang)
    for source, text in texts(lang):
        for term, words in TERMS.items():
            pattern = rf".*\b{term}\b.*" if " " in term else rf"(new )?{term}"
            meant = re.fullmatch(pattern, source, re.IGNORECASE)
            if meant and source not in OTHER_MEANING and words[place] not in text:
                wrong.append((source, text, words[place]))
    assert wrong == []


# Directions come from the markup; invisible marks in a text get lost and are not seen in review.
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Joiners belong between letters, in Persian only.
JOINER = re.compile("\u200d|(?<![\u0621-\u06cc])\u200c|\u200c(?![\u0621-\u06cc])")
ENDS = {"he": ".?…:", "fa": ".؟…:", "ar": ".؟…:"}
FOREIGN_MARKS = {
    # A straight quote inside a word stands for gershayim or geresh.
    "he": r"[؟،؛]|(?<=[א-ת])[\"'](?=[א-ת])|[\u200c\u0600-\u06ff]",
    # Arabic kaf, yeh and digits; a plural's ها apart from its word.
    "fa": r"[?,;]|[كيىة٠-٩]|\sها\b|\sمی\s|[א-ת]",
    # Persian letters and digits.
    "ar": r"[?,;]|[کیگچپژ۰-۹]|[\u200cא-ת]",
}


@pytest.mark.parametrize("lang", FOREIGN)
def test_texts_are_written_as_their_language_is(lang):
    wrong, marks = [], re.compile(FOREIGN_MARKS[lang])
    for source, text in texts(lang):
        plain = re.sub(r"%\(\w+\)s|https?://\S+", "", text)
        found = BIDI.search(text) or JOINER.search(text) or marks.search(plain)
        if found or text != text.strip() or "  " in text:
            wrong.append((source, text))
    assert wrong == []


@pytest.mark.parametrize("lang", FOREIGN)
def test_sentences_end_as_in_english(lang):
    last = dict(zip(".?…:", ENDS[lang], strict=True))
    assert [
        (source, text) for source, text in texts(lang)
        if last.get(source[-1]) != (text[-1] if text[-1] in ENDS[lang] else None)
    ] == []  # fmt: skip


@pytest.mark.parametrize("lang", ["fa", "ar"])
def test_numbers_keep_their_order_after_arabic_letters(lang):
    """There a hyphen, a plus or a space between digits lets their groups change places."""
    unsafe = re.compile(r"\d[-+ ]\d|\+\d")
    assert [(source, text) for source, text in texts(lang) if unsafe.search(text)] == []
