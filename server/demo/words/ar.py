"""Arabic."""

from server.demo.names import Dial, Place, Words, by_kind, lines, pairs, roles, trades

WORDS = Words(
    given=pairs("""
        فاطمة/fatima, ليلى/layla, نور/nour, هبة/hiba, رنا/rana, سلمى/salma, دينا/dina, مها/maha,
        سمر/samar, ريم/reem, أحمد/ahmad, محمود/mahmoud, خالد/khaled, يوسف/yousef, إبراهيم/ibrahim,
        عمر/omar, حسن/hassan, طارق/tareq, باسم/basem, نبيل/nabil, جورج/george, إلياس/elias,
        رامي/rami, وليد/waleed
    """),
    family=pairs("""
        خوري/khoury, حداد/haddad, منصور/mansour, زعبي/zoabi, نجار/najjar, عودة/odeh,
        جبارين/jabareen,
        مصاروة/masarwa, أبو حسين/abu-hussein, شحادة/shehadeh, سليمان/suleiman, دراوشة/darawshe,
        قاسم/qasem, بشارة/bishara, الهاشمي/alhashimi, المنصوري/almansoori, النعيمي/alnuaimi,
        عبد الله/abdallah, حبيب/habib, صالح/saleh
    """),
    brands=pairs("""
        النور/alnour, الأمل/alamal, الأرز/alarz, الجليل/aljalil, السلام/alsalam, القمة/alqimma,
        الياسمين/alyasmin, الواحة/alwaha, البركة/albaraka, الزيتونة/alzaytouna, الشرق/alsharq,
        الصفا/alsafa, الريان/alrayyan, الخليج/alkhaleej, الإخوة/alikhwa, الندى/alnada
    """),
    trades=trades("""
        مخبز/bakery/food
        حلويات/sweets/food
        مطعم/restaurant/hospitality
        مقهى/cafe/hospitality
        فندق/hotel/hospitality
        كراج/garage/automotive
        عيادة/clinic/health
        صيدلية/pharmacy/health
        مدرسة/school/education
        مكتب محاماة/law/professional
        تدقيق حسابات/audit/professional
        تأمينات/insurance/finance
        معصرة/press/manufacturing
        منجرة/carpentry/manufacturing
        مقاولات/contracting/construction
        نقليات/transport/logistics
        سوبرماركت/market/retail
        مواد بناء/hardware/retail
        برمجيات/software/technology
    """),
    company=["{trade} {brand}", "شركة {trade} {brand} م.ض", "{trade} {brand} وشركاه"],
    street="{street} {no}",
    streets=lines("""
        شارع بولس السادس
        شارع الناصرة
        شارع الملك فيصل
        شارع الشيخ زايد
        شارع توفيق زياد
        شارع السوق
        شارع الجامع
        حي الكروم
        المنطقة الصناعية
        شارع الوادي
    """),
    places=[
        Place("الناصرة", "IL", "16####0", Dial("+9724", 6_460_000, 120_000)),
        Place("أم الفحم", "IL", "30####0", Dial("+9724", 6_310_000, 90_000)),
        Place("سخنين", "IL", "30####0", Dial("+9724", 6_740_000, 60_000)),
        Place("حيفا", "IL", "3#####0", Dial("+9724", 8_500_000, 200_000)),
        Place("الطيبة", "IL", "40####0", Dial("+9729", 7_990_000, 9_999)),
        Place("دبي", "AE", "", Dial("+9714", 2_200_000, 2_700_000)),
        Place("الشارقة", "AE", "", Dial("+9716", 5_200_000, 700_000)),
    ],
    roles=roles("""
        مدير عام *
        صاحب المحل *
        مديرة المشتريات *
        مدير الصيانة
        مديرة المكتب
        محاسب
        سكرتيرة
        مسؤول الوردية
    """),
    home_roles=["الزوج/الزوجة", "الوالد/الوالدة", "جار معه مفتاح", "صاحب البيت"],
    tags=lines("""
        VIP
        عقد خدمة
        دفع 60 يوما
        صباحا فقط
        ماكينة قهوة
        براد ماء
        مناقصة
        توصية زبون
        معرض
        بدون مصعد
    """),
    account_notes=lines("""
        تُرسل الفواتير إلى قسم المحاسبة فقط.
        التسليم من الباب الخلفي؛ الاتصال قبل الوصول بعشر دقائق.
        انتقلوا إلينا بعد أعطال متكررة عند المنافس. سرعة الاستجابة مهمة لهم.
        يتجدد العقد كل سنة؛ نبدأ الحديث قبل شهرين.
        يريدون ماكينتين إضافيتين للطابق الجديد بعد الترميم.
        الماء هنا عسر جدا، تبديل الفلتر كل أربعة أشهر.
        طلبوا خصم كمية. تمت الموافقة على 7% حتى نهاية السنة.
        يدفعون في الموعد، لا حاجة للتذكير.
    """),
    contact_notes=lines("""
        الأفضل قبل الساعة العاشرة صباحا.
        الحديث عن المال معه، والقرار عند المدير العام.
        يفضل رسالة قبل المكالمة.
        التقينا في المعرض.
    """),
    subjects=by_kind("""
        call: مكالمة تعارف
        call: متابعة عرض السعر
        call: سؤال عن فاتورة
        call: تنسيق زيارة
        meeting: لقاء تعارف
        meeting: عرض ماكينة القهوة الجديدة
        meeting: تجديد عقد الخدمة
        mail: عرض سعر
        mail: كتالوج وقائمة أسعار
        mail: تأكيد طلبية
        visit: زيارة خدمة
        visit: تركيب براد ماء
        visit: تبديل الفلاتر
        note: ملاحظة
    """),
    bodies=by_kind("""
        reached: تحدثنا وكل شيء على ما يرام. طلبوا التفاصيل بالبريد.
        no_answer: لا جواب، سأحاول ثانية بعد الظهر.
        left_message: تركت رسالة عند السكرتيرة.
        positive: أعجبهم جدا، ينتظرون عرضا معدلا لوحدتين.
        visit.positive: تم التركيب والفحص. الزبون راض.
        negative: السعر مرتفع بالنسبة لهم؛ باقون مع المورد الحالي.
        visit.negative: لم نصل إلى خزانة الكهرباء، نحتاج موعدا آخر.
        follow_up: العودة إليهم بعد العيد بسعر لثلاث سنوات.
        visit.follow_up: قطعة ناقصة: حنفية مزدوجة. طلبها والرجوع.
        -: حسب حديث الصباح.
        -: أُرسل مع قائمة الأسعار المحدثة.
        visit.positive: تم تبديل الفلاتر وإزالة الترسبات. ضغط الماء جيد.
        visit.negative: كان المكان مغلقا. تركت ورقة.
        visit.follow_up: تصليح مؤقت؛ إحضار مضخة جديدة.
    """),
    tasks=by_kind("""
        call: الاتصال بخصوص عرض السعر
        call: السؤال عن وصول الماكينة
        call: مكالمة تجديد العقد
        visit: زيارة تعارف
        visit: زيارة دورية
        mail: إرسال ملخص اللقاء
        mail: إرسال كتالوج ماكينات القهوة
        quote: عرض سعر لثلاثة برادات ماء
        quote: تعديل العرض بعد الخصم
        service: تبديل فلتر براد الماء
        service: تسريب تحت المغسلة
        service: ماكينة القهوة لا تسخن
        delivery: توصيل 12 كغم بن
        delivery: تسليم فلاتر للتبديل
        paperwork: توقيع العقد
        paperwork: متابعة فاتورة غير مدفوعة
        other: طلب هدايا العيد
    """),
    task_notes=by_kind("""
        -: وعدنا بجواب حتى نهاية اليوم.
        field: إحضار السلم ومفتاح الأنابيب.
        field: طلب رمز الموقف من الحارس.
        -: المستندات في ملف الزبون.
    """),
)
