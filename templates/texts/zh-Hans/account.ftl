# A person's own account.

## The frame

account-heading = 您的账号
account-skip = 跳到正文
account-signed-in-as = 当前登录：
account-sign-out = 退出登录
account-console = 管理后台
account-profile = 个人资料
account-security = 安全
account-sessions = 登录的设备
account-apps = 已连接的应用
account-events = 活动记录
account-data = 您的数据

account-stale-title = 无法验证此表单
account-stale-what = 它属于之前的一次登录，或不是从这里提交的。没有做任何更改。这不是您的问题。
account-stale-do = 请重新加载页面，再提交一次。
account-stale-back = 重新加载页面

account-optional = （选填）
account-save = 保存
account-managed = 此账号由服务器管理方的配置文件管理，因此无法在这里更改。

## Profile

account-profile-title = 个人资料
account-profile-about = 关于您
account-profile-lead = 应用只能看到其中您允许的内容。
account-name = 姓名
account-username = 用户名
account-email = 邮箱
account-email-verified = 已验证
account-email-unverified = 尚未验证
account-roles = 角色
account-signed-in = 登录时间
account-language = 语言
account-language-browser = 跟随浏览器
account-given-name = 名
account-family-name = 姓
account-nickname = 昵称
account-website = 网站
account-picture = 头像的网址
account-birthdate = 出生日期
account-birthdate-help = 按年-月-日填写，例如 1990-12-31。如果不想透露年份，年份请填 0000。
account-zone = 时区
account-zone-help = 例如 Asia/Shanghai
account-wrong-text = 内容过长，或含有无法显示的字符。
account-wrong-link = 请填写网页或图片的完整网址，以 https:// 开头。
account-wrong-date = 请按年-月-日的格式填写日期，例如 1990-12-31。
account-wrong-zone = 请填写时区名称，例如 Asia/Shanghai。
account-reach = 电话号码和通信地址
account-phone = 电话号码
account-phone-help = 请带上国家代码，例如 +86 10 1234 5678。
account-phone-help-verified = 此号码已验证。如果更改，新号码将是未验证状态。
account-phone-verified = 已验证
account-wrong-phone = 请以 + 和国家代码开头填写号码，例如 +86 10 1234 5678。
account-street = 街道和门牌号
account-postal-code = 邮政编码
account-locality = 城市
account-region = 省、州或地区
account-country = 国家
account-known = 此处还保存有
account-known-lead = 如果您允许，应用也能看到这些内容。如果有误，请告知 { $installation } 的管理方。
account-preferred-username = 供应用使用的用户名
account-middle-name = 中间名
account-gender = 性别
account-profile-page = 个人主页
account-locale = 供应用使用的语言
account-address = 通信地址
account-done-profile = 个人资料已保存。

## Password

account-password-title = 密码
account-password-change = 更改密码
account-password-set = 设置密码
account-password-current = 当前密码
account-password-new = 新密码
account-password-repeated = 再次输入新密码
account-password-help = 至少 { $n } 个字符。几个词连在一起，好记又难猜。
account-password-end-others = 退出其他所有设备
account-password-end-others-help = 如果别人可能知道您的密码，这样可以让对方退出。
account-password-wrong = 当前密码不正确。
account-password-differ = 两次输入的新密码不一致。
account-password-throttled = 错误次数过多，请在 { $n } 分钟后再试。
account-password-busy = 目前登录的人很多，请过几秒再试。
account-done-password = 密码已更改。已获允许使用您账号的应用仍可继续使用；如有不信任的应用，请<a>查看这些应用</a>。

## Sessions

account-sessions-title = 您登录的设备
account-sessions-lead = 您登录后尚未退出的所有浏览器。设备信息由浏览器自行提供。
account-sessions-this = 当前使用
account-sessions-address = IP 地址
account-sessions-seen = 上次活动
account-sessions-since = 登录时间
account-sessions-end = 退出
account-sessions-the-one = ：{ $device }，{ $time }
account-sessions-end-others = 退出其他所有设备
account-sessions-no-others = 您没有在其他地方登录。
account-done-session = 该设备已退出登录。
account-done-others = 其他所有设备均已退出登录。

