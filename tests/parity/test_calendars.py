"""Dates, clocks and calendars: the same on both sides, and as their libraries know them."""

from datetime import UTC, date, datetime

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from server.core import calendars, text

ZONES = ["Asia/Jerusalem", "Asia/Tehran", "UTC", "America/New_York", "Australia/Lord_Howe",
         "Asia/Kathmandu", "Europe/London", "Pacific/Apia", "No/Where", "", None]
STYLES = ["short", "long", "weekday", "month", "input"]
CALENDARS = ["gregorian", "jalali", "gregorian+hebrew", None]
people = st.fixed_dictionaries({
    "lang": st.sampled_from(["en", "he", "fa", "ar", None]), "zone": st.sampled_from(ZONES),
    "calendar": st.sampled_from(CALENDARS), "region": st.sampled_from(["IL", "IR", "US", None]),
})
days = st.one_of(
    st.dates(date(1790, 1, 1), date(2130, 1, 1)).map(date.isoformat),
    st.dates(date(1000, 1, 1), date(8999, 12, 31)).map(date.isoformat),
    st.sampled_from(["2025-02-29", "0999-12-31", "9999-12-31", "nonsense", "", None]),
)
seconds = st.integers(-2208988800, 4102444800)  # 1900 to 2100
instants = st.one_of(
    seconds.map(lambda s: datetime.fromtimestamp(s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")),
    st.sampled_from(["2025-01-01T25:00:00Z", "2025-01-01", "2025-03-20T09:01:30.123Z", "", None]),
)
typed_days = st.one_of(
    st.from_regex(r"\A(1[34][0-9]{2}|20[0-9]{2}|[۱۲][۳۴][۰-۹]{2}|[0-9]{1,2})[/. -]([0-9]{1,2})"
                  r"[/. -]([0-9]{1,4})\Z"),
    st.text(st.characters(exclude_categories=("Cn", "Cs")), max_size=10),
)


@pytest.fixture(scope="module", autouse=True)
def configured(node):
    node.call("text.configure", text.table())
    node.call("calendars.configure", calendars.table())


def same(node, fn, *args):
    ours, theirs = getattr(calendars, fn)(*args), node.call(f"calendars.{fn}", *args)
    ours = list(ours) if isinstance(ours, tuple) else ours
    assert ours == theirs, (fn, args)
    return ours


@settings(max_examples=800, deadline=None)
@given(days, people)
def test_dates_are_shown_alike(node, iso, person):
    for style in STYLES:
        same(node, "show_date", iso, person, style)
    same(node, "to_jalali", iso)
    shown = calendars.show_date(iso, person, "input")
    read = same(node, "parse_date", shown, calendars.calendar_of(person))
    same(node, "month_of", iso, calendars.calendar_of(person))
    if iso and "1800" < iso < "8999" and iso[5:] < "02-29":
        assert read == iso


@settings(max_examples=600, deadline=None)
@given(instants, instants, people)
def test_instants_are_shown_alike(node, iso, now, person):
    for style in STYLES:
        same(node, "show_instant", iso, person, style)
    same(node, "show_time", iso, person)
    same(node, "local", iso, person["zone"])
    same(node, "today", now, person["zone"])


@settings(max_examples=600, deadline=None)
@given(days, st.from_regex(r"\A[0-2۰-۲]?[0-9۰-۹][:.][0-6][0-9](:[0-9]{2})?\Z"),
       st.sampled_from(ZONES))
def test_local_times_become_the_same_instant(node, iso, time, zone):
    same(node, "parse_time", time)
    if iso and not "1900" < iso < "2100":
        iso = "2025-03-28"
    same(node, "instant_from_local", iso, time, zone)


@settings(max_examples=800, deadline=None)
@given(typed_days, st.sampled_from(CALENDARS))
def test_typed_dates_are_read_alike(node, typed, calendar):
    same(node, "parse_date", typed, calendar)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.integers(1, 9001), st.integers(1170, 1510), st.integers(1795, 2130)),
       st.integers(0, 13), st.sampled_from(CALENDARS[:3]), st.integers(0, 6))
