# ruff: noqa: E501 - wide lines keep a language together
# fmt: off
"""Who and what the previews show, in each language: `SAY[lang]` has the same keys."""

from __future__ import annotations

from typing import Any

SAY: dict[str, dict[str, Any]] = {
    "en": {
        "me": "Dana Levi",
        "org": "Northlight Lifts",
        "phone": "+972521234567",
        "companies": ["Harel & Sons Construction", "Blue Fig Café", "Carmel Medical Centre", "Old Port Hotel", "Olive Grove School", "Miriam Azoulay", "Galil Cold Storage", "Tamar Print House", "Sea Road Parking"],
        "people": ["Yossi Harel", "Noa Ben-David", "Dr. Amir Shalev", "Ruth Cohen", "Eitan Mizrahi"],
        "cities": ["Haifa", "Tel Aviv", "Haifa", "Akko", "Nahariya", "Jerusalem", "Safed", "Holon", "Jaffa"],
        "tasks": ["Send the revised quote for two lifts", "Call about the service contract", "Bring the spare door sensor", "Prepare Monday's inspection", "Thank them for the referral"],
        "note": "Wants both cars done before the holidays. Prefers mornings; the guard at gate B opens.",
        "address": "14 HaNamal Street, Haifa",
        "tags": ["lift", "VIP", "north"],
        "call": "Spoke with Yossi: they accept the price if we start in two weeks.",
    },
    "he": {
        "me": "דנה לוי",
        "org": "מעליות אור הצפון",
        "phone": "+972521234567",
        "companies": ["הראל ובניו בנייה בע״מ", "קפה תאנה כחולה", "מרכז רפואי כרמל", "מלון הנמל הישן", "בית ספר כרם זיתים", "מרים אזולאי", "קירור הגליל Cold Storage", "דפוס תמר", "חניון דרך הים"],
        "people": ["יוסי הראל", "נועה בן־דוד", "ד״ר אמיר שלו", "רות כהן", "איתן מזרחי"],
        "cities": ["חיפה", "תל אביב", "חיפה", "עכו", "נהריה", "ירושלים", "צפת", "חולון", "יפו"],
        "tasks": ["לשלוח הצעת מחיר מתוקנת לשתי מעליות", "להתקשר בעניין חוזה השירות", "להביא חיישן דלת חלופי", "להכין את הביקורת של יום שני", "להודות על ההמלצה"],
        "note": "רוצה ששתי המעליות יהיו מוכנות לפני החגים. מעדיף בבוקר; השומר בשער B פותח.",
        "address": "הנמל 14, חיפה",
        "tags": ["מעלית", "VIP", "צפון"],
        "call": "דיברתי עם יוסי: מקבלים את המחיר אם נתחיל תוך שבועיים.",
    },
    "fa": {
        "me": "دانا لوی",
        "org": "آسانسور نور شمال",
        "phone": "+989121234567",
        "companies": ["ساختمانی هارل و پسران", "کافه انجیر آبی", "مرکز پزشکی کارمل", "هتل بندر قدیم", "مدرسه باغ زیتون", "مریم آذولای", "سردخانه جلیل Cold Storage", "چاپخانه تمر", "پارکینگ جاده دریا"],
        "people": ["یوسف هارل", "نوا بن‌داوید", "دکتر امیر شالو", "روت کوهن", "ایتان مزراحی"],
        "cities": ["شیراز", "تهران", "شیراز", "بوشهر", "اصفهان", "تهران", "یزد", "کرج", "تبریز"],
        "tasks": ["ارسال پیش‌فاکتور اصلاح‌شده برای دو آسانسور", "تماس درباره قرارداد خدمات", "آوردن حسگر یدکی در", "آماده‌سازی بازرسی دوشنبه", "تشکر بابت معرفی"],
        "note": "می‌خواهد هر دو کابین پیش از تعطیلات آماده شود. صبح‌ها بهتر است؛ نگهبان درِ B باز می‌کند.",
        "address": "خیابان بندر، پلاک ۱۴، شیراز",
        "tags": ["آسانسور", "VIP", "شمال"],
        "call": "با یوسف صحبت شد: اگر تا دو هفته دیگر شروع کنیم قیمت را می‌پذیرند.",
    },
}
