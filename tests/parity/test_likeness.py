"""Names across scripts: the same skeletons and the same percentages on both sides."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.core import skeleton
from server.core.likeness import likeness
from server.core.skeleton import readings, searched, sought

ALPHABETS = ("abcdeghijkloqrstuvwxyz'", "אבגדהוזחטיכלמנסעפצקרשת'",
             "ابتثجچحخدذرزسشصضطعغفقکلمنهویءپگ",
             "авгджзийхцч",
             " -.\"“”0129 éß한،_Ωσ")  # fmt: skip
PEOPLE = ("Moshe Cohen", "משה כהן", "موشه كوهن", "Goldstein & Sons Ltd", 'גולדשטיין בע"מ',
          "الشركة الوليد", "Chaim Ben-David 12", "Tschernichowsky Schwartz")  # fmt: skip
word = st.one_of(*(st.text(st.sampled_from(one), max_size=9) for one in ALPHABETS))
name = st.one_of(
    st.lists(word, max_size=5).map(" ".join), st.sampled_from(PEOPLE),
    st.text(st.characters(exclude_categories=("Cn", "Cs", "Co")), max_size=12),
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def configured(node):
    from server.core import text

    node.call("text.configure", text.table())
    node.call("skeleton.configure", skeleton.table())


@settings(max_examples=500, deadline=None)
@given(name, name)
def test_both_sides_agree(node, one, other):
    assert searched(one) == node.call("skeleton.searched", one)
    assert sought(one) == node.call("skeleton.sought", one)
    assert likeness(one, other) == node.call("likeness.likeness", one, other)


@settings(max_examples=300, deadline=None)
@given(name, name)
def test_it_is_the_same_both_ways_round(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 100


@settings(max_examples=200, deadline=None)
@given(name)
def test_a_name_is_found_by_itself(one):
    assert {*sought(one)} <= {*searched(one).split(" ")}
    assert all(len(readings(word)) <= skeleton.READINGS for word in skeleton.name_words(one))


SAME = [
    ("משה כהן", "Moshe Cohen"), ("موشه كوهن", "Moshe Cohen"), ("משה כהן", "موشه كوهن"),
    ("דוד לוי", "David Levi"), ("חיים", "Chaim"), ("חיים", "Haim"), ("Rachel", "רחל"),
    ("יוסף", "Joseph"), ("יעקב", "Jacob"), ("Schwartz", "שוורץ"), ("علی رضایی", "Ali Rezaei"),
    ("Ghasemi", "قاسمی"), ("نوید پروین", "Navid Parvin"), ("Walid", "الوليد"),
    ("Mustafa", "مصطفى"), ("Fatima", "فاطمة"), ("محمد", "Mohammed"), ("Mohammed", "Muhammad"),
    ("Cohen", "Kohn"), ("Goldstein Ltd", 'גולדשטיין בע"מ'),
]  # fmt: skip
OTHERS = [
    ("Yael Levi", "Eyal Levi"), ("Dana", "דן"), ("Branch 1", "Branch 2"), ("Smith", "Schmidt"),
    ("Dana Cohen", "Rina Cohen"), ("", ""), ("Ltd", 'בע"מ'), ("דנה", "רינה"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_name_in_two_spellings(one, other):
    assert likeness(one, other) >= 90
    assert {*sought(one)} <= {*searched(other).split(" ")} or {*sought(other)} <= {
        *searched(one).split(" ")
    }


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_names(one, other):
    assert likeness(one, other) < 75
