# Making an account, and getting back into one.

login-trouble = 无法登录？

## Asking for a link

forgot-heading = 无法登录？
forgot-what = 我们会向您账号的邮箱发送一个链接，您可以用它设置新密码。
forgot-send = 发送链接
forgot-back = 返回登录
forgot-sent-heading = 请查看您的邮箱
forgot-sent-what = 如果存在这个账号，并且它有邮箱地址，链接就已在发送途中。链接在半小时内有效。
forgot-sent-nothing = 几分钟后仍未收到？请查看垃圾邮件文件夹；用户名和邮箱地址中，换另一个试试；或者联系为您开通账号的人。
forgot-empty = 请输入您的用户名或邮箱地址。
forgot-stale = 无法验证此页面。请重新提交一次，并允许浏览器使用 Cookie。
forgot-throttled = 从这里申请的次数过多，请在 { $n } 分钟后再试。

## Setting a new password

reset-heading = 设置新密码
reset-for = 账号：{ $username }
reset-password = 新密码
reset-password-help = 至少 { $n } 个字符。几个词连在一起，好记又难猜。
reset-end-sessions = 退出此账号在所有设备上的登录
reset-set = 设置密码
reset-stale = 无法验证此页面。请重新提交一次，并允许浏览器使用 Cookie。
reset-busy = 目前使用的人很多，请过几秒再试。
reset-done-heading = 新密码已设置
reset-done-ended = 此账号已在所有设备上退出登录。请使用新密码登录。
reset-done-kept = 此账号在已登录的设备上仍保持登录。今后请使用新密码登录。
reset-done-apps = 已获允许使用您账号的应用仍可继续使用。如有不信任的应用，请<a>查看这些应用</a>。
reset-done-security = 如果别人可能进入过您的账号，请同时查看<a>登录方式</a>：通行密钥、身份验证器应用和恢复码都没有变。

password-too-short = 密码太短：至少需要 { $n } 个字符。
password-too-long = 密码太长。
password-is-name = 密码与用户名相同：别人首先就会试它。
password-guessable = 此密码很快就会被猜到：它很常见，或由常见的部分组成。请用几个互不相关的词。

## A link that no longer works

link-dead-heading = 此链接已失效
link-dead-what = 它已被使用、已过期，或之后又发送了新的链接。没有做任何更改。
link-dead-withdrawn = { $installation } 的管理方撤回了这份邀请。没有做任何更改。如果有误，请向其索取新的邀请。
link-dead-again = 重新申请链接
link-dead-account = 前往您的账号

## An address that is to be proved

verify-email-heading = 这是您的邮箱地址吗？
verify-email-what = <strong>{ $email }</strong> 将成为账号 { $username } 的邮箱地址。
verify-email-yes = 是的，这是我的
verify-email-no = 不，这不是我的
verify-email-no-heading = 没有做任何更改
verify-email-no-what = 您的账号仍使用原来的邮箱地址。邮件中的链接会在一天内失效。
verify-email-taken = 此地址现已属于这里的另一个账号。
verify-email-taken-heading = 此地址无法使用
verify-email-other = 此链接属于另一个账号。您在这里登录的是 { $username }，没有做任何更改。请用要使用该地址的账号登录，然后重新打开链接。
verify-email-done-heading = 邮箱地址已验证
verify-email-done-what = { $email } 现在是账号 { $username } 的邮箱地址。

## The page for another address

account-email-title = 邮箱地址
account-email-now = 您的邮箱地址是 { $email }。
account-email-unproved = 尚未验证。
account-email-none = 您的账号没有邮箱地址。
account-email-pending = 链接已发送到 { $email }。打开链接之前，不会有任何变化。链接在一天内有效。
account-email-label = 邮箱地址
account-email-help = 我们会向该地址发送链接。您打开链接后，新地址即生效，原来的地址也会收到通知。
account-email-help-first = 我们会向该地址发送链接。您打开链接后，该地址即生效。
account-email-send = 发送链接
account-email-bad = 这不是有效的邮箱地址，请按 name@example.com 的格式填写。
account-email-throttled = 申请次数过多，请在 { $n } 分钟后再试。
account-done-address = 链接正在发往 { $name }。打开链接之前，不会有任何变化。链接在一天内有效。
account-email-change = 更改或验证邮箱地址
account-email-other = 更改邮箱地址
account-email-add = 添加邮箱地址

## Making an account of one's own

login-no-account = 还没有账号？
login-sign-up = 创建账号
sign-up-heading = 创建账号
sign-up-what = 我们会向您的邮箱发送一个链接。打开后即可设置用户名和密码。
sign-up-have-one = 我已有账号
sign-up-sent-what = 邮件正在发往您输入的地址。请在一天内打开其中的链接。
sign-up-sent-app = 请在此浏览器中打开，之后您将前往“{ $app }”。
sign-up-sent-nothing = 几分钟后仍未收到？请查看垃圾邮件文件夹，或检查地址后重试。
sign-up-domain = 这里只能用以下域名的邮箱地址创建账号：{ $domains }
sign-up-invited-heading = 您受邀加入 { $installation }
sign-up-invited-what = { $installation } 的管理方邀请了 { $email }。请设置您的登录方式。
sign-up-username-help = 您可以用它登录，也可以用邮箱地址登录。
sign-up-username-odd = 这不能作为用户名。用户名须为 1 至 100 个字符，不含 @，首尾没有空格。
sign-up-username-taken = 此用户名已被使用，请换一个。
sign-up-name-odd = 姓名太长，或含有无法显示的字符。
sign-up-make = 创建账号

## Where nobody creates an account

sign-up-closed-title = 这里无法创建账号
sign-up-closed-off = { $installation } 目前不开放创建账号。在此期间，您收到的链接也无法使用。
sign-up-closed-invited = { $installation } 的账号只能凭邀请创建。如果您有邀请，请打开其中的链接。
sign-up-closed-ask = 请联系 { $installation } 的管理方。
