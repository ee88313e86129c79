"""Which column fills which field: by its heading in any of our languages, else by its values."""

from __future__ import annotations

import re

from server.core import phones
from server.core.entity import Entity, Field
from server.core.kinds import EMAIL, URL
from server.core.permissions import Viewer
from server.core.text import fold

from .hearing import in_all
from .rights import targets
from .saying import ID
from .sources.table import Row

ENOUGH = 0.7  # of the values must look like it
# Names of fields → other headings under which the same is found, in the languages of our people
ALSO: dict[str, tuple[str, ...]] = {
    "name": ("full name", "customer", "customer name", "company name", "display name", "title",
             "שם מלא", "שם לקוח", "שם הלקוח", "שם החברה", "לקוח", "نام و نام خانوادگی", "نام مشتری",
             "نام کامل", "نام شرکت", "الاسم الكامل", "اسم العميل", "اسم الشركة"),
    "title": ("subject", "task", "what", "כותרת", "נושא", "عنوان", "موضوع", "العنوان"),
    "subject": ("title", "topic", "נושא", "موضوع", "الموضوع"),
    "phones": ("phone", "mobile", "mobile phone", "cell", "tel", "telephone", "phone number",
               "work phone", "home phone", "phone 1", "phone 2", "טלפון", "נייד", "סלולרי", "טל",
               "טלפון נייד", "פלאפון", "تلفن", "موبایل", "همراه", "شماره تلفن", "تلفن همراه",
               "الهاتف", "هاتف", "الجوال", "جوال", "رقم الهاتف"),
    "email": ("mail", "e mail", "email address", "e-mail address", "דואל", "דוא\"ל", "מייל",
              "אימייל", "ایمیل", "رایانامه", "پست الکترونیک", "البريد", "بريد", "ايميل"),
    "website": ("url", "web", "homepage", "site", "אתר", "وب سایت", "وبسایت", "سایت", "الموقع"),
    "account": ("company", "organisation", "organization", "customer", "account name", "חברה",
                "לקוח", "ארגון", "شرکت", "مشتری", "سازمان", "الشركة", "شركة", "العميل"),
    "contact": ("person", "contact name", "איש קשר", "مخاطب", "جهة الاتصال"),
    "role": ("job title", "position", "job", "תפקיד", "سمت", "شغل", "المنصب", "الوظيفة"),
    "street": ("address", "street address", "כתובת", "רחוב", "آدرس", "نشانی", "خیابان", "العنوان",
               "الشارع"),
    "city": ("town", "עיר", "ישוב", "יישוב", "شهر", "المدينة", "مدينة"),
    "postcode": ("zip", "zip code", "postal code", "מיקוד", "کدپستی", "کد پستی", "الرمز البريدي"),
    "country": ("מדינה", "ארץ", "کشور", "الدولة", "البلد"),
    "notes": ("note", "comments", "remarks", "description", "הערות", "הערה", "توضیحات", "یادداشت",
              "ملاحظات"),
    "body": ("notes", "description", "text", "תיאור", "הערות", "شرح", "توضیحات", "الوصف"),
    "tags": ("labels", "categories", "tag", "category", "groups", "תגיות", "קטגוריה", "برچسب",
             "برچسب‌ها", "دسته", "وسوم", "الفئة"),
    "due": ("due date", "deadline", "תאריך יעד", "سررسید", "مهلت", "تاريخ الاستحقاق"),
    "owner": ("sales rep", "salesperson", "assigned to", "בעלים", "אחראי", "איש מכירות",
              "کارشناس فروش",
              "مسئول", "المسؤول", "المندوب"),
    "birthday": ("date of birth", "birth date", "dob", "תאריך לידה", "تاریخ تولد", "تاريخ الميلاد"),
    "number": ("customer number", "customer no", "no", "code", "מספר לקוח", "کد مشتری",
               "شماره مشتری", "رقم العميل"),
}  # fmt: skip
TRAILING = re.compile(r"[ ]?[0-9]+$")


def guess(
    entity: Entity, columns: Row, sample: list[Row], viewer: Viewer | None = None
) -> list[str]:
    """The target of each column, or nothing: a field's name, or `id`."""
    fields = _offered(entity, viewer)
    names = {field.name: _names(field) for field in fields} | {"id": in_all(ID) | {"id", "uid"}}
    found = [""] * len(columns)
    for look in (_exactly, _alike):
        for at, column in enumerate(columns):
            if not found[at]:
                found[at] = look(entity, fold(column), names, found)
    for at in range(len(columns)):
        if not found[at]:
            values = [row[at] for row in sample if at < len(row) and row[at].strip()]
            found[at] = _by_values(fields, values, found)
    return found


def _offered(entity: Entity, viewer: Viewer | None) -> list[Field]:
    numbers = [f for f in entity.fields.values() if f.kind == "autonumber"]
    return targets(entity, viewer) + numbers


def _names(field: Field) -> set[str]:
    return in_all(field.label) | {fold(field.name.replace("_", " "))}


def is_free(entity: Entity, name: str, taken: list[str]) -> bool:
    """Several columns may fill a list between them; anything else one alone."""
    field = entity.fields.get(name)
    return name not in taken or (field is not None and field.kind in ("phones", "tags"))


def _exactly(entity: Entity, head: str, names: dict[str, set[str]], taken: list[str]) -> str:
    fits = (n for n, words in names.items() if head in words and is_free(entity, n, taken))
    return next(fits, "")


def _alike(entity: Entity, head: str, names: dict[str, set[str]], taken: list[str]) -> str:
    bare = TRAILING.sub("", head)
    for name in names:
        words = {fold(word) for word in ALSO.get(name, ())} | names[name]
        if (head in words or bare in words) and is_free(entity, name, taken):
            return name
    return ""


def _by_values(fields: list[Field], values: list[str], taken: list[str]) -> str:
    """Only what can be told by looking at it."""
    looks = {"email": _is_email, "url": _is_url, "phones": _is_phone, "phone": _is_phone}
    for field in fields:
        look = looks.get(field.kind)
        if look is None or field.name in taken or not values:
            continue
        if sum(map(look, values)) >= ENOUGH * len(values):
            return field.name
    return ""


def _is_email(text: str) -> bool:
    return EMAIL.fullmatch(text.strip()) is not None


def _is_url(text: str) -> bool:
    return URL.fullmatch(text.strip()) is not None or text.strip().startswith("www.")


def _is_phone(text: str) -> bool:
    bare = re.sub("[^0-9]", "", fold(text))
    signed = text.strip().startswith(("+", "0", "(0")) or "-" in text
    return 8 <= len(bare) <= 15 and signed and phones.normalise(text, "IL") is not None
