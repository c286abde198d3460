# Signing in with an account elsewhere.

## On the sign-in page

upstream-continue = 使用 { $provider } 继续

## When it does not work

upstream-failed-title = 无法使用 { $provider } 登录
upstream-not-linked-title = 您的 { $provider } 账号未能关联
upstream-what-denied = 您在 { $provider } 取消了操作，或者对方不允许继续。
upstream-what-unavailable = 目前无法连接 { $provider }，或者对方的响应不正常。
upstream-what-refused = { $provider } 没有接受 { $installation } 的请求。很可能是某一方的设置有误，这不是您的问题。
upstream-what-untrusted = { $provider } 返回的内容未通过检查，因此没有让任何人登录。
upstream-what-not-anew = 这里需要重新确认您的身份，而 { $provider } 无法做到这一点。
upstream-what-stale = 此次操作已完成过、用时超过十分钟，或者是在另一个浏览器中开始的。
upstream-what-throttled = 失败次数过多，请在 { $n } 分钟后再试。
upstream-what-disabled = 您在 { $installation } 的账号目前无法使用。
upstream-what-domain = 只有使用特定邮箱地址的人才能通过 { $provider } 登录。您的地址不在其中，或者 { $provider } 尚未验证该地址。
upstream-what-taken = { $installation } 已有账号使用了 { $provider } 提供的邮箱地址。
upstream-what-unknown = { $installation } 没有与您的 { $provider } 账号关联的账号。
upstream-what-anothers = 该 { $provider } 账号已与 { $installation } 的另一个账号关联。
upstream-what-session = 当前登录的已不是发起此操作的人。
upstream-do-again = 请重试，或选择其他方式。
upstream-do-wait = 请等几分钟再试。
upstream-do-tell = 如果仍然不行，请告知 { $installation } 的管理方。
upstream-do-link = 如果您在这里已有账号，请用密码或通行密钥登录，然后在账号的“安全”中关联 { $provider }。
upstream-do-create = 如果您在这里还没有账号，可以在登录页面创建。
upstream-do-other = 请使用其他 { $provider } 账号。
upstream-back = 返回登录页面
upstream-back-account = 返回您的账号

## In one's account

upstream-heading = 其他平台的账号
upstream-lead = 关联其他平台的账号后，您也可以用它在这里登录，无需密码。
upstream-address = 对方平台的邮箱地址
upstream-link = 关联 { $provider }
upstream-link-another = 关联另一个 { $provider } 账号
upstream-link-title = 要关联您的 { $provider } 账号吗？
upstream-link-what = 您将前往 { $provider } 并在那里登录。此后，凡能使用该账号的人都可以登录您在 { $installation } 的账号。
upstream-link-go = 前往 { $provider }
upstream-unlink = 取消关联
upstream-unlink-title = 要取消与 { $provider } 的关联吗？
upstream-unlink-what = 取消后，您将不能再用该账号登录 { $installation }。您的 { $provider } 账号保持不变。
upstream-unlink-last = 您没有其他登录方式。请先设置密码或添加通行密钥。
upstream-done-linked = 您的 { $name } 账号已关联。
upstream-done-unlinked = 已取消与 { $name } 的关联。
account-event-upstream-linked = 关联了其他平台的账号
account-event-upstream-unlinked = 取消了与其他平台账号的关联
account-event-upstream-failed = 使用其他平台的账号登录失败

## In mails

mail-upstream-linked-what = { $name } 在 { $installation } 的账号关联了一个 { $provider } 账号，现在可以用它登录。
mail-upstream-unlinked-what = { $name } 在 { $installation } 的账号取消了与一个 { $provider } 账号的关联。
