"""Names that break careless software; every one is of a sort that real customer lists hold."""

from typing import NamedTuple


class Odd(NamedTuple):
    """An account given to person `owner` (a key of the story), without a phone if `mute`."""

    owner: str
    slug: str
    name: str
    kind: str = "company"
    mute: bool = False


ODD = [
    Odd("dana", "maam-veod", 'מע"מ ועוד: יועצי מס בע"מ'),
    Odd("dana", "tzuptzik", "צ'ופצ'יק ובניו, כלי מטבח"),
    Odd("dana", "haddad-doctors", "ד״ר ג׳ורג׳ אל-חדאד ושות׳, רופאים"),
    Odd(
        "dana",
        "may-haemek",
        "האגודה השיתופית לאספקת מים, השקיה ושירותים חקלאיים של יישובי עמק יזרעאל, הגליל התחתון "
        'ובקעת בית שאן (לשעבר "מי העמק") בע"מ, הנהלת החשבונות',
    ),
    Odd("dana", "bean-co", "קפה Bean & Co. תל אביב"),
    Odd("dana", "pizza-shemesh", "פיצה שמש 🍕☀️"),
    Odd("dana", "hamakolet", "המכולת של חיים", mute=True),
    Odd("dana", "sara.ben-ami", "שָׂרָה בֶּן־עֲמִי", kind="person"),
    Odd("leila", "abpak", "شرکت «آب‌پاک» (سهامی خاص)"),
    Odd("leila", "hajagha", "رستوران حاج‌آقا رضا، شعبهٔ ۲"),
    Odd("leila", "pars-cool", "گروه صنعتی Pars Cool Co."),
    Odd(
        "leila",
        "pesteh",
        "تعاونی تولیدکنندگان و صادرکنندگان پسته، خشکبار و فرآورده‌های کشاورزی شهرستان‌های رفسنجان، "
        "سیرجان و زرند (در حال ثبت)",
    ),
    Odd("leila", "gol-roz", "گل‌فروشی رُز 🌹", mute=True),
    Odd("office", "osullivan-mill", "O'Sullivan & Sons' \"Old Mill\" Bakery"),
    Odd("office", "angle-brackets", "<Angle> & Brackets Ltd"),
    Odd(
        "office",
        "llanfair",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Heritage Trust",
    ),
    Odd("office", "zoes-cafe", "Zoë's Café Ñandú"),
    Odd("office", "water-works", "100% Water_Works", mute=True),
    Odd("samir", "alnour-bakery", "مخبز النور מאפיית אלנור"),
    Odd("samir", "abu-alabd", "مطعم أبو العبد وأولاده (الطابق ٣)"),
    Odd("oren", "x-ray-imaging", 'חברת X-Ray Imaging בע"מ'),
    Odd("james", "galini-lodz", "Γαλήνη Olive Oil & Łódź Glass Ltd"),
]