# A browser and a system, by their names.
account-device = { $system } 上的 { $browser }
account-device-browser = { $browser }
account-device-system = { $system } 上的浏览器
account-device-unknown = 未知浏览器

## Connected apps

account-apps-title = 已连接的应用
account-apps-lead = 这些应用可以使用您的账号。断开连接会立即撤销该应用的全部权限，但它可以再次请求您的允许。
account-apps-none = 目前没有应用可以使用您的账号。您允许的应用会显示在这里。
account-apps-may = 它可以
account-apps-at = 在“{ $resource }”，它可以
account-apps-since = 开始时间
account-apps-used = 上次使用
account-apps-until = 有效期至
account-apps-always = 直到您撤销
account-apps-disconnect = 断开连接
account-done-disconnected = 已断开与“{ $name }”的连接。

## Activity

account-events-title = 活动记录
account-events-lead = 您的账号发生过的事情。如果其中有不是您本人做的，请更改密码，并退出其他所有设备。
account-events-none = 暂无记录。
account-events-by-others = 由管理员操作
account-events-pager = 翻看记录
account-events-newest = 最新
account-events-older = 更早

account-event-added = 账号已创建
account-event-signed-in = 已登录
account-event-signed-in-to = 已登录“{ $app }”
account-event-failed = 一次登录失败
account-event-failed-at = 一次登录“{ $app }”失败
account-event-throttled = 因错误次数过多，登录被暂时限制
account-event-signed-out = 已退出登录
account-event-ended = 一台设备被退出登录
account-event-updated = 个人资料已更改
account-event-disabled = 账号已停用
account-event-enabled = 账号已重新启用
account-event-password = 已设置新密码
account-event-allowed = 您允许“{ $app }”使用您的账号
account-event-denied = 您拒绝了“{ $app }”的请求
account-event-withdrawn = 已断开与“{ $app }”的连接
account-event-connected = “{ $app }”获得了访问权限
account-event-revoked = “{ $app }”失去了访问权限
account-event-replayed = “{ $app }”出示了已用过的密钥，因此失去了访问权限
account-event-factor-added = 已添加一种两步验证方式
account-event-factor-removed = 已移除一种两步验证方式
account-event-codes-made = 已生成新的恢复码
account-event-code-used = 使用了一个恢复码
account-event-reset-asked = 申请了设置新密码的链接
account-event-sign-up-asked = 有人想用此邮箱地址创建另一个账号
account-event-address-asked = 申请了更改邮箱地址
account-event-address = 邮箱地址已验证
account-event-other = 有内容被更改

## Your data

account-data-title = 您的数据
account-data-what = 这里保存的有关您的全部数据，放在一个程序可读的文件（JSON）中：个人资料、登录的设备、应用和活动记录。其中不含任何密码和密钥。
account-data-download = 下载您的数据
account-data-end = 删除您的账号
account-data-delete = 删除后，这里保存的有关您的一切都将消失，无法恢复。

account-delete-title = 要删除您的账号吗？
account-delete-go = 删除账号
account-delete-effects = 删除后：
account-delete-effect-out = 您将在所有设备上退出登录。
account-delete-effect-apps = 您用此账号登录的所有应用都会失去访问权限，您也无法再用此账号登录它们。
account-delete-effect-gone = 任何人都无法恢复此账号。
account-delete-type = 要确认，请输入您的用户名：<strong>{ $username }</strong>
account-delete-wrong = 用户名不正确。
account-delete-last = 您是最后一位能够登录的管理员。请先让其他人担任管理员。
account-deleted-title = 您的账号已删除
account-deleted-what = 您已在所有设备上退出登录，保存的有关您的数据均已清除。
