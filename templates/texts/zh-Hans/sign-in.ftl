# Signing in, choosing an account, signing out, setting up.

sign-in-not-checked = 无法验证此页面。请重新登录一次，并允许浏览器使用 Cookie。
sign-in-busy = 目前登录的人很多，请过几秒再试。
login-heading-app = 登录以继续使用“{ $app }”
login-unchecked = 此应用未经 { $installation } 核实：任何人都可能取这个名称。请仅在您信任跳转前的网站或应用时继续。
login-username = 用户名
login-name = 用户名或邮箱地址
login-password = 密码
password-show = 显示密码
login-again = 请再次登录，以确认是您本人。
login-mismatch = 用户名和密码不匹配。
login-throttled = 错误次数过多，请在 { $n } 分钟后再试。
login-foot = 您的密码只留在 { $installation }，“{ $app }”永远看不到它。
app-about = 关于此应用：
app-privacy = 隐私
app-terms = 使用条款
new-tab = （在新标签页中打开）
# After the label of a button: which one it is for.
the-one = ：{ $what }

## Which account

choose-title = 使用哪个账号？
choose-app = 继续前往“{ $app }”
choose-current = 以 { $name } 的身份继续
choose-other = 使用其他账号

## Back to an app, by a form

form-post-title = 返回“{ $app }”
# Which app it is, is not known.
form-post-title-unknown = 返回应用
form-post-wait = 如果页面没有变化，请按下面的按钮。
form-post-go-on = 继续

## Signing out

logout-title = 退出登录？
logout-heading = 要退出 { $installation } 吗？
logout-app-asks = “{ $app }”请求让您退出登录。您从这里登录的其他应用也可能一并退出。
logout-others = 您从这里登录的应用也可能一并退出。
logout-who = 当前登录：{ $name }
logout-who-username = 当前登录：{ $name }（{ $username }）
logout-then = 退出后，您将前往 <strong>{ $host }</strong>。
logout-stay = 保持登录
logout-sign-out = 退出登录
signed-out-title = 已退出登录
signed-out-heading = 您已退出登录
signed-out-telling = 正在退出您使用过的其他应用。稍后您将前往 <strong>{ $host }</strong>。
signed-out-go-on = 继续前往 { $host }
signed-out-others = 您从这里登录过的应用可能仍处于登录状态。如果这是公用电脑，请也退出那些应用。
signed-out-again = 重新登录
signed-out-frame = 正在退出“{ $app }”

## Setting up

setup-title = 初始设置
setup-heading = 由谁管理这台服务器？
setup-what = 在这里创建第一位管理员。此操作只能进行一次，其他人以后再添加。
setup-problems = 还差一点：
setup-not-checked = 无法验证此页面。请重新提交一次，并允许浏览器使用 Cookie。
setup-name = 姓名
setup-email = 邮箱
setup-optional = （选填）
setup-wrong-username = 用户名为 1 到 100 个字符，不能包含 @，开头和结尾不能有空格。
setup-taken = 该用户名或邮箱地址已被使用，请换一个。
setup-password-help = 至少 { $count } 个字符。几个词连在一起，好记又难猜。
setup-make = 创建管理员
setup-done-title = 准备就绪
setup-done-heading = 服务器已准备就绪
setup-done-who = <strong>{ $username }</strong> 现在是管理员，设置链接已失效。
setup-done-next = 下一步：登记第一个应用
setup-done-console = 登录后，管理后台会询问应用的类型，推荐安全的设置，并显示需要复制到应用中的内容。
setup-done-command = 或者，在运行服务器的机器上，指定应用的名称和登录后返回的地址：
setup-done-command-label = 命令
setup-done-prints = 命令会显示应用的 ID 和密钥。密钥只显示这一次。
setup-done-then = 然后：告诉应用这台服务器的地址
setup-done-address = 大多数程序库只需要这个地址：

## The second step of signing in

verify-title = 还差一步
verify-heading = 请输入身份验证器应用中的验证码
verify-heading-recovery = 请输入恢复码
verify-heading-passkey = 请使用您的通行密钥
verify-who = 正在登录：{ $account }
verify-code = 验证码
verify-code-help = 您的身份验证器应用当前显示的 6 位数字
verify-recovery-code = 恢复码
verify-recovery-help = 您在设置两步验证时保存的任意一个恢复码。每个只能使用一次。
verify-use-recovery = 改用恢复码
verify-use-app = 改用身份验证器应用
verify-use-passkey = 改用通行密钥
verify-passkey-only = 如果此浏览器无法使用您的通行密钥，请换用支持的浏览器登录。
verify-passkey-or-recovery = 如果此浏览器无法使用您的通行密钥，请换用支持的浏览器登录，或使用恢复码。
verify-go-on = 继续
verify-wrong = 验证码有误或已被使用。请等待身份验证器应用显示下一个验证码，然后输入。
verify-recovery-wrong = 恢复码有误或已被使用。请尝试另一个恢复码。
verify-throttled = 验证码错误次数过多，请在 { $n } 分钟后再试。
verify-app = 完成后，您将前往“{ $app }”。

## More is wanted than the person has set up

enrol-title = 需要两步验证
enrol-heading = 请先设置两步验证
enrol-app-wants = “{ $app }”要求在密码之外再验证一步。
enrol-we-want = { $installation } 要求您在密码之外再验证一步。
enrol-what = 第二步可以是通行密钥，也可以是手机上显示验证码的应用。设置大约需要一分钟，以后登录时会用到。
enrol-passkey = 这需要通行密钥：用您的手机、电脑或安全密钥确认是您本人。
enrol-set-up = 去设置
enrol-new-tab = 设置会在新标签页中打开。完成后请返回此页面。
enrol-done = 已完成，继续
