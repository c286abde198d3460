# Pages that say what is wrong.

problem-to-do = ما يمكنك فعله
problem-technical = لمن يقدّم لك المساعدة
problem-id = عند طلب المساعدة، يُرجى ذكر هذا المعرّف:
problem-wait-and-reload = يُرجى الانتظار لحظة ثم إعادة تحميل الصفحة.

problem-link-title = رابط تسجيل الدخول هذا لا يعمل
problem-link-what = لم يكن طلب التطبيق الذي أرسلك إلى هنا صحيحًا، لذلك يتعذّر تسجيل دخولك إليه.
problem-link-fault = هذا ليس خطأك، بل خطأ في التطبيق أو في رابط.
problem-link-again = يُرجى العودة إلى التطبيق والبدء من جديد.
problem-link-tell = إذا لم يفد ذلك، فيُرجى إبلاغ القائمين على التطبيق وتزويدهم بالمعرّف أدناه.

problem-ours-title = حدث خطأ لدينا
problem-ours-what = تعذّر إكمال ما طلبته. لم يتغيّر شيء.
problem-ours-fault = هذا ليس خطأك.

problem-unread-title = لم يصل ما أُرسل
problem-unread-what = تعذّرت قراءة ما أُرسل. لم يتغيّر شيء. هذا ليس خطأك.
problem-unread-again = يُرجى الرجوع والمحاولة مرة أخرى.

problem-nowhere-title = هذه الصفحة غير موجودة
problem-nowhere-what = هذا العنوان لا يؤدي إلى أي صفحة هنا.
problem-nowhere-check = يُرجى التحقق من العنوان، أو البدء من الصفحة الأولى.
problem-nowhere-start = إلى الصفحة الأولى

problem-http-title = هذا الاتصال غير آمن
problem-http-what = يجب فتح هذه الصفحة عبر https، حتى لا يتمكّن أحد من قراءة كلمة مرورك في الطريق.
problem-http-https = يُرجى فتح العنوان بحيث يبدأ بـ https://{ "\u200E" }.
problem-http-open = فتح الصفحة بأمان

problem-before-title = سبق أن أتممت هذا
problem-before-what = اكتمل تسجيل الدخول هذا من قبل، ربما في علامة تبويب أخرى. لم يُنفَّذ أي شيء مرتين.
problem-before-back = يُرجى العودة إلى التطبيق. إذا لم يتعرّف عليك، فيُرجى بدء تسجيل الدخول منه مجددًا.

problem-stale-title = يُرجى البدء من جديد
problem-stale-unreadable = الرابط إلى هذه الصفحة غير مكتمل أو من مكان آخر. هذا ليس خطأك.
problem-stale-changed = تغيّر في هذه الأثناء التطبيق الذي أرسلك إلى هنا. هذا ليس خطأك.
problem-stale-old = ظلّت هذه الصفحة مفتوحة مدة طويلة، ولذلك لم تعد تعمل، حفاظًا على أمانك. لم يتغيّر شيء. هذا ليس خطأك.
problem-stale-again = يُرجى العودة إلى التطبيق وتسجيل الدخول منه. لن يستغرق ذلك سوى لحظات.
problem-stale-back = العودة إلى { $app }

problem-logout-title = رابط تسجيل الخروج هذا لا يعمل
problem-logout-what = لم يكن طلب التطبيق الذي أرسلك إلى هنا صحيحًا، لذلك لم يحدث شيء: إذا كنت قد سجّلت الدخول، فلم يتغيّر ذلك. هذا ليس خطأك.
problem-logout-all = لتسجيل الخروج من كل شيء هنا، يُرجى استخدام الزر أدناه.
problem-logout-tell = يُرجى إبلاغ القائمين على التطبيق وتزويدهم بالمعرّف أدناه.

problem-setup-title = هذا ليس رابط الإعداد
problem-setup-what = يحتاج الإعداد إلى الرابط الذي عرضه الخادم عند بدء تشغيله.
problem-setup-look = يُرجى مراجعة ما عرضه الخادم عند بدء تشغيله، وفتح الرابط الموجود بعد «set up».
problem-set-up-title = الإعداد مكتمل
problem-set-up-what = يوجد مسؤول بالفعل، لذلك لم يعد رابط الإعداد يعمل.
problem-set-up-sign-in = يُرجى تسجيل الدخول، أو طلب حساب من أحد المسؤولين.

problem-decide-title = يُرجى اتخاذ القرار مرة أخرى
problem-decide-what = لم نتمكن من التأكد من أن القرار صدر عنك: ربما سجّل شخص آخر الدخول هنا في هذه الأثناء. لم يُسمح بأي شيء. هذا ليس خطأك.
problem-decide-look = يُرجى قراءة السؤال مرة أخرى، والتأكد من الحساب الذي يتعلق به.
problem-decide-back = العودة إلى السؤال
