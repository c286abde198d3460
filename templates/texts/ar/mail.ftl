# What mails say.

mail-link-plain = إذا لم ينجح ذلك، فيُرجى نسخ هذا العنوان إلى المتصفح:
mail-link-label = { $label }:
mail-username = اسم المستخدم: { $username }

## A link to set a new password

mail-reset-subject = تعيين كلمة مرور جديدة في { $installation }
mail-reset-asked = طُلب تعيين كلمة مرور جديدة لحساب { $name } في { $installation }، وعلى الأرجح كان الطلب منك.
mail-reset-by-admin = يرسل القائمون على { $installation } هذا الرابط لتعيين كلمة مرور لحساب { $name }.
mail-reset-button = تعيين كلمة مرور جديدة
mail-reset-lasts = يعمل الرابط مرة واحدة، ولمدة { $n ->
    [one] دقيقة واحدة.
    [two] دقيقتين.
    [few] { $n } دقائق.
    [many] { $n } دقيقة.
   *[other] { $n } دقيقة.
}
mail-reset-not-you = إذا لم يكن الطلب منك، فلا يلزم فعل شيء: تبقى كلمة المرور كما هي، وهذا الرابط ليس لدى أي شخص آخر.

## A link that shows whose an address is

mail-verify-subject = هل هذا عنوانك في { $installation }؟
mail-verify-asked = سُجّل هذا العنوان في { $installation }، وعلى الأرجح كان ذلك منك.
mail-verify-button = نعم، هذا عنواني
mail-verify-lasts = يعمل الرابط مرة واحدة، ولمدة { $n ->
    [one] ساعة واحدة.
    [two] ساعتين.
    [few] { $n } ساعات.
    [many] { $n } ساعة.
   *[other] { $n } ساعة.
}
mail-verify-not-you = إذا كان سبب وصول هذه الرسالة غير معروف لك، فلا يلزم فعل شيء: لن يُستخدم هذا العنوان.

## What happened to an account

mail-device-subject = تسجيل دخول جديد في { $installation }
mail-device-what = تم تسجيل الدخول باسم { $name } في { $installation }، من متصفح لم يُستخدم لذلك من قبل.
mail-password-subject = تغيّرت كلمة مرورك في { $installation }
mail-password-what = تغيّرت كلمة مرور { $name } في { $installation }.
mail-app-subject = تطبيق جديد يمكنه استخدام حسابك في { $installation }
mail-app-what = يمكن لتطبيق { $app } الآن استخدام حساب { $name } في { $installation }.
mail-app-checked = هذا التطبيق موثّق من { $installation }.
mail-app-unchecked = هذا التطبيق غير موثّق من { $installation }: يمكن لأي شخص أن يختار هذا الاسم. عند عدم الثقة به، يمكن إلغاء ربطه.
mail-factor-added-subject = أُضيفت طريقة لتسجيل الدخول في { $installation }
mail-factor-added-what = { $factor ->
    [passkey] أُضيف مفتاح مرور إلى حساب { $name } في { $installation }.
   *[totp] أُضيف تطبيق مصادقة إلى حساب { $name } في { $installation }.
}
mail-factor-removed-subject = أُزيلت طريقة لتسجيل الدخول في { $installation }
mail-factor-removed-what = { $factor ->
    [passkey] أُزيل مفتاح مرور من حساب { $name } في { $installation }.
    [totp] أُزيل تطبيق المصادقة من حساب { $name } في { $installation }.
   *[all] أُزيلت جميع مفاتيح المرور وتطبيق المصادقة ورموز الاسترداد من حساب { $name } في { $installation }.
}
mail-codes-renewed-subject = أُنشئت رموز استرداد جديدة في { $installation }
mail-codes-renewed-what = أُنشئت رموز استرداد جديدة لحساب { $name } في { $installation }، ولم تعد الرموز السابقة صالحة.
mail-code-used-subject = استُخدم رمز استرداد في { $installation }
mail-code-used-what = استُخدم في { $installation } أحد رموز الاسترداد لحساب { $name } بدلًا من مفتاح المرور أو تطبيق المصادقة، ولم يعد هذا الرمز صالحًا.
mail-codes-throttled-subject = رموز خاطئة كثيرة في { $installation }
mail-codes-throttled-what = اجتاز شخص ما الخطوة الأولى لتسجيل الدخول باسم { $name } في { $installation }، وهي عادةً كلمة المرور، ثم أدخل رموزًا خاطئة كثيرة. لن تُقبل أي رموز هناك لبعض الوقت.
mail-address-subject = تغيّر عنوان بريدك في { $installation }
mail-address-what = أصبح لحساب { $name } في { $installation } عنوان بريد إلكتروني آخر. لن تصل رسائل أخرى إلى هذا العنوان.
mail-when = الوقت: { $time }
mail-from-address = عنوان IP: { $address }
mail-browser = المتصفح: { $browser }
mail-look = عرض حسابك
mail-was-you = إذا كان ذلك منك، فلا يلزم فعل شيء.
mail-was-not-you = إذا لم يكن ذلك منك، فيُرجى تغيير كلمة المرور فورًا وتسجيل الخروج من كل الأجهزة الأخرى. وإذا تعذّر عليك تسجيل الدخول، فيُرجى التواصل مع القائمين على { $installation }.

## A mail that tries out whether mail arrives

mail-test-subject = رسالة من { $installation }
mail-test-what = أُرسلت هذه الرسالة لمعرفة ما إذا كانت رسائل { $installation } تصل. وها هي قد وصلت.

## Signing up, and being invited

mail-sign-up-subject = حسابك الجديد في { $installation }
mail-sign-up-asked = طُلب إنشاء حساب في { $installation } بهذا العنوان، وعلى الأرجح كان الطلب منك.
mail-sign-up-button = إنشاء الحساب
mail-sign-up-not-you = إذا لم يكن الطلب منك، فلا يلزم فعل شيء: لن يُنشأ أي حساب.
mail-known-subject = لديك حساب في { $installation }
mail-known-asked = طُلب إنشاء حساب في { $installation } بهذا العنوان، وعلى الأرجح كان الطلب منك. هناك حساب بهذا العنوان بالفعل.
mail-known-forgot = إذا نُسيت كلمة المرور، يمكنك تعيين كلمة مرور جديدة هنا: { $address }
mail-known-not-you = إذا لم يكن الطلب منك، فلا يلزم فعل شيء: لم يتغيّر شيء.
mail-invitation-subject = دعوة إلى { $installation }
mail-invitation-what = يدعوك القائمون على { $installation } إلى إنشاء حساب هناك.
mail-invitation-lasts = يعمل الرابط مرة واحدة، حتى { $time }.
mail-invitation-not-you = إذا كان سبب وصول هذه الرسالة غير معروف لك، فلا يلزم فعل شيء: لن يُنشأ أي حساب.
