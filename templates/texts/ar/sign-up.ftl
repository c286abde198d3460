# Making an account, and getting back into one.

login-trouble = هل تعذّر تسجيل الدخول؟

## Asking for a link

forgot-heading = هل تعذّر تسجيل الدخول؟
forgot-what = نرسل إلى عنوان البريد الإلكتروني لحسابك رابطًا يمكنك به تعيين كلمة مرور جديدة.
forgot-send = إرسال الرابط
forgot-back = العودة إلى تسجيل الدخول
forgot-sent-heading = يُرجى تفقّد بريدك
forgot-sent-what = إذا كان هناك حساب بهذا الاسم وله عنوان بريد إلكتروني، فالرابط في طريقه إليه. يعمل الرابط لمدة نصف ساعة.
forgot-sent-nothing = لم يصل شيء بعد بضع دقائق؟ يمكنك تفقّد مجلد الرسائل غير المرغوب فيها، أو تجربة اسم المستخدم بدل العنوان أو العكس، أو التواصل مع من منحك الحساب.
forgot-empty = يُرجى كتابة اسم المستخدم أو عنوان بريدك الإلكتروني.
forgot-stale = تعذّر التحقق من هذه الصفحة. يُرجى إرسالها مرة أخرى، مع السماح بملفات تعريف الارتباط.
forgot-throttled = طُلب ذلك من هنا مرات كثيرة. يُرجى المحاولة مجددًا بعد { $n ->
    [one] دقيقة واحدة.
    [two] دقيقتين.
    [few] { $n } دقائق.
    [many] { $n } دقيقة.
   *[other] { $n } دقيقة.
}

## Setting a new password

reset-heading = تعيين كلمة مرور جديدة
reset-for = للحساب { $username }.
reset-password = كلمة المرور الجديدة
reset-password-help = { $n ->
    [one] حرف واحد على الأقل.
    [two] حرفان على الأقل.
    [few] { $n } أحرف على الأقل.
    [many] { $n } حرفًا على الأقل.
   *[other] { $n } حرف على الأقل.
    } بضع كلمات متتالية يسهل تذكّرها ويصعب تخمينها.
reset-end-sessions = تسجيل خروج هذا الحساب من كل مكان هو مفتوح فيه الآن
reset-set = تعيين كلمة المرور
reset-stale = تعذّر التحقق من هذه الصفحة. يُرجى إرسالها مرة أخرى، مع السماح بملفات تعريف الارتباط.
reset-busy = هناك ضغط كبير حاليًا. يُرجى المحاولة بعد بضع ثوانٍ.
reset-done-heading = تم تعيين كلمة المرور الجديدة
reset-done-ended = تم تسجيل خروج الحساب من كل مكان. يُرجى تسجيل الدخول بكلمة المرور الجديدة.
reset-done-kept = يبقى الحساب مفتوحًا على الأجهزة التي سُجّل الدخول عليها. من الآن فصاعدًا، يُرجى تسجيل الدخول بكلمة المرور الجديدة.
reset-done-apps = ما زالت التطبيقات المسموح لها باستخدام حسابك قادرة على ذلك. يمكنك <a>مراجعتها</a> إذا كان من بينها ما ليس محل ثقتك.
reset-done-security = إذا كان من الممكن أن شخصًا آخر قد دخل إلى حسابك، فيُرجى أيضًا مراجعة <a>طرق تسجيل الدخول</a>: مفاتيح المرور والتطبيق ورموز الاسترداد لم تتغيّر.

password-too-short = كلمة المرور هذه قصيرة جدًا: يجب أن تتكوّن من { $n ->
    [one] حرف واحد على الأقل.
    [two] حرفين على الأقل.
    [few] { $n } أحرف على الأقل.
    [many] { $n } حرفًا على الأقل.
   *[other] { $n } حرف على الأقل.
}
password-too-long = كلمة المرور هذه طويلة جدًا.
password-is-name = كلمة المرور هذه هي اسم المستخدم: وهو أول ما قد يجرّبه أي شخص.
password-guessable = يسهل تخمين كلمة المرور هذه: فهي شائعة أو مكوّنة من أجزاء شائعة. يُرجى اختيار عدة كلمات لا صلة بينها.

## A link that no longer works

link-dead-heading = لم يعد هذا الرابط يعمل
link-dead-what = سبق استخدامه، أو انتهت مدته، أو أُرسل بعده رابط أحدث. لم يتغيّر شيء.
link-dead-withdrawn = سحب القائمون على { $installation } هذه الدعوة. لم يتغيّر شيء. إذا كان ذلك خطأً، فيُرجى طلب دعوة أخرى منهم.
link-dead-again = طلب رابط آخر
link-dead-account = إلى حسابك

## An address that is to be proved

