# What mails say.

mail-link-plain = 如果无法打开，请将此地址复制到浏览器中：
mail-link-label = { $label }：
mail-username = 用户名：{ $username }

## A link to set a new password

mail-reset-subject = 为 { $installation } 设置新密码
mail-reset-asked = 有人（很可能是您本人）申请为 { $installation } 的账号 { $name } 设置新密码。
mail-reset-by-admin = { $installation } 的管理方为 { $name } 发来此链接，用于设置密码。
mail-reset-button = 设置新密码
mail-reset-lasts = 此链接只能使用一次，{ $n } 分钟内有效。
mail-reset-not-you = 如果不是您本人申请的，请不要做任何操作：密码不会改变，也没有其他人收到此链接。

## A link that shows whose an address is

mail-verify-subject = 这是您在 { $installation } 的邮箱地址吗？
mail-verify-asked = 有人（很可能是您本人）在 { $installation } 填写了这个邮箱地址。
mail-verify-button = 是的，这是我的
mail-verify-lasts = 此链接只能使用一次，{ $n } 小时内有效。
mail-verify-not-you = 如果您不清楚为何收到此邮件，请不要做任何操作：这个地址不会被使用。

## What happened to an account

mail-device-subject = { $installation } 有新的登录
mail-device-what = 有人以 { $name } 的身份登录了 { $installation }，所用的浏览器以前未曾用于登录此账号。
mail-password-subject = 您在 { $installation } 的密码已更改
mail-password-what = { $name } 在 { $installation } 的密码已更改。
mail-app-subject = 新的应用可以使用您在 { $installation } 的账号
mail-app-what = “{ $app }”现在可以使用 { $name } 在 { $installation } 的账号。
mail-app-checked = 此应用已由 { $installation } 核实。
mail-app-unchecked = 此应用未经 { $installation } 核实：任何人都可能取这个名称。如果您不信任它，请断开连接。
mail-factor-added-subject = 您在 { $installation } 的账号新增了一种登录方式
mail-factor-added-what = { $factor ->
    [passkey] { $name } 在 { $installation } 的账号新增了通行密钥。
   *[totp] { $name } 在 { $installation } 的账号新增了身份验证器应用。
}
mail-factor-removed-subject = 您在 { $installation } 的账号移除了一种登录方式
mail-factor-removed-what = { $factor ->
    [passkey] { $name } 在 { $installation } 的账号移除了通行密钥。
    [totp] { $name } 在 { $installation } 的账号移除了身份验证器应用。
   *[all] { $name } 在 { $installation } 的账号移除了所有通行密钥、身份验证器应用和恢复码。
}
mail-codes-renewed-subject = 您在 { $installation } 的账号已生成新的恢复码
mail-codes-renewed-what = { $name } 在 { $installation } 的账号已生成新的恢复码，之前的恢复码不再有效。
mail-code-used-subject = 您在 { $installation } 的恢复码已被使用
mail-code-used-what = 有人在 { $installation } 使用了 { $name } 的一个恢复码，以代替通行密钥或身份验证器应用。该恢复码已失效。
mail-codes-throttled-subject = { $installation } 上的验证码错误次数过多
mail-codes-throttled-what = 有人以 { $name } 的身份通过了 { $installation } 登录的第一步（通常是密码），随后输错验证码的次数过多。一段时间内，那里将不再接受验证码。
mail-address-subject = 您在 { $installation } 的邮箱地址已更改
mail-address-what = { $name } 在 { $installation } 的邮箱地址已换成另一个。今后不会再有邮件发到此地址。
mail-when = 时间：{ $time }
mail-from-address = IP 地址：{ $address }
mail-browser = 浏览器：{ $browser }
mail-look = 查看您的账号
mail-was-you = 如果是您本人操作，则无需做任何事。
mail-was-not-you = 如果不是您本人操作，请立即更改密码，并退出其他所有设备。如果您已无法登录，请联系 { $installation } 的管理方。

## A mail that tries out whether mail arrives

mail-test-subject = 来自 { $installation } 的邮件
mail-test-what = 这封邮件用于测试 { $installation } 的邮件能否送达。您收到它，就说明可以。

## Signing up, and being invited

mail-sign-up-subject = 您在 { $installation } 的新账号
mail-sign-up-asked = 有人（很可能是您本人）想用此邮箱地址在 { $installation } 创建账号。
mail-sign-up-button = 创建账号
mail-sign-up-not-you = 如果不是您本人，请不要做任何操作：不会创建账号。
mail-known-subject = 您在 { $installation } 已有账号
mail-known-asked = 有人（很可能是您本人）想用此邮箱地址在 { $installation } 创建账号。该地址已有账号。
mail-known-forgot = 如果您忘记了密码，可以在这里设置新密码：{ $address }
mail-known-not-you = 如果不是您本人，则无需做任何事：没有任何更改。
mail-invitation-subject = 您受邀加入 { $installation }
mail-invitation-what = { $installation } 的管理方邀请您在那里创建账号。
mail-invitation-lasts = 此链接只能使用一次，有效期至 { $time }。
mail-invitation-not-you = 如果您不清楚为何收到此邮件，请不要做任何操作：不会创建账号。
