# A person's own account.

## The frame

account-heading = حسابك
account-skip = الانتقال إلى المحتوى
account-signed-in-as = تم تسجيل الدخول باسم
account-sign-out = تسجيل الخروج
account-console = الإدارة
account-profile = الملف الشخصي
account-security = الأمان
account-sessions = الأجهزة
account-apps = التطبيقات المرتبطة
account-events = سجل النشاط
account-data = بياناتك

account-stale-title = تعذّر التحقق من هذا النموذج
account-stale-what = أُنشئ النموذج لتسجيل دخول سابق، أو لم يأتِ من هنا. لم يتغيّر شيء. هذا ليس خطأك.
account-stale-do = يُرجى إعادة تحميل الصفحة، ثم إرسال النموذج مرة أخرى.
account-stale-back = إعادة تحميل الصفحة

account-optional = (اختياري)
account-save = حفظ
account-managed = هذا الحساب محدَّد في ملف لدى القائمين على هذا الخادم، لذلك لا يمكن تغييره هنا.

## Profile

account-profile-title = الملف الشخصي
account-profile-about = معلومات عنك
account-profile-lead = لا ترى التطبيقات من هذا إلا ما سمحت لها به.
account-name = الاسم
account-username = اسم المستخدم
account-email = البريد الإلكتروني
account-email-verified = تم التحقق منه
account-email-unverified = لم يُتحقق منه بعد
account-roles = الأدوار
account-signed-in = وقت تسجيل الدخول
account-language = اللغة
account-language-browser = حسب المتصفح
account-given-name = الاسم الأول
account-family-name = اسم العائلة
account-nickname = الاسم المختصر
account-website = الموقع الإلكتروني
account-picture = عنوان صورتك
account-birthdate = تاريخ الميلاد
account-birthdate-help = السنة ثم الشهر ثم اليوم، مثل { "\u200E" }1990-12-31{ "\u200E" }. لإخفاء السنة، تُكتب 0000 مكانها.
account-zone = المنطقة الزمنية
account-zone-help = مثل Asia/Riyadh
account-wrong-text = النص طويل جدًا، أو فيه أحرف لا يمكن عرضها.
account-wrong-link = يُرجى كتابة العنوان الكامل لصفحة أو صورة، بدءًا بـ https://{ "\u200E" }
account-wrong-date = يُكتب التاريخ بالسنة ثم الشهر ثم اليوم، مثل { "\u200E" }1990-12-31{ "\u200E" }.
account-wrong-zone = تُكتب المنطقة الزمنية باسمها، مثل Asia/Riyadh.
account-reach = الهاتف والعنوان البريدي
account-phone = رقم الهاتف
account-phone-help = مع رمز البلد، مثل { "\u200E" }+966 11 123 4567{ "\u200E" }.
account-phone-help-verified = هذا الرقم تم التحقق منه. عند تغييره، لن يكون الرقم الجديد متحقَّقًا منه.
account-phone-verified = تم التحقق منه
account-wrong-phone = يُكتب الرقم مبدوءًا بعلامة + ورمز البلد، مثل { "\u200E" }+966 11 123 4567{ "\u200E" }.
account-street = الشارع ورقم المبنى
account-postal-code = الرمز البريدي
account-locality = المدينة
account-region = المنطقة أو الولاية
account-country = البلد
account-known = بيانات أخرى محفوظة هنا
account-known-lead = ترى التطبيقات هذه البيانات أيضًا إذا سمحت لها بذلك. إذا كان فيها خطأ، فيُرجى إبلاغ القائمين على { $installation }.
account-preferred-username = اسم المستخدم لدى التطبيقات
account-middle-name = الاسم الأوسط
account-gender = الجنس
account-profile-page = صفحة الملف الشخصي
account-locale = اللغة لدى التطبيقات
account-address = العنوان البريدي
account-done-profile = تم حفظ ملفك الشخصي.

## Password

account-password-title = كلمة المرور
account-password-change = تغيير كلمة المرور
account-password-set = تعيين كلمة مرور
account-password-current = كلمة المرور الحالية
account-password-new = كلمة المرور الجديدة
account-password-repeated = إعادة إدخال كلمة المرور الجديدة
account-password-help = { $n ->
    [one] حرف واحد على الأقل.
    [two] حرفان على الأقل.
    [few] { $n } أحرف على الأقل.
    [many] { $n } حرفًا على الأقل.
   *[other] { $n } حرف على الأقل.
    } بضع كلمات متتالية يسهل تذكّرها ويصعب تخمينها.
account-password-end-others = تسجيل الخروج من كل الأجهزة الأخرى
account-password-end-others-help = إذا كان هناك من قد يعرف كلمة مرورك، فهذا يُخرجه من حسابك.
account-password-wrong = هذه ليست كلمة مرورك الحالية.
account-password-differ = كلمتا المرور الجديدتان غير متطابقتين.
account-password-throttled = كانت هناك محاولات خاطئة كثيرة. يُرجى المحاولة مجددًا بعد { $n ->
    [one] دقيقة واحدة.
    [two] دقيقتين.
    [few] { $n } دقائق.
    [many] { $n } دقيقة.
   *[other] { $n } دقيقة.
}
account-password-busy = هناك عدد كبير من عمليات تسجيل الدخول حاليًا. يُرجى المحاولة بعد بضع ثوانٍ.
account-done-password = تم تغيير كلمة مرورك. ما زالت التطبيقات المسموح لها باستخدام حسابك قادرة على ذلك. يمكنك <a>مراجعتها</a> إذا كان من بينها ما ليس محل ثقتك.

## Sessions

