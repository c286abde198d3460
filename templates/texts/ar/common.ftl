# Words that many pages share.

month = { $month ->
    [1] يناير
    [2] فبراير
    [3] مارس
    [4] أبريل
    [5] مايو
    [6] يونيو
    [7] يوليو
    [8] أغسطس
    [9] سبتمبر
    [10] أكتوبر
    [11] نوفمبر
   *[12] ديسمبر
}
date = { $day } { $month } { $year }
date-time = { $day } { $month } { $year }، { $time } UTC

sign-in = تسجيل الدخول
cancel = إلغاء

## The installation's own links

foot-privacy = الخصوصية
foot-terms = شروط الاستخدام
foot-help = المساعدة

## The page at the root

home-title = خادم تسجيل الدخول
home-heading = تسجيل الدخول إلى { $installation }
home-what = التطبيقات التي تستخدم { $installation } ترسلك إلى هنا لتسجيل الدخول، ولسؤالك عمّا يُسمح لها به، ثم تعود بك إليها.
home-setup-heading = إعداد { $installation }
home-needs-setup = لا يوجد مسؤول بعد. يُرجى فتح رابط الإعداد الذي عرضه الخادم عند بدء تشغيله.
home-demo = جولة إرشادية في دقيقة
home-developers = للمطوّرين
home-issuer = المُصدِر (Issuer)
home-discovery = الاكتشاف (Discovery)

# Used by a test alone: values, marks and a link.
test-only = انظر <i> { $app } ضمن <a>Apps</a>.
