# Passkeys, authenticator apps and recovery codes.

## What is set up

security-title = طرق تسجيل الدخول
security-lead = ما يؤكد هويتك، وما يساعدك عند فقدان هاتفك.
security-added = تاريخ الإضافة
security-used = آخر استخدام
security-never-used = لم يُستخدم
security-change = تغيير
security-password-changed = آخر تغيير

security-passkeys = مفاتيح المرور
security-passkeys-what = يتم تأكيد هويتك عبر الهاتف أو الكمبيوتر أو مفتاح أمان، ببصمة الإصبع أو الوجه أو رقم PIN. ولا يمكن لأحد سرقة مفتاح مرور بصفحة مزيفة.
security-passkey-add = إضافة مفتاح مرور
security-no-passkeys-here = لا يمكن استخدام مفاتيح المرور هنا، لأن عنوان هذا الخادم رقم وليس اسمًا.

security-app = تطبيق المصادقة
security-app-what = يعرض تطبيق على هاتفك رمزًا جديدًا كل نصف دقيقة، ويُكتب الرمز بعد كلمة المرور.
security-app-add = إعداد تطبيق
security-app-remove = إزالة التطبيق

security-codes = رموز الاسترداد
security-codes-what = كل رمز يتيح لك الدخول مرة واحدة، بدلًا من مفتاح المرور أو التطبيق، عندما لا يكونان في متناولك.
security-codes-none-yet = تُعطى لك مع أول مفتاح مرور أو تطبيق مصادقة.
security-codes-left = { $n ->
    [zero] لم يتبقَّ أي رمز.
    [one] تبقّى رمز واحد.
    [two] تبقّى رمزان.
    [few] تبقّت { $n } رموز.
    [many] تبقّى { $n } رمزًا.
   *[other] تبقّى { $n } رمز.
}
security-codes-make = إنشاء رموز جديدة

## What removing one means

security-means-one-less = لديك طريقة أخرى للخطوة الثانية، وستبقى.
security-means-password-alone = هذه آخر طريقة لديك للخطوة الثانية. بعد إزالتها تكفي كلمة المرور وحدها للدخول إلى حسابك، وتتوقف رموز الاسترداد عن العمل.
security-means-elsewhere-alone = هذه آخر طريقة لديك للخطوة الثانية. بعد إزالتها يكفي حساب لدى جهة أخرى وحده للدخول إلى حسابك، وتتوقف رموز الاسترداد عن العمل.
security-means-must-stay = هذه آخر طريقة لديك للخطوة الثانية، ولا بد لحسابك من واحدة. يُرجى إضافة طريقة أخرى أولًا.
security-means-locked-out = ليست لديك كلمة مرور، ومن دون مفتاح المرور هذا لن يمكنك تسجيل الدخول. يُرجى إضافة مفتاح مرور آخر أولًا.
security-end-others-help = إذا فُقد جهاز، أو كان من الممكن أن يستخدمه شخص آخر، فهذا يسجّل الخروج منه.

## A passkey

security-passkey-new-title = إضافة مفتاح مرور
security-passkey-new-what = يطلب المتصفح التأكيد ببصمة الإصبع أو الوجه أو رقم PIN. وقد يعرض أيضًا استخدام هاتفك أو مفتاح أمان.
security-passkey-name = الاسم
security-passkey-name-help = لتمييزه في القائمة.
security-passkey-unnamed = مفتاح المرور الخاص بي
security-passkey-title = مفتاح المرور
security-passkey-rename = حفظ الاسم
security-passkey-remove-title = إزالة مفتاح المرور هذا؟
security-passkey-remove-there = يُرجى حذفه من جهازك أيضًا، حتى لا يُعرض عليك هناك.
security-passkey-remove = إزالة
security-passkey-refused = لم ينجح ذلك. ربما استغرق وقتًا طويلًا. يُرجى المحاولة مرة أخرى.
security-passkey-known = مفتاح المرور هذا مضاف بالفعل.
security-passkey-too-many = بلغ عدد مفاتيح المرور الحد الأقصى. يُرجى إزالة واحد منها أولًا.
security-passkey-bad-name = يتكوّن الاسم من حرف واحد إلى 60 حرفًا مرئيًا.

## An authenticator app

security-app-title = إعداد تطبيق مصادقة
security-app-new-what = يصلح أي تطبيق للرموز المؤقتة.
security-app-scan = يُرجى مسح هذا الرمز بالتطبيق، أو <a>فتح تطبيق على هذا الجهاز</a>.
security-app-qr = رمز QR يحتوي على المفتاح المكتوب أسفله
security-app-type = أو كتابة هذا المفتاح في التطبيق.
security-app-code = الرمز الذي يعرضه التطبيق
security-app-code-help = ستة أرقام، تتجدّد كل نصف دقيقة.
security-app-wrong = هذا ليس الرمز المتوقع. يُرجى استخدام أحدث رمز، والتأكد من ضبط ساعة جهازك.
security-app-confirm = إتمام الإعداد
security-app-remove-title = إزالة تطبيق المصادقة؟
security-app-remove-there = يُرجى حذف هذا الحساب من تطبيق المصادقة أيضًا، فرموزه لن تعود صالحة.

## Recovery codes

security-codes-title = إنشاء رموز استرداد جديدة؟
security-codes-make-what = عند إنشاء رموز جديدة تتوقف الرموز السابقة عن العمل.
security-codes-shown-title = رموز الاسترداد
security-codes-shown-what = كل رمز يتيح لك الدخول مرة واحدة. يُرجى حفظ الرموز أو طباعتها أو كتابتها الآن، فلن تظهر مرة أخرى.
security-codes-of = { $username } في { $installation }
security-codes-copy = نسخ
security-codes-save = حفظ في ملف
security-codes-print = طباعة
security-codes-copied = تم نسخ الرموز.
security-codes-shown-keep = يُرجى حفظها في مكان يمكنك الوصول إليه من دون هاتفك. من يعرف كلمة مرورك وأحد هذه الرموز يمكنه الدخول إلى حسابك.
security-codes-kept = حفظتُ الرموز

## What was done

security-done-passkey = أُضيف مفتاح المرور «{ $name }».
security-done-first-passkey = أُضيف مفتاح المرور.
security-done-renamed = أصبح اسم مفتاح المرور «{ $name }».
security-done-passkey-removed = أُزيل مفتاح المرور «{ $name }».
security-done-app = اكتمل إعداد تطبيق المصادقة.
security-done-app-removed = أُزيل تطبيق المصادقة.

## At sign-in

passkey-sign-in = تسجيل الدخول بمفتاح مرور
passkey-or = أو
passkey-cancelled = لم يتم التأكيد، أو انتهى الوقت. يمكنك المحاولة مرة أخرى.
passkey-known = يوجد على هذا الجهاز مفتاح مرور لحسابك بالفعل.
passkey-failed = لم يتمكن المتصفح من ذلك. يُرجى تجربة جهاز آخر أو طريقة أخرى.
passkey-unsupported = هذا المتصفح لا يدعم مفاتيح المرور. يُرجى تجربة متصفح آخر أو جهاز آخر.
passkey-no-script = تحتاج مفاتيح المرور إلى JavaScript، وهو متوقف في هذا المتصفح. كل ما عدا ذلك هنا يعمل من دونه.
passkey-refused-title = لم يُقبل مفتاح المرور
passkey-refused-what = مفتاح المرور غير معروف هنا، أو استغرق الأمر وقتًا طويلًا. ربما أُزيل من حسابك.
passkey-refused-other = تسجيل الدخول بطريقة أخرى
