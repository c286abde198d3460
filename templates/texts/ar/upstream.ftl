# Signing in with an account elsewhere.

## On the sign-in page

upstream-continue = المتابعة باستخدام { $provider }

## When it does not work

upstream-failed-title = تعذّر تسجيل دخولك باستخدام { $provider }
upstream-not-linked-title = لم يُربط حسابك لدى { $provider }
upstream-what-denied = ألغيت العملية لدى { $provider }، أو لم يُسمح لك بالمتابعة هناك.
upstream-what-unavailable = لا يمكن الوصول إلى { $provider } حاليًا، أو أنه لا يستجيب كما ينبغي.
upstream-what-refused = لم يقبل { $provider } طلب { $installation }. الأرجح أن أحد الإعدادات خاطئ، هناك أو هنا. هذا ليس خطأك.
upstream-what-untrusted = لم يجتز ما ورد من { $provider } عمليات التحقق، ولذلك لم يُسجَّل دخول أحد.
upstream-what-not-anew = يُطلب هنا التحقق من هويتك من جديد، ولا يستطيع { $provider } ذلك.
upstream-what-stale = سبق إتمام هذه المحاولة، أو استغرقت أكثر من عشر دقائق، أو بدأت في متصفح آخر.
upstream-what-throttled = كانت هناك محاولات فاشلة كثيرة. يُرجى المحاولة مجددًا بعد { $n ->
    [one] دقيقة واحدة.
    [two] دقيقتين.
    [few] { $n } دقائق.
    [many] { $n } دقيقة.
   *[other] { $n } دقيقة.
}
upstream-what-disabled = لا يمكن استخدام حسابك في { $installation } حاليًا.
upstream-what-domain = لا يُسمح بالدخول هنا باستخدام { $provider } إلا لأصحاب عناوين بريد إلكتروني معيّنة. عنوانك ليس منها، أو لم يتحقق منه { $provider }.
upstream-what-taken = يوجد في { $installation } بالفعل حساب بعنوان البريد الإلكتروني الذي قدّمه { $provider }.
upstream-what-unknown = لا يوجد في { $installation } حساب مرتبط بحسابك لدى { $provider }.
upstream-what-anothers = ذلك الحساب لدى { $provider } مرتبط بحساب آخر في { $installation }.
upstream-what-session = لم يعد الشخص الذي طلب ذلك هو من سجّل الدخول هنا.
upstream-do-again = يُرجى المحاولة مرة أخرى، أو اختيار طريقة أخرى.
upstream-do-wait = يُرجى الانتظار بضع دقائق، ثم المحاولة مرة أخرى.
upstream-do-tell = إذا لم يفد ذلك، فيُرجى إبلاغ القائمين على { $installation }.
upstream-do-link = إذا كان لديك حساب هنا، فيُرجى تسجيل الدخول بكلمة المرور أو مفتاح المرور، ثم ربط { $provider } في حسابك ضمن «الأمان».
upstream-do-create = إذا لم يكن لديك حساب هنا بعد، فيمكنك إنشاؤه من صفحة تسجيل الدخول.
upstream-do-other = يُرجى استخدام حساب آخر لدى { $provider }.
upstream-back = العودة إلى صفحة تسجيل الدخول
upstream-back-account = العودة إلى حسابك

## In one's account

upstream-heading = حسابات لدى جهات أخرى
upstream-lead = يمكنك تسجيل الدخول هنا أيضًا بحساب مرتبط لدى جهة أخرى، من دون كلمة مرور.
upstream-address = عنوان البريد الإلكتروني هناك
upstream-link = ربط { $provider }
upstream-link-another = ربط حساب آخر لدى { $provider }
upstream-link-title = ربط حسابك لدى { $provider }؟
upstream-link-what = سيتم نقلك إلى { $provider } لتسجيل الدخول هناك. وبعد ذلك يمكن لكل من يستطيع استخدام ذلك الحساب تسجيل الدخول إلى حسابك في { $installation }.
upstream-link-go = المتابعة إلى { $provider }
upstream-unlink = إزالة الربط
upstream-unlink-title = إزالة الربط مع { $provider }؟
upstream-unlink-what = لن يمكنك بعد ذلك تسجيل الدخول إلى { $installation } بذلك الحساب. أما الحساب لدى { $provider } فيبقى كما هو.
upstream-unlink-last = ليست لديك طريقة أخرى لتسجيل الدخول. يُرجى أولًا تعيين كلمة مرور أو إضافة مفتاح مرور.
upstream-done-linked = رُبط حسابك لدى { $name }.
upstream-done-unlinked = أُزيل الربط مع { $name }.
account-event-upstream-linked = رُبط حساب لدى جهة أخرى
account-event-upstream-unlinked = أُزيل الربط مع حساب لدى جهة أخرى
account-event-upstream-failed = فشل تسجيل دخول بحساب لدى جهة أخرى

## In mails

mail-upstream-linked-what = رُبط حساب لدى { $provider } بحساب { $name } في { $installation }. ويمكن الآن استخدامه لتسجيل الدخول.
mail-upstream-unlinked-what = أُزيل الربط بين حساب لدى { $provider } وحساب { $name } في { $installation }.