verify-email-heading = هل هذا عنوانك؟
verify-email-what = يصبح <strong>{ $email }</strong> عنوان البريد الإلكتروني للحساب { $username }.
verify-email-yes = نعم، هذا عنواني
verify-email-no = لا، هذا ليس عنواني
verify-email-no-heading = لم يتغيّر شيء
verify-email-no-what = يحتفظ حسابك بالعنوان الذي كان له. ويتوقف الرابط الموجود في الرسالة عن العمل خلال يوم.
verify-email-taken = أصبح هذا العنوان تابعًا لحساب آخر هنا.
verify-email-taken-heading = لا يمكن استخدام هذا العنوان
verify-email-other = هذا الرابط لحساب آخر. الحساب المفتوح هنا هو { $username }، ولم يتغيّر شيء. يُرجى تسجيل الدخول بالحساب الذي يخصّه العنوان، ثم فتح الرابط مرة أخرى.
verify-email-done-heading = تم تأكيد عنوانك
verify-email-done-what = أصبح { $email } عنوان البريد الإلكتروني للحساب { $username }.

## The page for another address

account-email-title = البريد الإلكتروني
account-email-now = عنوانك هو { $email }.
account-email-unproved = لم يتم تأكيده بعد.
account-email-none = ليس لحسابك عنوان بريد إلكتروني.
account-email-pending = أُرسل رابط إلى { $email }. لن يتغيّر شيء قبل فتحه، ويعمل الرابط لمدة يوم.
account-email-label = العنوان
account-email-help = نرسل رابطًا إلى هذا العنوان. يتغيّر عنوانك عند فتح الرابط، ونُبلغ العنوان السابق بذلك.
account-email-help-first = نرسل رابطًا إلى هذا العنوان، ويُعتمد العنوان عند فتح الرابط.
account-email-send = إرسال الرابط
account-email-bad = هذا ليس عنوان بريد إلكتروني. يُكتب هكذا: { "\u200E" }name@example.com{ "\u200E" }.
account-email-throttled = طُلب ذلك مرات كثيرة. يُرجى المحاولة مجددًا بعد { $n ->
    [one] دقيقة واحدة.
    [two] دقيقتين.
    [few] { $n } دقائق.
    [many] { $n } دقيقة.
   *[other] { $n } دقيقة.
}
account-done-address = الرابط في طريقه إلى { $name }. لن يتغيّر شيء قبل فتحه، ويعمل لمدة يوم.
account-email-change = تغيير عنوان البريد الإلكتروني أو تأكيده
account-email-other = تغيير عنوان البريد الإلكتروني
account-email-add = إضافة عنوان بريد إلكتروني

## Making an account of one's own

login-no-account = ليس لديك حساب بعد؟
login-sign-up = إنشاء حساب
sign-up-heading = إنشاء حساب
sign-up-what = نرسل رابطًا إلى عنوان بريدك الإلكتروني، ومن خلاله يمكنك اختيار اسم مستخدم وكلمة مرور.
sign-up-have-one = لديّ حساب
sign-up-sent-what = هناك رسالة في طريقها إلى العنوان الذي كتبته. يُرجى فتح الرابط الموجود فيها خلال يوم.
sign-up-sent-app = عند فتحه في هذا المتصفح، تتم المتابعة بعد ذلك إلى { $app }.
sign-up-sent-nothing = لم يصل شيء بعد بضع دقائق؟ يمكنك تفقّد مجلد الرسائل غير المرغوب فيها، أو التحقق من العنوان والمحاولة مرة أخرى.
sign-up-domain = لا يمكن إنشاء حساب هنا إلا بعنوان بريد ينتهي بما يلي: { $domains }
sign-up-invited-heading = دعوة إلى { $installation }
sign-up-invited-what = دعا القائمون على { $installation } صاحب العنوان { $email }. يُرجى اختيار ما يُستخدم لتسجيل الدخول.
sign-up-username-help = يُستخدم لتسجيل الدخول، ويمكن استخدام عنوان بريدك الإلكتروني بدلًا منه.
sign-up-username-odd = لا يصلح هذا اسمًا للمستخدم. يجب أن يتكوّن من 1 إلى 100 حرف، من دون الرمز @ ومن دون مسافات في أوله أو آخره.
sign-up-username-taken = اسم المستخدم هذا مستخدم بالفعل. يُرجى اختيار اسم آخر.
sign-up-name-odd = هذا الاسم طويل جدًا، أو فيه أحرف لا يمكن عرضها.
sign-up-make = إنشاء الحساب

## Where nobody creates an account

sign-up-closed-title = لا يمكن إنشاء حساب هنا
sign-up-closed-off = إنشاء الحسابات متوقف حاليًا في { $installation }. ولا يعمل خلال ذلك أي رابط وصلك.
sign-up-closed-invited = لا يُنشأ حساب في { $installation } إلا بدعوة. إذا كانت لديك دعوة، فيُرجى فتح الرابط الموجود فيها.
sign-up-closed-ask = يُرجى التواصل مع القائمين على { $installation }.
