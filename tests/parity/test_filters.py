"""The filters of our templates, rendered by Jinja here and called in JavaScript there."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from server.web import filters

NOW = "2025-03-20T12:00:00Z"
# As Persian says it, to see that the texts come from the catalogue.
MESSAGES = {
    "%(num)s min ago": ["%(num)s دقیقه پیش", "%(num)s دقیقه پیش"],
    "%(num)s day ago": ["یک روز پیش", "%(num)s روز پیش"],
    "yesterday": ["دیروز"],
    "%(num)s h": ["%(num)s ساعت", "%(num)s ساعت"],
}
fmts = st.fixed_dictionaries({
    "lang": st.sampled_from(["en", "he", "fa", "ar", None]),
    "zone": st.sampled_from(["Asia/Jerusalem", "Asia/Tehran", "UTC", "America/New_York"]),
    "calendar": st.sampled_from(["gregorian", "jalali", "gregorian+hebrew", None]),
    "region": st.sampled_from(["IL", "IR", "US", None]), "now": st.just(NOW),
})
at = int(datetime(2025, 3, 20, 12, tzinfo=UTC).timestamp())
instants = st.one_of(st.integers(at - 900000, at + 900000), st.integers(0, 4102444800)).map(
    lambda s: datetime.fromtimestamp(s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
days = st.dates(date(1700, 1, 1), date(2200, 1, 1)).map(date.isoformat)
styles = st.sampled_from(["short", "long", "weekday", "month", "input"])
whole = st.one_of(st.integers(-(2**53) + 1, 2**53 - 1), st.integers(-3000, 3000))
decimals = st.integers(-(10**9), 10**9).map(lambda n: n / 1000)
e164 = st.from_regex(r"\A(\+972|\+98|\+1|\+33|\+7|0)[0-9]{6,11}\Z")
known = st.characters(exclude_categories=("Cn", "Cs"))  # assigned in Python's Unicode
names = st.one_of(st.text(known, max_size=20), st.text(
    st.sampled_from("אבשׁ ִםסاآأعَّی\u200c aéÉßǆıłΑщ한中😀 -'\"(1۲ि।क\u0301"), max_size=20))
CASES = {
    "date": st.tuples(st.one_of(days, instants, st.just("no date")), styles),
    "day": st.tuples(st.one_of(days, instants)), "instant": st.tuples(instants, styles),
    "time": st.tuples(st.one_of(instants, st.just("09:30"))), "ago": st.tuples(instants),
    "number": st.tuples(st.one_of(whole, decimals, st.just("12"))),
    "money": st.tuples(st.one_of(whole, st.just("12")), st.sampled_from(
        ["ILS", "IRR", "IRT", "USD", "KWD", "CHF", "XXX", None])),
    "digits": st.tuples(st.one_of(whole, st.text(known, max_size=8))),
    "phone": st.tuples(st.one_of(e164, st.just("*2700"))), "tel": st.tuples(e164),
    "initials": st.tuples(names), "duration": st.tuples(st.integers(-5000, 100000)),
    "size": st.tuples(st.one_of(whole, st.integers(0, 3 * 10**9))),
    "dir": st.tuples(st.sampled_from(["he", "en", "ar", "fa", "xx"])),
    "comma": st.tuples(st.sampled_from(["he", "en", "ar", "fa", "xx"])),
}


def translated(one, many=None, n=1):
    forms = MESSAGES.get(one)
    return forms[0 if n == 1 else 1] if forms else one if n == 1 else many


@pytest.fixture(scope="module")
def env():
    env = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translated, translated, newstyle=True
    )
    filters.register(env)
    return env


@pytest.fixture(scope="module", autouse=True)
def configured(node):
    node.call("filters.configure", filters.tables())


def ours(env, fmt, name, args):
    template = env.from_string("{% autoescape false %}{{ v[0]|" + name + "(*v[1:]) }}"
                               "{% endautoescape %}")
    return template.render(v=args, fmt=fmt)


@pytest.mark.parametrize("name", CASES)
def test_both_sides_agree(env, node, name):
    @settings(max_examples=250, deadline=None)
    @given(fmts, CASES[name])
    def check(fmt, args):
        assert ours(env, fmt, name, args) == node.call("adapters.filter", fmt, name, args, MESSAGES)

    check()


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_shown_as_nothing(env, node, name):
    fmt = filters.DEFAULT | {"now": NOW}
    for value in (None, ""):
        assert ours(env, fmt, name, [value]) == ""
        assert node.call("adapters.filter", fmt, name, [value], {}) == ""
    assert env.from_string("{{ missing|" + name + " }}").render() == ""


def test_every_filter_is_on_both_sides(env, node):
    ours = set(env.filters) - set(Environment().filters)
    assert ours == set(CASES)
    assert set(node.call("adapters.names")) == ours


PERSIAN = {"lang": "fa", "zone": "Asia/Tehran", "calendar": None, "region": "IR", "now": NOW}
HEBREW = {"lang": "he", "zone": "Asia/Jerusalem", "calendar": None, "region": "IL", "now": NOW}
ENGLISH = {"lang": "en", "zone": "UTC", "calendar": None, "region": "US", "now": NOW}


@pytest.mark.parametrize(("fmt", "name", "args", "shown"), [
    (PERSIAN, "date", ["2025-03-20"], "۱۴۰۳/۱۲/۳۰"),
    (PERSIAN, "date", ["2025-03-20T20:30:00Z", "long"], "۱ فروردین ۱۴۰۴"),
    (PERSIAN, "ago", ["2025-03-20T11:55:00Z"], "۵ دقیقه پیش"),
    (PERSIAN, "ago", ["2025-03-19T11:00:00Z"], "دیروز"),
    (PERSIAN, "ago", ["2025-03-17T11:00:00Z"], "۳ روز پیش"),
    (PERSIAN, "number", [1234567], "۱٬۲۳۴٬۵۶۷"),
    (PERSIAN, "phone", ["+989121234567"], "0912-123-4567"),
    (PERSIAN, "duration", [80], "۱ ساعت ۲۰ min"),
    (HEBREW, "day", ["2025-03-20"], "יום חמישי, 20 במרץ 2025"),
    (HEBREW, "instant", ["2025-03-20T12:00:00Z"], "20.3.2025, 14:00"),
    (HEBREW, "number", [-1234], "\u200e-1,234"),
    (HEBREW, "initials", ["דָּנָה בן־כהן"], "דב"),
    (ENGLISH, "initials", ["  élodie de la \"Cruz\""], "ÉC"),
    (ENGLISH, "initials", ["مهدی احمدی"], "م\u200cا"),
    (ENGLISH, "initials", ["李小龍 Lee"], "李"),
    (ENGLISH, "initials", ["*** ()"], ""),
    (ENGLISH, "ago", ["2025-03-20T11:59:30Z"], "just now"),
    (ENGLISH, "ago", ["2025-03-20T15:00:00Z"], "in 3 h"),
    (ENGLISH, "ago", ["2025-03-21T13:00:00Z"], "tomorrow"),
    (ENGLISH, "ago", ["2025-03-01T13:00:00Z"], "1 Mar 2025"),
    (ENGLISH, "duration", [0], "0 min"),
    (PERSIAN, "duration", [120], "۲ ساعت"),
    (ENGLISH, "size", [999], "999 B"),
    (ENGLISH, "size", [3_456_789], "3.4 MB"),
    (PERSIAN, "size", [1_500], "۱٫۵ kB"),
    (ENGLISH, "size", [2_147_483_648], "2.1 GB"),
    (ENGLISH, "size", [12_345_678], "12 MB"),
    (ENGLISH, "tel", ["+972521234567"], "tel:+972521234567"),
    (ENGLISH, "time", ["2025-03-20T12:05:59Z"], "12:05"),
])
def test_shown(env, fmt, name, args, shown):
    assert ours(env, fmt, name, args) == shown


def test_results_are_escaped_by_the_template(env):
    shown = env.from_string("{{ '<b>'|date }}{{ v|phone }}").render(v="<i>", fmt=ENGLISH)
    assert shown == "&lt;b&gt;&lt;i&gt;"


def test_tables_are_small():
    assert len(json.dumps(filters.tables(), ensure_ascii=False).encode()) < 18000
