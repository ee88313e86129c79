"""Who is who: two organisations, their branches, teams and people."""

from dataclasses import dataclass, field

PASSWORD = "kesher-demo"  # noqa: S105


@dataclass(frozen=True)
class Person:
    """One of the cast. `team` and `manager` are keys; `book` is how many of the default number
    of accounts are theirs; `tongues` weighs the languages of the customers they look after."""

    key: str
    name: str
    role: str
    team: str
    manager: str | None
    title: str
    phone: str
    lang: str = "he"
    zone: str = "Asia/Jerusalem"
    calendar: str = "gregorian"
    theme: str = "auto"
    book: int = 0
    tongues: dict[str, int] = field(default_factory=lambda: {"he": 1})


@dataclass(frozen=True)
class Team:
    key: str
    name: str
    branch: str
    lead: str


@dataclass(frozen=True)
class Home:
    """An organisation; `branches` maps a key to a name, people are at <key>@<domain>."""

    name: str
    domain: str
    lang: str
    currency: str
    region: str
    zone: str
    branches: dict[str, str]
    teams: list[Team]
    people: list[Person]

    def email(self, person: Person) -> str:
        return f"{person.key}@{self.domain}"

    @property
    def book(self) -> int:
        return sum(person.book for person in self.people)


# fmt: off
_HEBREW = {"he": 85, "en": 10, "ar": 5}
_PERSIAN = {"fa": 88, "en": 8, "ar": 4}
_ENGLISH = {"en": 90, "he": 10}
_ARABIC = {"ar": 65, "he": 35}

MAAYAN = Home(
    name="מעיין מים וקפה",
    domain="demo.test",
    lang="he",
    currency="ILS",
    region="IL",
    zone="Asia/Jerusalem",
    branches={"tlv": "סניף תל אביב", "dxb": "شعبهٔ دبی (Dubai)"},
    teams=[
        Team("sales", "מכירות", "tlv", "oren"),
        Team("service", "שירות והתקנות", "tlv", "igor"),
        Team("abroad", "فروش بین‌الملل", "dxb", "babak"),
    ],
    people=[
        Person("manager", "אבנר שגב", "manager", "sales", None, 'מנכ"ל', "+972522104410",
               theme="light"),
        Person("admin", "רות אדלר", "admin", "sales", "manager", "מנהלת מערכת", "+972542290117"),
        Person("oren", "אורן ביטון", "seller", "sales", "manager", "ראש צוות מכירות",
               "+972503317725", book=58, tongues=_HEBREW),
        Person("dana", "דנה כהן", "seller", "sales", "oren", "מנהלת לקוחות", "+972526640381",
               book=64, tongues=_HEBREW),
        Person("samir", "سمير خوري", "seller", "sales", "oren", "مدير مبيعات الشمال",
               "+972508871204", lang="ar", book=52, tongues=_ARABIC),
        Person("babak", "بابک یزدانی", "manager", "abroad", "manager", "مدیر شعبهٔ دبی",
               "+971504412296", lang="fa", zone="Asia/Dubai", calendar="jalali", book=56,
               tongues={"fa": 70, "en": 20, "ar": 10}),
        Person("leila", "لیلا احمدی", "seller", "abroad", "babak", "کارشناس فروش", "+989123346108",
               lang="fa", zone="Asia/Tehran", calendar="jalali", theme="dark", book=66,
               tongues=_PERSIAN),
        Person("james", "James Whitfield", "seller", "abroad", "babak", "Account executive",
               "+447700900142", lang="en", zone="Europe/London", book=54, tongues=_ENGLISH),
        Person("igor", "איגור לבין", "technician", "service", "manager", "מנהל שירות",
               "+972543398812", tongues={"en": 1, "he": 1}),
        Person("yossi", "יוסי מזרחי", "technician", "service", "igor", "טכנאי שטח",
               "+972507725546", theme="dark"),
        Person("rami", "رامي عودة", "technician", "service", "igor", "فني خدمة", "+972528814470",
               lang="ar", tongues=_ARABIC),
        Person("farid", "فرید تبریزی", "technician", "abroad", "babak", "تکنسین", "+989194457720",
               lang="fa", zone="Asia/Tehran", calendar="jalali", tongues={"fa": 1}),
        Person("office", "Emma Clarke", "office", "abroad", "babak", "Office manager",
               "+447700900188", lang="en", zone="Europe/London", theme="light", book=50,
               tongues=_ENGLISH),
        Person("shira", "שירה לביא", "office", "sales", "manager", "מנהלת משרד", "+972533360925",
               calendar="gregorian+hebrew"),
    ],
)

RIVAL = Home(
    name="Rival Water Ltd",
    domain="rival.test",
    lang="en",
    currency="GBP",
    region="GB",
    zone="Europe/London",
    branches={"main": "Head office"},
    teams=[Team("all", "Everybody", "main", "other")],
    people=[
        Person("other", "Olivia Ashworth", "manager", "all", None, "Director", "+447700900555",
               lang="en", zone="Europe/London", book=7, tongues=_ENGLISH),
        Person("tom", "תום גרינברג", "seller", "all", "other", "Sales", "+447700900556",
               zone="Europe/London", book=5, tongues={"he": 60, "en": 40}),
    ],
)
