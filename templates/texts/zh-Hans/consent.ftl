# The question whether an app may use the account.

consent-title = 允许“{ $app }”？
consent-heading = 允许“{ $app }”使用您的账号吗？
consent-app = 应用
consent-account = 账号
consent-signed-in-as = 当前登录：
consent-switch = 不是您？切换账号
# The app's own name for itself is an address; this is its host.
consent-id-host = 以 { $host } 上的地址作为标识
consent-checked = 已由 { $installation } 核实
consent-unchecked = 未经 { $installation } 核实：任何人都可能取这个名称
# A list follows: "know that you have an account here", "see your e-mail address".
consent-able = 允许后，该应用可以
# The same, where some of it was allowed before.
consent-also-able = 允许后，该应用还可以
consent-untick = 不想允许的，请取消勾选。
consent-your-account = 您的账号
# After one thing of the list.
consent-required = 必需
consent-new = 新增
consent-since = 与上次相比
consent-offline = 在您关闭应用或退出登录后，它仍可继续使用您在这里允许的内容，直到许可到期或您撤销。
consent-only-account = 该应用只会知道您在这里有一个账号。
# One of the list, where an app asks to come into a service and for nothing there.
consent-entry = 在该服务中表明它代表您操作
# Opens a list of what was allowed before.
consent-already = 您已允许的内容
# A list follows.
consent-left-out = 未包含以下内容，因为您的账号没有相应权限
consent-never = 该应用绝不会得到您的密码，也不能用您的账号做这里没有列出的任何事情。
consent-goes = 您将前往 <strong>{ $host }</strong>
consent-goes-app = 您将前往此设备上的应用：<strong>{ $host }</strong>
consent-this-device = 该地址就是这台电脑本身，电脑上的任何程序都可能应答。请仅在您刚刚亲自在这里启动了“{ $app }”时才允许。
consent-app-on-device = 此设备上的其他应用可能会代替它应答。请仅在您刚刚亲自打开了“{ $app }”时才允许。
consent-deny = 不允许
consent-allow = 允许
consent-take-back = 您可以随时在<a>已连接的应用</a>中撤销。
consent-take-back-ask = 您可以随时撤销：请联系 { $installation } 的管理方。

## For how long

consent-how-long = 允许多久？
consent-lasts-always = 直到我撤销
# Until { $date } was chosen last time.
consent-lasts-always-all = 您之前允许到{ $date }的内容也会一并延长，直到您撤销。
consent-lasts-limited = { $days } 天
consent-lasts-limited-help = 到{ $date }结束，之后会再次询问您。
# The same, where some of it was allowed before.
consent-lasts-limited-all = 连同您已允许的内容，到{ $date }结束，之后会再次询问您。
consent-lasts-once = 仅此一次
consent-lasts-once-help = 下次会再次询问您。您在这里退出登录时即结束，最晚到{ $date }。
consent-lasts-once-offline = 您不使用时，它不会保持连接。

## What an app may do: each follows "It will be able to"

scope-openid = 知道您在这里有账号
scope-profile = 查看您的姓名和个人资料
scope-email = 查看您的邮箱地址
scope-address = 查看您的通信地址
scope-phone = 查看您的电话号码
scope-offline-access = 在您不使用时保持连接
scope-admin = 更改管理员可以更改的一切
scope-admin-read = 查看管理员可以查看的一切
resource-administration = 管理