account-sessions-title = الأجهزة التي سجّلت الدخول عليها
account-sessions-lead = كل متصفح سُجّل فيه الدخول إلى حسابك ولم يُسجَّل الخروج منه بعد. وصف الجهاز هو ما يذكره المتصفح عن نفسه.
account-sessions-this = الحالي
account-sessions-address = عنوان IP
account-sessions-seen = آخر ظهور
account-sessions-since = وقت تسجيل الدخول
account-sessions-end = تسجيل الخروج
account-sessions-the-one = : { $device }، { $time }
account-sessions-end-others = تسجيل الخروج من كل الأجهزة الأخرى
account-sessions-no-others = حسابك غير مفتوح في أي مكان آخر.
account-done-session = تم تسجيل الخروج من ذلك الجهاز.
account-done-others = تم تسجيل الخروج من كل الأجهزة الأخرى.

# A browser and a system, by their names.
account-device = متصفح { $browser } على { $system }
account-device-browser = متصفح { $browser }
account-device-system = متصفح على { $system }
account-device-unknown = متصفح غير معروف

## Connected apps

account-apps-title = التطبيقات المرتبطة
account-apps-lead = يمكن لهذه التطبيقات استخدام حسابك. إلغاء ربط تطبيق يسحب فورًا كل ما سُمح له به، ويمكنه أن يطلب منك السماح مجددًا.
account-apps-none = لا يمكن لأي تطبيق استخدام حسابك بعد. تظهر هنا التطبيقات التي تسمح لها بذلك.
account-apps-may = يمكنه
account-apps-at = في { $resource } يمكنه
account-apps-since = منذ
account-apps-used = آخر استخدام
account-apps-until = ينتهي
account-apps-always = عند إلغاء السماح فقط
account-apps-disconnect = إلغاء الربط
account-done-disconnected = تم إلغاء ربط { $name }.

## Activity

account-events-title = سجل النشاط
account-events-lead = ما حدث في حسابك. إذا كان فيه ما لم يصدر عنك، فيُرجى تغيير كلمة المرور وتسجيل الخروج من كل الأجهزة الأخرى.
account-events-none = لا شيء بعد.
account-events-by-others = بواسطة أحد المسؤولين
account-events-pager = الأقدم والأحدث
account-events-newest = الأحدث
account-events-older = الأقدم

account-event-added = أُنشئ الحساب
account-event-signed-in = تم تسجيل الدخول
account-event-signed-in-to = تم تسجيل الدخول إلى { $app }
account-event-failed = فشل تسجيل الدخول
account-event-failed-at = فشل تسجيل الدخول إلى { $app }
account-event-throttled = أُوقف تسجيل الدخول مؤقتًا بعد محاولات خاطئة كثيرة
account-event-signed-out = تم تسجيل الخروج
account-event-ended = تم تسجيل الخروج من أحد الأجهزة
account-event-updated = تغيّر الملف الشخصي
account-event-disabled = عُطّل الحساب
account-event-enabled = فُعّل الحساب مجددًا
account-event-password = عُيّنت كلمة مرور جديدة
account-event-allowed = سمحت لتطبيق { $app } باستخدام حسابك
account-event-denied = لم تسمح لتطبيق { $app } بما طلبه
account-event-withdrawn = أُلغي ربط { $app }
account-event-connected = حصل تطبيق { $app } على إمكانية الوصول
account-event-revoked = فقد تطبيق { $app } إمكانية الوصول
account-event-replayed = قدّم تطبيق { $app } مفتاحًا سبق استخدامه، ففقد إمكانية الوصول
account-event-factor-added = أُضيفت طريقة للخطوة الثانية
account-event-factor-removed = أُزيلت طريقة للخطوة الثانية
account-event-codes-made = أُنشئت رموز استرداد جديدة
account-event-code-used = استُخدم رمز استرداد
account-event-reset-asked = طُلب رابط لتعيين كلمة مرور جديدة
account-event-sign-up-asked = حاول شخص ما إنشاء حساب آخر بعنوان البريد الإلكتروني هذا
account-event-address-asked = طُلب تغيير عنوان البريد الإلكتروني
account-event-address = تم التحقق من عنوان البريد الإلكتروني
account-event-other = حدث تغيير

## Your data

account-data-title = بياناتك
account-data-what = كل ما هو محفوظ عنك هنا، في ملف واحد يمكن للبرامج قراءته (JSON): ملفك الشخصي وأجهزتك وتطبيقاتك وسجل نشاطك. لا يحتوي على كلمات مرور ولا على مفاتيح.
account-data-download = تنزيل بياناتك
account-data-end = حذف حسابك
account-data-delete = بالحذف يُمحى نهائيًا كل ما هو محفوظ عنك هنا.

account-delete-title = حذف حسابك؟
account-delete-go = حذف الحساب
account-delete-effects = ما يحدث عند ذلك:
account-delete-effect-out = سيتم تسجيل خروجك من كل مكان.
account-delete-effect-apps = كل تطبيق سُجّل الدخول إليه بهذا الحساب يفقد إمكانية الوصول، ولن يمكنك الدخول إليه بهذه الطريقة.
account-delete-effect-gone = لا يمكن لأحد استعادة الحساب.
account-delete-type = للتأكيد، يُرجى كتابة اسم المستخدم: <strong>{ $username }</strong>
account-delete-wrong = هذا ليس اسم المستخدم الخاص بك.
account-delete-last = لا يوجد مسؤول آخر يمكنه تسجيل الدخول. يُرجى أولًا منح هذا الدور لشخص آخر.
account-deleted-title = تم حذف حسابك
account-deleted-what = تم تسجيل خروجك من كل مكان، ومُحي ما كان محفوظًا عنك.
