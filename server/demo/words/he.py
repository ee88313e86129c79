"""Hebrew."""

from server.demo.names import Dial, Place, Words, by_kind, lines, pairs, roles, trades

WORDS = Words(
    given=pairs("""
        נועה/noa, תמר/tamar, מאיה/maya, שירה/shira, יעל/yael, מיכל/michal, אורית/orit, רונית/ronit,
        הדס/hadas, ענת/anat, לימור/limor, גלית/galit, שני/shani, אביגיל/avigail, חנה/hana,
        רבקה/rivka, דוד/david, משה/moshe, יוסף/yosef, איתי/itay, עומר/omer, אורי/uri, גיא/guy,
        רועי/roi, אלון/alon, ניר/nir, עידו/ido, שלמה/shlomo, אברהם/avraham, יעקב/yaakov,
        מנחם/menachem, צבי/tzvi, בועז/boaz, ארז/erez, גלעד/gilad, אסף/asaf, ליאור/lior, טל/tal
    """),
    family=pairs("""
        כהן/cohen, לוי/levi, מזרחי/mizrahi, פרץ/peretz, ביטון/biton, דהן/dahan, אברהמי/avrahami,
        פרידמן/friedman, מלכה/malka, אזולאי/azoulay, כץ/katz, יוסף/yosef, עמר/amar, אוחיון/ohayon,
        חדד/hadad, גבאי/gabay, בן דוד/ben-david, אדרי/edri, לביא/lavi, שפירא/shapira, רוזן/rosen,
        שרעבי/sharabi, קפלן/kaplan, ברק/barak, שגב/segev, גולן/golan, נחום/nahum, אשכנזי/ashkenazi,
        הרוש/harush, וקנין/vaknin, סבג/sabag, גרינברג/greenberg, אלמוג/almog, ששון/sasson,
        בר-און/bar-on, צור/tzur, קורן/koren
    """),
    brands=pairs("""
        השחר/hashahar, אלון/alon, גל/gal, הכרמל/hacarmel, אופק/ofek, רימון/rimon, הגליל/hagalil,
        תבור/tavor, שקד/shaked, ארז/erez, כוכב הצפון/kochav, עמק/emek, אור/or, הנגב/hanegev,
        זית/zayit, מגדל/migdal, סלע/sela, תמר/tamar, לביא/lavi, אשל/eshel, נווה/neve, חרמון/hermon,
        האחים דהן/dahan, כהן ובניו/cohen, פסגה/pisga, יובל/yuval, ספיר/sapir, ערבה/arava,
        המושבה/hamoshava, בראשית/bereshit, צומת/tzomet, דקל/dekel
    """),
    trades=trades("""
        מאפיית/bakery/food
        מסעדת/restaurant/hospitality
        בית קפה/cafe/hospitality
        מלון/hotel/hospitality
        מוסך/garage/automotive
        מרפאת/clinic/health
        מרפאת שיניים/dental/health
        גן ילדים/kindergarten/education
        מכללת/college/education
        משרד עורכי דין/law/professional
        ראיית חשבון/accounting/professional
        סוכנות ביטוח/insurance/finance
        מפעלי/works/manufacturing
        נגריית/carpentry/manufacturing
        דפוס/print/manufacturing
        קבלנות ובנייה/build/construction
        אדריכלות/architects/construction
        הובלות/movers/logistics
        שילוח/cargo/logistics
        סופרמרקט/market/retail
        חומרי בניין/hardware/retail
        תוכנה/software/technology
        מערכות/systems/technology
        מכון כושר/gym/leisure
    """),
    company=['{trade} {brand} בע"מ', "{trade} {brand}", "{trade} {brand} (2014) בע״מ"],
    street="{street} {no}",
    streets=lines("""
        הרצל
        ז'בוטינסקי
        ויצמן
        רוטשילד
        בן גוריון
        אלנבי
        שדרות ירושלים
        הנשיא
        סוקולוב
        ביאליק
        העצמאות
        החרושת
        המלאכה
        הרב קוק
        דרך השלום
        יגאל אלון
        אחד העם
        הגפן
    """),
    places=[
        Place("תל אביב-יפו", "IL", "6#####0", Dial("+9723", 5_200_000, 1_700_000)),
        Place("רמת גן", "IL", "52####0", Dial("+9723", 5_700_000, 900_000)),
        Place("חולון", "IL", "58####0", Dial("+9723", 5_500_000, 90_000)),
        Place("פתח תקווה", "IL", "49####0", Dial("+9723", 9_200_000, 150_000)),
        Place("ראשון לציון", "IL", "75####0", Dial("+9723", 9_400_000, 290_000)),
        Place("ירושלים", "IL", "9#####0", Dial("+9722", 5_600_000, 1_200_000)),
        Place("חיפה", "IL", "3#####0", Dial("+9724", 8_200_000, 500_000)),
        Place("עפולה", "IL", "18####0", Dial("+9724", 6_400_000, 190_000)),
        Place("באר שבע", "IL", "84####0", Dial("+9728", 6_200_000, 300_000)),
        Place("אשדוד", "IL", "77####0", Dial("+9728", 8_500_000, 180_000)),
        Place("רחובות", "IL", "76####0", Dial("+9728", 9_300_000, 190_000)),
        Place("נתניה", "IL", "42####0", Dial("+9729", 8_300_000, 350_000)),
        Place("כפר סבא", "IL", "44####0", Dial("+9729", 7_400_000, 270_000)),
    ],
    roles=roles("""
        מנכ"ל *
        בעלים *
        מנהלת רכש *
        סמנכ"ל תפעול *
        מנהל אחזקה
        מנהלת משרד
        מזכירה
        הנהלת חשבונות
        אב הבית
        אחראי משמרת
        מנהלת משאבי אנוש
    """),
    home_roles=["בן/בת זוג", "הורה", "שכנ/ה עם מפתח", "בעל/ת הדירה"],
    tags=lines("""
        VIP
        חוזה שירות
        תשלום שוטף+60
        מחזור 2019
        לפני 12:00
        חניה צמודה
        מכונת קפה
        בר מים
        מכרז
        הופנה מלקוח
        תערוכה
        קומה בלי מעלית
    """),
    account_notes=lines("""
        החשבוניות נשלחות למייל של הנהלת החשבונות, לא למשרד.
        הכניסה לספקים מהחצר האחורית, לצלצל לפני שמגיעים.
        עברו אלינו מהמתחרה אחרי תקלה חוזרת. חשוב להם זמן תגובה.
        החוזה מתחדש פעם בשנה; להתחיל לדבר חודשיים קודם.
        מעוניינים בשתי מכונות נוספות לקומה החדשה, אחרי השיפוץ.
        לא מתקשרים בין 14:00 ל-16:00.
        המים שם קשים במיוחד, להחליף מסנן כל ארבעה חודשים.
        ביקשו הנחת כמות. אושרו 7% עד סוף השנה.
        הסניף השני שלהם עדיין אצל ספק אחר.
        משלמים בזמן, אין צורך בתזכורות.
    """),
    contact_notes=lines("""
        הכי נוח בבוקר, לפני 10:00.
        לדבר רק על צד הכספים; ההחלטה אצל המנכ"ל.
        העדיפו הודעה לפני שיחה.
        נפגשנו בתערוכה בגני התערוכה.
        חוזר/ת מחופשה בתחילת החודש.
    """),
    subjects=by_kind("""
        call: שיחת היכרות
        call: מעקב אחרי הצעת המחיר
        call: בירור על חשבונית
        call: תיאום ביקור
        call: שביעות רצון אחרי התקנה
        meeting: פגישת היכרות
        meeting: הצגת מכונת הקפה החדשה
        meeting: חידוש חוזה שירות
        meeting: סיכום תנאים
        mail: הצעת מחיר
        mail: קטלוג ומחירון
        mail: אישור הזמנה
        mail: סיכום פגישה
        visit: ביקור שירות
        visit: התקנת בר מים
        visit: החלפת מסננים
        visit: סיור באתר
        note: הערה
        note: עדכון מהשטח
    """),
    bodies=by_kind("""
        reached: דיברנו, הכול כשורה. ביקשו לקבל את הפרטים במייל.
        reached: השיחה הייתה קצרה, באמצע ישיבה. סוכם להמשיך מחר.
        no_answer: אין מענה, אנסה שוב אחר הצהריים.
        no_answer: הקו תפוס שלוש פעמים.
        left_message: הושארה הודעה אצל המזכירה.
        left_message: הודעה בתא הקולי עם מספר לחזרה.
        positive: התרשמו מאוד, מחכים להצעה מעודכנת עם שתי יחידות.
        visit.positive: הותקן ונבדק. הטעם טוב, הלקוח מרוצה.
        negative: היקר להם. נשארים עם הספק הנוכחי עד סוף השנה.
        visit.negative: לא הייתה גישה לארון החשמל, צריך לתאם מחדש.
        follow_up: לחזור אליהם אחרי החגים עם מחיר לשלוש שנים.
        visit.follow_up: חסר חלק: ברז כפול. להזמין ולחזור.
        -: לפי השיחה מהבוקר.
        -: נשלח עם המחירון המעודכן.
        -: לבדוק מול המחסן מה יש במלאי.
        visit.positive: הוחלפו מסננים ונוקתה אבנית. לחץ המים תקין.
        visit.negative: המקום היה סגור. הושאר פתק.
        visit.follow_up: תיקון זמני; להביא משאבה חדשה.
    """),
    tasks=by_kind("""
        call: להתקשר בקשר להצעת המחיר
        call: לברר אם קיבלו את המכונה
        call: לחזור אל מנהלת הרכש
        call: שיחת חידוש חוזה
        visit: ביקור היכרות
        visit: ביקור תקופתי
        visit: מדידה לפני התקנה
        mail: לשלוח סיכום פגישה
        mail: לשלוח קטלוג מכונות קפה
        quote: הצעת מחיר לשלושה ברי מים
        quote: לעדכן הצעה אחרי ההנחה
        quote: הצעה לחוזה שירות שנתי
        service: להחליף מסנן בבר המים
        service: נזילה מתחת לכיור
        service: מכונת הקפה לא מחממת
        service: ניקוי אבנית
        delivery: אספקת 12 ק"ג פולי קפה
        delivery: מסירת מסננים להחלפה
        paperwork: להחתים על חוזה
        paperwork: לבדוק חשבונית שלא שולמה
        paperwork: לעדכן פרטי הנהלת חשבונות
        other: להזמין מתנה לחג
        other: לעדכן את המלאי ברכב
    """),
    task_notes=by_kind("""
        -: הבטחנו תשובה עד סוף היום.
        field: לקחת סולם ומפתח צינורות.
        field: לבקש את הקוד לחניה מהשומר.
        -: המסמכים בתיק הלקוח.
        -: דחוף מבחינתם, יש אירוע בסוף השבוע.
        -: אם אין תשובה, לדבר עם הנהלת החשבונות.
    """),
)