def test_month_grids_are_alike(node, year, month, calendar, first):
    weeks = same(node, "month_grid", year, month, calendar, first)
    cells = [cell for week in weeks for cell in week]
    assert [c["date"] for c in cells] == sorted({c["date"] for c in cells})
    inside = [c["day"] for c in cells if c["inside"]]
    assert inside == list(range(1, len(inside) + 1)) and len(inside) in (0, 28, 29, 30, 31)


def alike(node, fn, calls):
    ours = [getattr(calendars, fn)(*args) for args in calls]
    assert [list(o) if isinstance(o, tuple) else o for o in ours] == node.each(
        f"calendars.{fn}", calls
    )
    return ours


def test_every_day_agrees_with_the_platforms_calendars(node):
    first = date(1800, 1, 1).toordinal()
    isos = [date.fromordinal(o).isoformat() for o in range(first, date(2123, 1, 1).toordinal())]
    jalali = alike(node, "to_jalali", [(iso,) for iso in isos])
    platform = node.each("reference.in_calendar", [(iso, "persian") for iso in isos])
    assert [[str(n) for n in day] for day in jalali] == [
        [part.split(" ")[0] for part in day] for day in platform
    ]
    assert alike(node, "from_jalali", jalali) == isos
    alike(node, "hebrew_text", [(iso, "he") for iso in isos[::2]])


@pytest.mark.parametrize(("iso", "jalali"), [
    ("2024-03-20", (1403, 1, 1)),
    ("2025-03-20", (1403, 12, 30)),
    ("2025-03-21", (1404, 1, 1)),
    ("2021-03-20", (1399, 12, 30)),
    ("2026-03-20", (1404, 12, 29)),
    ("1979-02-11", (1357, 11, 22)),
])
def test_jalali(iso, jalali):
    assert calendars.to_jalali(iso) == jalali
    assert calendars.from_jalali(*jalali) == iso


@pytest.mark.parametrize(("typed", "calendar", "iso"), [
    ("۱۴۰۳/۱۲/۳۰", "jalali", "2025-03-20"),
    ("30.12.1403", "jalali", "2025-03-20"),
    ("1404/12/30", "jalali", None),
    ("2025-03-20", "jalali", "2025-03-20"),
    ("20.3.2025", "gregorian", "2025-03-20"),
    (" 20/3/2025 ", None, "2025-03-20"),
    ("٢٠/٣/٢٠٢٥", "gregorian", "2025-03-20"),
    ("29.2.2025", "gregorian", None),
    ("20.3.25", "gregorian", None),
    ("tomorrow", "gregorian", None),
    (None, "gregorian", None),
])
def test_parse_date(typed, calendar, iso):
    assert calendars.parse_date(typed, calendar) == iso


@pytest.mark.parametrize(("day", "time", "zone", "instant"), [
    ("2025-03-28", "02:30", "Asia/Jerusalem", "2025-03-28T00:30:00Z"),  # skipped
    ("2025-10-26", "01:30", "Asia/Jerusalem", "2025-10-25T22:30:00Z"),  # twice
    ("2025-03-09", "02:30", "America/New_York", "2025-03-09T07:30:00Z"),
    ("2025-11-02", "01:30", "America/New_York", "2025-11-02T05:30:00Z"),
    ("2022-03-22", "00:30", "Asia/Tehran", "2022-03-21T21:00:00Z"),
    ("2025-07-01", "۱۲:۰۰", "Asia/Tehran", "2025-07-01T08:30:00Z"),
    ("2025-07-01", "12:00", "UTC", "2025-07-01T12:00:00Z"),
    ("2011-12-30", "12:00", "Pacific/Apia", "2011-12-30T22:00:00Z"),  # a day that was not
    ("2025-07-01", "24:00", "UTC", None),
    ("", "12:00", "UTC", None),
])
def test_instant_from_local(node, day, time, zone, instant):
    assert same(node, "instant_from_local", day, time, zone) == instant


@pytest.mark.parametrize(("now", "zone", "day"), [
    ("2025-03-20T22:30:00Z", "Asia/Jerusalem", "2025-03-21"),
    ("2025-03-20T20:29:59Z", "Asia/Tehran", "2025-03-20"),
    ("2025-03-20T20:30:00Z", "Asia/Tehran", "2025-03-21"),
    ("2025-03-20T03:59:59Z", "America/New_York", "2025-03-19"),
])
def test_today(node, now, zone, day):
    assert same(node, "today", now, zone) == day


