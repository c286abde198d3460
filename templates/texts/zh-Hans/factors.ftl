# Passkeys, authenticator apps and recovery codes.

## What is set up

security-title = 登录方式
security-lead = 用来确认是您本人的方式，以及手机丢失时的备用办法。
security-added = 添加时间
security-used = 上次使用
security-never-used = 从未使用
security-change = 更改
security-password-changed = 上次更改

security-passkeys = 通行密钥
security-passkeys-what = 您的手机、电脑或安全密钥通过指纹、面容或 PIN 码确认是您本人。假冒的网页无法盗取通行密钥。
security-passkey-add = 添加通行密钥
security-no-passkeys-here = 此服务器的地址是数字而不是名称，因此无法在这里使用通行密钥。

security-app = 身份验证器应用
security-app-what = 手机上的应用每半分钟显示一个新的验证码。输入密码后，再输入它。
security-app-add = 设置应用
security-app-remove = 移除应用

security-codes = 恢复码
security-codes-what = 当通行密钥或应用不在手边时，可以改用恢复码登录。每个恢复码只能使用一次。
security-codes-none-yet = 首次添加通行密钥或身份验证器应用时，您会得到恢复码。
security-codes-left = { $n ->
    [0] 您没有剩余的恢复码。
   *[other] 您还剩 { $n } 个恢复码。
}
security-codes-make = 生成新的恢复码

## What removing one means

security-means-one-less = 您的其他两步验证方式会保留。
security-means-password-alone = 这是您最后一种两步验证方式。移除后，只凭密码就能登录您的账号，恢复码也会失效。
security-means-elsewhere-alone = 这是您最后一种两步验证方式。移除后，只凭其他平台的账号就能登录您的账号，恢复码也会失效。
security-means-must-stay = 这是您最后一种两步验证方式，而您的账号必须保留一种。请先添加另一种。
security-means-locked-out = 您没有设置密码，没有这个通行密钥将无法登录。请先添加另一个通行密钥。
security-end-others-help = 如果设备遗失，或别人可能在使用，这样可以让该设备退出登录。

## A passkey

security-passkey-new-title = 添加通行密钥
security-passkey-new-what = 浏览器会请您用指纹、面容或 PIN 码确认，也可能让您选择手机或安全密钥。
security-passkey-name = 名称
security-passkey-name-help = 方便您在列表中辨认。
security-passkey-unnamed = 我的通行密钥
security-passkey-title = 您的通行密钥
security-passkey-rename = 保存名称
security-passkey-remove-title = 移除此通行密钥？
security-passkey-remove-there = 请也在您的设备上删除它，以免设备继续提示使用。
security-passkey-remove = 移除
security-passkey-refused = 操作未成功，可能是用时过长。请再试一次。
security-passkey-known = 此通行密钥已经添加过了。
security-passkey-too-many = 您的通行密钥数量已达上限，请先移除一个。
security-passkey-bad-name = 名称须为 1 到 60 个可见字符。

## An authenticator app

security-app-title = 设置身份验证器应用
security-app-new-what = 任何支持一次性验证码的应用都可以。
security-app-scan = 请用该应用扫描此二维码，或<a>在此设备上打开应用</a>。
security-app-qr = 二维码，内容为下方的密钥
security-app-type = 或者在应用中输入此密钥。
security-app-code = 输入应用显示的验证码
security-app-code-help = 六位数字，每半分钟更新一次。
security-app-wrong = 验证码不正确。请使用最新的验证码，并检查设备的时间是否准确。
security-app-confirm = 完成设置
security-app-remove-title = 移除身份验证器应用？
security-app-remove-there = 请也在应用中删除该条目：移除后它的验证码不再有用。

## Recovery codes

security-codes-title = 生成新的恢复码？
security-codes-make-what = 生成新的恢复码后，以前的恢复码将失效。
security-codes-shown-title = 您的恢复码
security-codes-shown-what = 每个恢复码可以登录一次。请现在保存、打印或抄写下来：它们不会再次显示。
security-codes-of = { $installation } 的账号 { $username }
security-codes-copy = 复制
security-codes-save = 保存为文件
security-codes-print = 打印
security-codes-copied = 恢复码已复制。
security-codes-shown-keep = 请保存在没有手机也能找到的地方。任何人只要知道您的密码和其中一个恢复码，就能登录您的账号。
security-codes-kept = 我已保存好

## What was done

security-done-passkey = 已添加通行密钥“{ $name }”。
security-done-first-passkey = 已添加通行密钥。
security-done-renamed = 通行密钥已改名为“{ $name }”。
security-done-passkey-removed = 已移除通行密钥“{ $name }”。
security-done-app = 身份验证器应用已设置好。
security-done-app-removed = 已移除身份验证器应用。

## At sign-in

passkey-sign-in = 使用通行密钥登录
passkey-or = 或
passkey-cancelled = 您没有确认，或已超时。您可以再试一次。
passkey-known = 此设备上已有您账号的通行密钥。
passkey-failed = 您的浏览器无法完成此操作。请换一台设备，或换一种方式。
passkey-unsupported = 此浏览器不支持通行密钥。请换一个浏览器，或换一台设备。
passkey-no-script = 通行密钥需要 JavaScript，而此浏览器已将其关闭。其他功能无需它也能使用。
passkey-refused-title = 无法使用该通行密钥
passkey-refused-what = 这里没有该通行密钥的记录，或用时过长。它可能已从您的账号中移除。
passkey-refused-other = 用其他方式登录
