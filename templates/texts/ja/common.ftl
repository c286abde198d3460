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

sign-in = ログイン
cancel = キャンセル

## The installation's own links

foot-privacy = プライバシー
foot-terms = 利用規約
foot-help = ヘルプ

## The page at the root

home-title = ログインサーバー
home-heading = { $installation }にログイン
home-what = { $installation }を使うアプリは、ログインのときにここへ案内します。ここでアプリに許可することを確認し、元のアプリに戻ります。
home-setup-heading = { $installation }の初期設定
home-needs-setup = 管理者がまだいません。サーバーの起動時に表示された設定用リンクを開いてください。
home-demo = 1分間のガイドを見る
home-developers = 開発者の方へ
home-issuer = 発行者（Issuer）
home-discovery = ディスカバリー（Discovery）

# Used by a test alone: values, marks and a link.
test-only = <i> { $app }は<a>Apps</a>にあります。
