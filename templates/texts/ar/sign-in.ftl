# Signing in, choosing an account, signing out, setting up.

sign-in-not-checked = تعذّر التحقق من هذه الصفحة. يُرجى تسجيل الدخول مرة أخرى، مع السماح بملفات تعريف الارتباط.
sign-in-busy = هناك عدد كبير من عمليات تسجيل الدخول حاليًا. يُرجى المحاولة بعد بضع ثوانٍ.
login-heading-app = تسجيل الدخول للمتابعة إلى { $app }
login-unchecked = هذا التطبيق غير موثّق من { $installation }: يمكن لأي شخص أن يختار هذا الاسم. يُرجى المتابعة فقط عند الثقة بالموقع أو التطبيق الذي أتيت منه.
login-username = اسم المستخدم
login-name = اسم المستخدم أو البريد الإلكتروني
login-password = كلمة المرور
password-show = إظهار كلمة المرور
login-again = يُرجى تسجيل الدخول مرة أخرى للتأكد من هويتك.
login-mismatch = اسم المستخدم وكلمة المرور غير متوافقين.
login-throttled = كانت هناك محاولات خاطئة كثيرة. يُرجى المحاولة مجددًا بعد { $n ->
    [one] دقيقة واحدة.
    [two] دقيقتين.
    [few] { $n } دقائق.
    [many] { $n } دقيقة.
   *[other] { $n } دقيقة.
}
login-foot = تبقى كلمة مرورك لدى { $installation }، ولا يراها تطبيق { $app } أبدًا.
app-about = عن التطبيق:
app-privacy = الخصوصية
app-terms = شروط الاستخدام
new-tab = (يُفتح في علامة تبويب جديدة)
# After the label of a button: which one it is for.
the-one = : { $what }

## Which account

choose-title = أي حساب؟
choose-app = للمتابعة إلى { $app }
choose-current = المتابعة باسم { $name }
choose-other = استخدام حساب آخر

## Back to an app, by a form

form-post-title = العودة إلى { $app }
# Which app it is, is not known.
form-post-title-unknown = العودة إلى التطبيق
form-post-wait = إذا لم يحدث شيء، يُرجى الضغط على الزر.
form-post-go-on = متابعة

## Signing out

logout-title = تسجيل الخروج؟
logout-heading = تسجيل الخروج من { $installation }؟
logout-app-asks = يطلب تطبيق { $app } تسجيل خروجك. وقد يُسجَّل خروجك أيضًا من تطبيقات أخرى دخلت إليها من هنا.
logout-others = قد يُسجَّل خروجك أيضًا من التطبيقات التي دخلت إليها من هنا.
logout-who = تم تسجيل الدخول باسم { $name }
logout-who-username = تم تسجيل الدخول باسم { $name } ({ $username })
logout-then = بعد تسجيل الخروج، سيتم نقلك إلى <strong>{ $host }</strong>.
logout-stay = البقاء قيد تسجيل الدخول
logout-sign-out = تسجيل الخروج
signed-out-title = تم تسجيل الخروج
signed-out-heading = تم تسجيل خروجك
signed-out-telling = يجري تسجيل خروجك من التطبيقات الأخرى. بعد لحظات سيتم نقلك إلى <strong>{ $host }</strong>.
signed-out-go-on = المتابعة إلى { $host }
signed-out-others = قد تبقى التطبيقات التي دخلت إليها من هنا مفتوحة بحسابك. على كمبيوتر مشترك، يُرجى تسجيل الخروج منها أيضًا.
signed-out-again = تسجيل الدخول مجددًا
signed-out-frame = تسجيل الخروج من { $app }

## Setting up

setup-title = الإعداد
setup-heading = من يتولى إدارة هذا الخادم؟
setup-what = يُنشأ هنا حساب المسؤول الأول. يحدث ذلك مرة واحدة، ويُضاف الآخرون لاحقًا.
setup-problems = يلزم تصحيح ما يلي:
setup-not-checked = تعذّر التحقق من الصفحة. يُرجى إرسالها مرة أخرى، مع السماح بملفات تعريف الارتباط.
setup-name = الاسم
setup-email = البريد الإلكتروني
setup-optional = (اختياري)
setup-wrong-username = يتكوّن اسم المستخدم من 1 إلى 100 حرف، من دون الرمز @ ومن دون مسافات في أوله أو آخره.
setup-taken = اسم المستخدم أو العنوان مستخدم بالفعل. يُرجى اختيار غيره.
setup-password-help = { $count ->
    [one] حرف واحد على الأقل.
    [two] حرفان على الأقل.
    [few] { $count } أحرف على الأقل.
    [many] { $count } حرفًا على الأقل.
   *[other] { $count } حرف على الأقل.
    } بضع كلمات متتالية يسهل تذكّرها ويصعب تخمينها.
