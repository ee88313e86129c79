"""Text and order: the same on the server and on the phone, and as the platform collates."""

import functools
import random
import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from server.core import text

LANGS = ["en", "he", "fa", "ar"]
# What people type, crowded: letters that fold, marks, controls, digits of every kind, signs.
CROWDED = (
    "aAßẞİıſÉÆøŁµΣςΩйЙё אבגךכםמשּׁ׳״־ يىیكکةهأإآٱؤئءۀـپگژ"
    " ۱۲٣٤0159 +-().'’“ \t\n\r\u200c\u200f\u2028\xa0\x00\x85\ufeff\u0301\u05b0\u064e\u0654😀한中ﬁ"
)
typed = st.one_of(
    st.text(st.sampled_from(CROWDED), max_size=30),
    st.text(st.characters(exclude_categories=("Cn", "Cs")), max_size=30),
    st.from_regex(r"\A[+(0]?[0-9۰-۹ ()./-]{3,20}\Z"),
)
NAMES = {
    "he": "כהן לוי מזרחי פרץ ביטון דהן אברהם פרידמן מלכה אזולאי כץ יוסף דוד עמר אוחיון חדד גבאי "
    "בן־דוד אדרי לוין טל קליין חן שפירא חזן משה שרה דנה נועם יעל אורי מים ים אף עץ ארץ צבי",
    "fa": "احمدی محمدی حسینی رضایی کریمی آقایی اکبری ئولی پورمحمد گلستانی ژاله چمنی زهرا سارا "
    "مؤمنی رئیسی هاشمی ملک‌زاده مَلِکی یزدانی نوری فرهادی قاسمی صادقی ضرغامی طاهری ظریف ذاکری "
    "ثابتی خانی دلاوری آرش آزاده ابراهیم أمین إسلام وحیدی لیلا عباسی غفاری شیرین تهرانی پارس بیتا",
    "ar": "أحمد إبراهيم آمال اسماعيل محمد محمود علي على فاطمة فاطمه مؤمن رئيس سعيد خالد يوسف هند "
    "وليد نورة كمال قاسم لطيفة منى زينب رامي ذكي دينا حسن جمال ثريا تامر بسام عائشة غادة شيماء",
    "en": "Smith Jones O'Neill Álvarez Alvarez Andersson Åberg Zoë Zoe Müller Muller Ørsted Łukasz "
    "Lukas Dvořák Đorđe Dorde Anne-Marie Annemarie Ibáñez Straße Strasse Øst de Dela Beth bob Bob",
}


@pytest.fixture(scope="module", autouse=True)
def configured(node):
    node.call("text.configure", text.table())


@settings(max_examples=800, deadline=None)
@given(typed, st.sampled_from(LANGS))
@example("\u0419\u05b0", "en")  # a point that goes before the breve
@example("0\u06400", "en")  # one number with an unseen sign in it
def test_both_sides_agree(node, s, lang):
    for fn in ("fold", "words", "digits", "clean"):
        assert getattr(text, fn)(s) == node.call(f"text.{fn}", s), fn
    assert text.sort_key(s, lang) == node.call("text.sort_key", s, lang)


def test_every_code_point_of_unicode_14_agrees(node):
    known = [chr(c) for c in range(sys.maxunicode + 1)
             if unicodedata.category(chr(c)) not in ("Cn", "Cs", "Co")]
    for i in range(0, len(known), 400):
        # Parted by a letter, so that no character changes its neighbour.
        block = "x".join(known[i : i + 400])
        calls = [(c, "fa") for c in known[i : i + 400]]
        assert [text.sort_key(*call) for call in calls] == node.each("text.sort_key", calls)
        assert text.fold(block) == node.call("text.fold", block)
        assert text.digits(block) == node.call("text.digits", block)
        assert text.clean(block) == node.call("text.clean", block)


@settings(max_examples=300, deadline=None)
@given(typed)
def test_fold_and_clean_are_done_after_once(s):
    assert text.fold(text.fold(s)) == text.fold(s)
    assert text.clean(text.clean(s)) == text.clean(s)
    assert text.fold_again(s) == text.fold(s)


@pytest.mark.parametrize(("typed", "folded"), [
    ("  Straße\u00a0 ÉCOLE ", "strasse ecole"),
    ("כִּתָּה ב׳", "כתה ב'"),
    ("مَدرَسـة علي", "مدرسه علی"),
    ("ملک‌زاده", "ملکزاده"),
    ("أإآٱ ؤ ئ ك ى", "اااا و ی ک ی"),
    ("۱۲٣٤५", "12345"),
    ("", ""),
])
def test_fold(typed, folded):
    assert text.fold(typed) == folded


@pytest.mark.parametrize(("query", "found"), [
    ("Dana 052-123 45", ["dana", "05212345"]),
    ("+972 52 123", ["97252123"]),
    ("+972 (0)52-123", ["97252123"]),
    ("0098 912 1234567", ["989121234567"]),
    ("۰۹۱۲ ۱۲۳", ["0912123"]),
    ("212-555-1234", ["2125551234"]),
    ("2024-0017 street 12", ["2024-0017", "street", "12"]),
    ("  ", []),
])
def test_words(query, found):
    assert text.words(query) == found


def test_clean_keeps_letters_as_typed():
    assert text.clean(" ملک‌زاده\x00\r\nكتاب\te\u0301 \n") == "ملک‌زاده\nكتاب\té"


@pytest.mark.parametrize("lang", LANGS)
def test_order_is_the_platforms_order(node, lang):
    rng = random.Random(7)
    parts = NAMES[lang].split()
    names = [*parts, *(f"{rng.choice(parts)} {rng.choice(parts)}" for _ in range(250)),
             *(f"{rng.choice(parts)} {rng.randrange(200)}" for _ in range(60))]
    names.sort(key=lambda name: text.sort_key(name, lang))
    wrong = [(a, b) for a, b in zip(names, names[1:], strict=False)
             if node.call("reference.compare", a, b, lang) > 0]
    assert wrong == []
    # The other way round: what the platform tells apart, our keys tell apart too.
    key = functools.partial(text.sort_key, lang=lang)
    assert [(a, b) for a, b in zip(names, names[1:], strict=False)
            if key(a) == key(b) and node.call("reference.compare", a, b, lang) != 0] == []


@pytest.mark.parametrize("lang", [*LANGS, None, "xx"])
def test_ranges_hold_every_key_once(node, lang):
    ranges = text.script_ranges(lang)
    assert [list(r) for r in ranges] == node.call("text.script_ranges", lang)
    for name in ["", "12", "Ann", "Ωμέγα", "Йод", "דנה", "سارا", "한글", "ʬ", "😀", "\U0001e900"]:
        key = text.sort_key(name, lang)
        assert sum(low <= key < high for low, high in ranges) == 1


def test_own_script_comes_first():
    for lang, name in [("en", "Ann"), ("he", "דנה"), ("fa", "سارا"), ("ar", "سارة")]:
        low, high = text.script_ranges(lang)[0]
        assert low <= text.sort_key(name, lang) < high


@settings(max_examples=300, deadline=None)
@given(typed, st.sampled_from(LANGS))
def test_keys_sort_alike_in_utf8_and_utf16(s, lang):
    key = text.sort_key(s, lang)
    assert len(key) <= 80 and all(" " <= c < "\ud7ff" for c in key)
