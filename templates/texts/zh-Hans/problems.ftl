# Pages that say what is wrong.

problem-to-do = 您可以这样做
problem-technical = 供协助您的人员参考
problem-id = 寻求帮助时，请提供此编号：
problem-wait-and-reload = 请稍等片刻，然后重新加载页面。

problem-link-title = 此登录链接无法使用
problem-link-what = 带您到这里的应用发出的请求不正确，因此我们无法让您登录该应用。
problem-link-fault = 这不是您的问题，而是应用或链接有误。
problem-link-again = 请返回应用，重新开始。
problem-link-tell = 如果仍然不行，请联系该应用的运营方，并提供下面的编号。

problem-ours-title = 我们这边出了问题
problem-ours-what = 未能完成您的操作，没有做任何更改。
problem-ours-fault = 这不是您的问题。

problem-unread-title = 内容没有收到
problem-unread-what = 无法读取所提交的内容，没有做任何更改。这不是您的问题。
problem-unread-again = 请返回上一页再试一次。

problem-nowhere-title = 没有这个页面
problem-nowhere-what = 这个地址没有对应的页面。
problem-nowhere-check = 请检查地址，或从首页重新开始。
problem-nowhere-start = 前往首页

problem-http-title = 此连接不安全
problem-http-what = 此页面必须通过 https 打开，以免您的密码在途中被人看到。
problem-http-https = 请在地址开头使用 https:// 打开。
problem-http-open = 安全打开

problem-before-title = 您已完成此操作
problem-before-what = 这次登录之前已经完成，可能是在另一个标签页中。没有任何操作被重复执行。
problem-before-back = 请返回应用。如果应用显示您未登录，请在应用中重新登录。

problem-stale-title = 请重新开始
problem-stale-unreadable = 通往此页面的链接不完整，或来自其他地方。这不是您的问题。
problem-stale-changed = 在此期间，带您到这里的应用有了变动。这不是您的问题。
problem-stale-old = 此页面打开时间过长，为了您的安全已失效。没有做任何更改。这不是您的问题。
problem-stale-again = 请返回应用，从那里登录。很快就能完成。
problem-stale-back = 返回“{ $app }”

problem-logout-title = 此退出链接无法使用
problem-logout-what = 带您到这里的应用发出的请求不正确，因此没有执行任何操作：如果您之前已登录，现在仍是登录状态。这不是您的问题。
problem-logout-all = 要退出这里的所有登录，请使用下面的按钮。
problem-logout-tell = 请联系该应用的运营方，并提供下面的编号。

problem-setup-title = 这不是设置链接
problem-setup-what = 初始设置需要使用服务器启动时显示的链接。
problem-setup-look = 请查看服务器启动时显示的内容，打开“set up”后面的链接。
problem-set-up-title = 设置已经完成
problem-set-up-what = 已经有管理员，因此设置链接已失效。
problem-set-up-sign-in = 请登录，或请管理员为您开通账号。

problem-decide-title = 请重新决定
problem-decide-what = 无法确认这是您本人的决定：可能有其他人在此期间登录了。没有授予任何权限。这不是您的问题。
problem-decide-look = 请再看一遍问题，并确认它涉及的是哪个账号。
problem-decide-back = 返回问题
