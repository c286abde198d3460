# The question whether an app may use the account.

consent-title = السماح لتطبيق { $app }؟
consent-heading = السماح لتطبيق { $app } باستخدام حسابك؟
consent-app = التطبيق
consent-account = الحساب
consent-signed-in-as = تم تسجيل الدخول باسم
consent-switch = ليس هذا حسابك؟
# The app's own name for itself is an address; this is its host.
consent-id-host = يُعرف بعنوانه على { $host }
consent-checked = موثّق من { $installation }
consent-unchecked = غير موثّق من { $installation }: يمكن لأي شخص أن يختار هذا الاسم
# A list follows: "know that you have an account here", "see your e-mail address".
consent-able = سيتمكّن التطبيق من
# The same, where some of it was allowed before.
consent-also-able = سيتمكّن التطبيق الآن أيضًا من
consent-untick = يمكنك إلغاء تحديد ما لا يناسبك.
consent-your-account = حسابك
# After one thing of the list.
consent-required = مشمول دائمًا
consent-new = جديد
consent-since = منذ المرة السابقة
consent-offline = يواصل التطبيق استخدام ما سمحت به هنا حتى بعد إغلاقه أو تسجيل الخروج، إلى أن ينتهي السماح أو تلغيه.
consent-only-account = لن يعرف التطبيق إلا أن لديك حسابًا هنا.
# One of the list, where an app asks to come into a service and for nothing there.
consent-entry = إظهار أنه يعمل هناك نيابةً عنك
# Opens a list of what was allowed before.
consent-already = ما سمحت به من قبل
# A list follows.
consent-left-out = غير مشمول، لأن حسابك لا يملك هذه الصلاحية
consent-never = لا يحصل التطبيق أبدًا على كلمة مرورك، ولا يمكنه أن يفعل بحسابك شيئًا غير مذكور هنا.
consent-goes = سيتم نقلك إلى <strong>{ $host }</strong>
consent-goes-app = سيتم نقلك إلى تطبيق على هذا الجهاز: <strong>{ $host }</strong>
consent-this-device = هذا العنوان هو هذا الكمبيوتر نفسه، وقد يستجيب له أي برنامج عليه. يُرجى السماح فقط إذا شغّلت { $app } هنا بنفسك قبل لحظات.
consent-app-on-device = قد يستجيب تطبيق آخر على هذا الجهاز بدلًا منه. يُرجى السماح فقط إذا فتحت { $app } بنفسك قبل لحظات.
consent-deny = رفض
consent-allow = سماح
consent-take-back = يمكنك إلغاء هذا السماح في أي وقت من <a>التطبيقات المرتبطة</a>.
consent-take-back-ask = يمكنك إلغاء هذا السماح في أي وقت، بطلب من القائمين على { $installation }.

## For how long

consent-how-long = إلى متى؟
consent-lasts-always = حتى ألغي السماح
# Until { $date } was chosen last time.
consent-lasts-always-all = يمدّد ذلك أيضًا ما سمحت به سابقًا حتى { $date }.
consent-lasts-limited = { $days ->
    [one] يوم واحد
    [two] يومان
    [few] { $days } أيام
    [many] { $days } يومًا
   *[other] { $days } يوم
}
consent-lasts-limited-help = ينتهي السماح في { $date }، ثم يُطلب منك ذلك من جديد.
# The same, where some of it was allowed before.
consent-lasts-limited-all = ينتهي السماح في { $date }، ومعه ما سمحت به من قبل، ثم يُطلب منك ذلك من جديد.
consent-lasts-once = هذه المرة
consent-lasts-once-help = يُطلب منك السماح من جديد في المرة القادمة. وينتهي عند تسجيل خروجك من هنا، أو في { $date } على أبعد تقدير.
consent-lasts-once-offline = لن يبقى التطبيق متصلًا أثناء غيابك.

## What an app may do: each follows "It will be able to"

scope-openid = معرفة أن لديك حسابًا هنا
scope-profile = الاطلاع على اسمك وملفك الشخصي
scope-email = الاطلاع على عنوان بريدك الإلكتروني
scope-address = الاطلاع على عنوانك البريدي
scope-phone = الاطلاع على رقم هاتفك
scope-offline-access = البقاء متصلًا أثناء غيابك
scope-admin = تغيير كل ما يمكن للمسؤول تغييره
scope-admin-read = الاطلاع على كل ما يمكن للمسؤول الاطلاع عليه
resource-administration = الإدارة
