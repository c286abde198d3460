# Words that many pages share.

month = { $month ->
    [1] 1月
    [2] 2月
    [3] 3月
    [4] 4月
    [5] 5月
    [6] 6月
    [7] 7月
    [8] 8月
    [9] 9月
    [10] 10月
    [11] 11月
   *[12] 12月
}
date = { $year }年{ $month }{ $day }日
date-time = { $year }年{ $month }{ $day }日 { $time } UTC

sign-in = 登录
cancel = 取消

## The installation's own links

foot-privacy = 隐私
foot-terms = 使用条款
foot-help = 帮助

## The page at the root

home-title = 登录服务器
home-heading = 登录 { $installation }
home-what = 使用 { $installation } 的应用会带您到这里登录，询问您允许它们做什么，再带您返回。
home-setup-heading = 设置 { $installation }
home-needs-setup = 还没有管理员。请打开服务器启动时显示的设置链接。
home-demo = 一分钟导览
home-developers = 开发者信息
home-issuer = 签发者（Issuer）
home-discovery = 发现文档（Discovery）

# Used by a test alone: values, marks and a link.
test-only = 请在 <a>Apps</a> 中查看 <i> { $app }。
