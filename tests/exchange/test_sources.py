"""What files may be, and what no file may do to us."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from server.core.errors import Refused
from server.core.registry import registry
from server.exchange.faults import Unfit
from server.exchange.guessing import guess
from server.exchange.hearing import Ear
from server.exchange.sources import table
from server.exchange.sources.reading import Table, again, read
from tests.people import Stage

HE, AR = "שם,עיר\nדנה כהן,חיפה\nיוסי לוי,תל אביב\n", "الاسم,المدينة\nمحمد أحمد,القدس\nليلى,حلب\n"
ME = {"lang": "en", "zone": "Asia/Jerusalem", "region": "IL"}


def taken(folder: Path, data: bytes, **options: str) -> tuple[Table, list[list[str]]]:
    path, target = folder / "came", folder / "rows"
    path.write_bytes(data)
    found = read(path, target, options)
    return found, list(again(target))


@pytest.mark.parametrize(("text", "encoding"), [
    (HE, "utf-8"), (HE, "utf-8-sig"), (HE, "utf-16"), (HE, "utf-16-le"), (HE, "cp1255"),
    (AR, "cp1256"), (AR, "utf-16-be"), (AR, "utf-8"), ("nom,ville\nRené,Besançon\n", "cp1252"),
])  # fmt: skip
def test_encodings(tmp_path: Path, text: str, encoding: str) -> None:
    found, rows = taken(tmp_path, text.encode(encoding))
    assert [found.columns, *rows] == [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_separators(tmp_path: Path, sign: str) -> None:
    text = f'a{sign}b{sign}c\r\n"1{sign}x"{sign}"2, 3"{sign}"4\n5"\r\n\r\nx;y{sign}{sign}\r\n'
    found, rows = taken(tmp_path, text.encode())
    assert (found.columns, found.options["separator"]) == (["a", "b", "c"], sign)
    first = ["1" + sign + "x", "2, 3", "4\n5"]
    assert rows == ([first, ["x;y"]] if sign != ";" else [first, ["x", "y"]])


def test_what_was_chosen_counts(tmp_path: Path) -> None:
    chosen = {"encoding": "utf-8", "separator": ","}
    found, rows = taken(tmp_path, "a;b,c\n1;2,3\n".encode("cp1255"), **chosen)
    assert (found.columns, rows) == (["a;b", "c"], [["1;2", "3"]])
    with pytest.raises(Unfit, match="encoding"):
        taken(tmp_path, HE.encode("cp1255"), encoding="utf-8")


def book(*rows: list[Any], **cells: Any) -> bytes:
    made, out = Workbook(), io.BytesIO()
    for one in rows:
        made.active.append(one)  # type: ignore[union-attr]
    for place, value in cells.items():
        made.active[place] = value  # type: ignore[index]
    made.save(out)
    return out.getvalue()


def packed(**parts: str) -> bytes:
    """A workbook with some of its parts replaced."""
    out, good = io.BytesIO(), zipfile.ZipFile(io.BytesIO(book(["Name"], ["x"])))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name in good.namelist():
            key = name.rpartition("/")[2].partition(".")[0]
            pack.writestr(name, parts.pop(key, "") or good.read(name))
        for key, text in parts.items():
            pack.writestr(f"xl/{key}.xml", text)
    return out.getvalue()


def test_a_workbook(tmp_path: Path) -> None:
    day = date(2026, 3, 21)
    data = book(["Name", "When", "At", "N", "Yes"],
                ["=1+1", day, datetime.combine(day, time(9, 5)), 12.0, True])  # fmt: skip
    found, rows = taken(tmp_path, data)
    assert found.format == "xlsx"
    assert rows[0][1:] == ["2026-03-21", "2026-03-21 09:05:00", "12", "1"]


def test_a_sheet_as_large_as_can_be(tmp_path: Path) -> None:
    """Two cells far from each other are two cells, and no space between them."""
    with pytest.raises(Unfit, match=r"too_many_columns|no_rows"):
        taken(tmp_path, book(["Name"], XFD2="far"))
    found, rows = taken(tmp_path, book(["Name"], ["x"], A900000="far"))
    assert (found.total, rows) == (1, [["x"]])


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
) + "]><x>&i;</x>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize(("data", "code"), [
    (b"", "empty"), (b"\n\n \n", "empty"), (b"a,b\n", "no_rows"), (b"a,b\n,\n", "no_rows"),
    (b"\x89PNG\r\n\x1a\n" + bytes(100), "binary"), (b"%PDF-1.7\n1 0 obj", "binary"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel"),
    (b"MZ" + bytes(range(256)) * 20, "binary"), (b"<!DOCTYPE html><p>x", "binary"),
    (b"a,b\n1,2\n" + b"x" * 300_000 + b"\n1,2\n", "too_long"),
    (b"name,city\nDana,\x00Haifa\nLevi,Jaffa\n", "binary|nul"),
    (b"a\n" + b"1\n" * 200_000 + b"\x00\n", "nul"),
    (b"a,b\n" + b'"' + b"x,y\n" * 60_000, "too_long"),
    (b"a\n" + b"x\n" * 200_000 + b"\xff\xfe\xfa\n", "encoding"),
    ((",".join(map(str, range(10_000))) + "\n1\n").encode(), "too_many_columns"),
    (b"a\n" + b"," * 10_000 + b"1\n", "too_many_columns"),
    (b"PK\x03\x04" + b"rubbish" * 100, "torn"), (packed(sheet1="<worksheet"), "torn"),
    (packed(sheet1=LAUGHS), "binary|torn"), (packed(workbook=OUTSIDE), "binary|torn"),
    (b"BEGIN:VCARD\nVERSION:3.0\nFN:half", "torn"),
])  # fmt: skip
def test_no_table(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(Unfit, match=code):
        taken(tmp_path, data)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    with pytest.raises(Unfit, match="bomb"):
        taken(tmp_path, packed(sharedStrings=" " * 90_000_000))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        pack.writestr("evil.txt", "x")
    with pytest.raises(Unfit, match="binary"):
        taken(tmp_path, out.getvalue())


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.exchange.sources.reading.MOST_ROWS", 3)
    assert table.MOST_ROWS == 1_000_000
    with pytest.raises(Unfit, match="too_many_rows"):
        taken(tmp_path, b"a\n1\n2\n3\n4\n")


VCARD = """BEGIN:VCARD\r
VERSION:2.1\r
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D7=9B=D7=94=D7=9F;=D7=93=D7=A0=D7=94;;;\r
TEL;CELL:052-123-4567\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:4.0\r
FN:Reza\r
ORG:Baker\\, Sons;Sales\r
TEL;VALUE=uri:tel:+98-912-123-4567\r
TEL:03-555 1234\r
EMAIL:r@x.com\r
BDAY:19850321\r
ADR:;;Herzl 1;Haifa;;12345;Israel\r
NOTE:two\\nlines\r
END:VCARD\r
"""


def test_vcards(tmp_path: Path) -> None:
    found, rows = taken(tmp_path, VCARD.encode())
    one, two = (dict(zip(found.columns, row, strict=False)) for row in rows)
    assert one["phones"] == "052-123-4567" and "דנה" in one["name"]
    assert two["phones"] == "+98-912-123-4567, 03-555 1234"
    assert (two["birthday"], two["city"], two["notes"]) == ("1985-03-21", "Haifa", "two\nlines")
    assert guess(registry["contact"], found.columns, found.sample)[:4] == [
        "name", "phones", "email", "account",
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "name", "text", "value"), [
    ("contact", "birthday", "1364/1/2", "1985-03-22"),
    ("contact", "birthday", "٢١/٣/١٩٨٥", "1985-03-21"),
    ("contact", "birthday", "1985-03-21 00:00:00", "1985-03-21"),
    ("contact", "birthday", "31/2/1985", None),
    ("activity", "at", "2026-01-05 14:30:05", "2026-01-05T12:30:05Z"),
    ("activity", "at", "2026-01-05T12:30:05Z", "2026-01-05T12:30:05Z"),
    ("activity", "duration", "1,200", 1200), ("activity", "duration", "۴۵", 45),
    ("activity", "duration", "30.0", 30), ("activity", "duration", "1.5", None),
    ("activity", "duration", "2000", None), ("contact", "decision_maker", "כן", True),
    ("contact", "decision_maker", "خیر", False), ("contact", "decision_maker", "?", None),
    ("account", "relation", "לקוח", "customer"), ("account", "relation", "Customer", "customer"),
    ("account", "phones", "052-1234567 / 972521234568", ["+972521234567", "+972521234568"]),
    ("account", "phones", "nonsense", None), ("account", "tags", "a; b، a", ["a", "b"]),
    ("account", "website", "x.com", "https://x.com"), ("account", "email", "no", None),
])  # fmt: skip
def test_words_and_numbers(kind: str, name: str, text: str, value: Any) -> None:
    ear, field = Ear(ME), registry[kind].fields[name]
    if value is None:
        with pytest.raises(Refused):
            ear.value(field, text)
        return
    assert ear.value(field, text) == value


def test_months_before_days() -> None:
    field = registry["contact"].fields["birthday"]
    assert Ear(ME, month_first=True).value(field, "3/21/1985") == "1985-03-21"
    assert Ear(ME, month_first=True).value(field, "1364/1/2") == "1985-03-22"


def test_guessing_by_values() -> None:
    sample = [["x", "a@b.co", "052-123-4567", "www.x.com"],
              ["y", "c@d.co", "03-555-1234", "http://y.co"]]  # fmt: skip
    assert guess(registry["account"], ["?"] * 4, sample) == ["", "email", "phones", "website"]


def test_refusing_in_the_page(fresh: Stage) -> None:
    browser = fresh.browser("olive")
    for data, says in ((b"", "nothing in this file"), (b"%PDF-1.7", "no table")):
        answer = browser.post("/imports/", of="account", file=(io.BytesIO(data), "a.csv"))
        assert answer.status_code == 422 and says in answer.text
    assert browser.post("/imports/", of="account").status_code == 422
    assert browser.post("/imports/", of="file", file=(io.BytesIO(b"a"), "a")).status_code == 404