setup-make = إنشاء حساب المسؤول
setup-done-title = جاهز
setup-done-heading = الخادم جاهز
setup-done-who = أصبح <strong>{ $username }</strong> حساب المسؤول، ولم يعد رابط الإعداد يعمل.
setup-done-next = الخطوة التالية: تسجيل أول تطبيق
setup-done-console = بعد تسجيل الدخول، تسأل لوحة الإدارة عن نوع التطبيق، وتقترح إعدادات آمنة، وتعرض ما يلزم نسخه إلى التطبيق.
setup-done-command = أو على الجهاز الذي يعمل عليه الخادم، بتحديد اسم التطبيق والعنوان الذي تتم العودة إليه بعد تسجيل الدخول:
setup-done-command-label = الأمر
setup-done-prints = يعرض الأمر معرّف التطبيق وكلمته السرية. ولا تظهر الكلمة السرية إلا هذه المرة.
setup-done-then = ثم: تعريف التطبيق بعنوان هذا الخادم
setup-done-address = معظم المكتبات البرمجية لا تحتاج إلا إلى هذا العنوان:

## The second step of signing in

verify-title = خطوة أخرى
verify-heading = يُرجى إدخال الرمز من تطبيق المصادقة
verify-heading-recovery = يُرجى إدخال رمز استرداد
verify-heading-passkey = يُرجى استخدام مفتاح المرور
verify-who = تسجيل الدخول باسم { $account }
verify-code = الرمز
verify-code-help = الأرقام الستة التي يعرضها الآن تطبيق المصادقة
verify-recovery-code = رمز الاسترداد
verify-recovery-help = أحد الرموز التي حفظتها عند إعداد التحقق بخطوتين. كل رمز صالح مرة واحدة.
verify-use-recovery = استخدام رمز استرداد بدلًا من ذلك
verify-use-app = استخدام تطبيق المصادقة بدلًا من ذلك
verify-use-passkey = استخدام مفتاح مرور بدلًا من ذلك
verify-passkey-only = إذا تعذّر استخدام مفتاح المرور في هذا المتصفح، فيُرجى تسجيل الدخول من متصفح آخر.
verify-passkey-or-recovery = إذا تعذّر استخدام مفتاح المرور في هذا المتصفح، فيُرجى تسجيل الدخول من متصفح آخر أو استخدام رمز استرداد.
verify-go-on = متابعة
verify-wrong = هذا الرمز خاطئ أو سبق استخدامه. يُرجى انتظار الرمز التالي في تطبيق المصادقة وإدخاله.
verify-recovery-wrong = هذا الرمز خاطئ أو سبق استخدامه. يُرجى تجربة رمز آخر من رموزك.
verify-throttled = أُدخلت رموز خاطئة كثيرة. يُرجى المحاولة مجددًا بعد { $n ->
    [one] دقيقة واحدة.
    [two] دقيقتين.
    [few] { $n } دقائق.
    [many] { $n } دقيقة.
   *[other] { $n } دقيقة.
}
verify-app = بعد ذلك، تتم المتابعة إلى { $app }.

## More is wanted than the person has set up

enrol-title = يلزم التحقق بخطوتين
enrol-heading = يُرجى إعداد التحقق بخطوتين أولًا
enrol-app-wants = يطلب تطبيق { $app } أكثر من كلمة المرور.
enrol-we-want = يُطلب منك في { $installation } أكثر من كلمة المرور.
enrol-what = يمكن أن تكون الخطوة الثانية مفتاح مرور، أو تطبيقًا على هاتفك يعرض رموزًا. يستغرق الإعداد دقيقة، وتُطلب منك هذه الخطوة عند تسجيل الدخول.
enrol-passkey = يلزم مفتاح مرور: يتم تأكيد هويتك عبر هاتفك أو الكمبيوتر أو مفتاح أمان.
enrol-set-up = بدء الإعداد
enrol-new-tab = يُفتح الإعداد في علامة تبويب جديدة. بعد الانتهاء، تُرجى العودة إلى هنا.
enrol-done = تم الإعداد، متابعة