@pytest.mark.parametrize(("lang", "style", "shown"), [
    ("en", "short", "20 Mar 2025"),
    ("en", "weekday", "Thursday, 20 March 2025"),
    ("he", "short", "20.3.2025"),
    ("he", "long", "20 במרץ 2025"),
    ("fa", "short", "۱۴۰۳/۱۲/۳۰"),
    ("fa", "weekday", "پنجشنبه ۳۰ اسفند ۱۴۰۳"),
    ("fa", "month", "اسفند ۱۴۰۳"),
    ("ar", "weekday", "الخميس، ٢٠ مارس ٢٠٢٥"),
])
def test_show_date(lang, style, shown):
    assert calendars.show_date("2025-03-20", {"lang": lang}, style) == shown


def test_hebrew_dates_on_wish():
    person = {"lang": "he", "calendar": "gregorian+hebrew"}
    assert calendars.show_date("2024-03-01", person, "long") == "1 במרץ 2024 · כ״א באדר א׳ תשפ״ד"
    assert calendars.show_date("2024-10-17", person, "long") == "17 באוקטובר 2024 · ט״ו בתשרי תשפ״ה"


# Days on which editions of the time zone database differ, of which each half may have another.
REWRITTEN = {("Asia/Tehran", "1979-05-26")}


@pytest.mark.parametrize("zone", ZONES[:4])
def test_clocks_agree_through_the_years(node, zone):
    hours = [f"{year}-{month:02d}-{day}T{hour}:30:00Z" for year in range(1970, 2037)
             for month in range(1, 13) for day in (20, 21, 26, 27) for hour in ("00", "06", "22")]
    alike(node, "local", [(iso, zone) for iso in hours if (zone, iso[:10]) not in REWRITTEN])


@pytest.mark.parametrize("tag", ["he_IL", "fa_IR", "ar_EG", "ar_SA", "en_US", "en_GB", "de_DE"])
def test_weeks_are_cldrs(node, tag):
    locale = Locale.parse(tag)
    lang, region = tag.split("_")
    assert same(node, "week_start", lang, region) == locale.first_week_day
    assert same(node, "weekend", lang, region)[0] == locale.weekend_start
    assert same(node, "weekend", lang, region)[-1] == locale.weekend_end
    assert same(node, "week_start", lang) == {"he": 6, "fa": 5, "ar": 5}.get(lang, 0)


def test_jalali_weeks_begin_on_saturday_wherever_they_are_read(node):
    for region in ("IL", "IR", "GB", None):
        assert same(node, "week_start", "fa", region, "jalali") == 5
    assert same(node, "week_start", "fa", "IL", "gregorian") == 6


FEASTS = {"Independence Day": ("2018-04-19 2021-04-15 2023-04-26 2024-05-14 2025-05-01 2026-04-22 "
                               "2028-05-02"),
          "Tisha B'Av": "2018-07-22 2021-07-18 2023-07-27 2024-08-13 2025-08-03 2026-07-23"}


@pytest.mark.parametrize("name", FEASTS)
def test_feasts_are_put_off_for_a_sabbath(node, name):
    days = FEASTS[name].split()
    year = [f"{day[:4]}-{month:02d}-{n:02d}" for day in days for month in (4, 5, 7, 8)
            for n in range(1, 31)]  # fmt: skip
    found = alike(node, "hebrew_day", [(day, "en") for day in year])
    assert [day for day, one in zip(year, found, strict=True) if one["feast"] == name] == days


@settings(max_examples=50, deadline=None)
@given(st.integers(1000, 1700), st.integers(-1, 14), st.integers(-1, 33))
def test_jalali_days_that_are_not(node, year, month, day):
    same(node, "from_jalali", year, month, day)


def test_jalali_grid_has_its_own_months():
    weeks = calendars.month_grid(1403, 12, "jalali", calendars.week_start("fa"))
    inside = [cell for week in weeks for cell in week if cell["inside"]]
    assert inside[0] == {"date": "2025-02-19", "day": 1, "inside": True}
    assert inside[-1] == {"date": "2025-03-20", "day": 30, "inside": True}
    assert calendars.month_range(1404, 12, "jalali") == ("2026-02-20", "2026-03-20")
    assert weeks[0][0]["date"] == "2025-02-15"  # a Saturday
