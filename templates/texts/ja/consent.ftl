# The question whether an app may use the account.

consent-title = 「{ $app }」を許可しますか？
consent-heading = 「{ $app }」にアカウントの使用を許可しますか？
consent-app = アプリ
consent-account = アカウント
consent-signed-in-as = ログイン中：
consent-switch = 別のアカウントを使う
# The app's own name for itself is an address; this is its host.
consent-id-host = { $host }のアドレスで識別されるアプリ
consent-checked = { $installation }が確認済み
consent-unchecked = { $installation }の確認を受けていません。この名前は誰でも名乗れます。
# A list follows: "know that you have an account here", "see your e-mail address".
consent-able = 許可すると、アプリは次のことができます
# The same, where some of it was allowed before.
consent-also-able = 許可すると、アプリは新たに次のこともできます
consent-untick = 許可したくないもののチェックを外してください。
consent-your-account = あなたのアカウント
# After one thing of the list.
consent-required = 必須
consent-new = 新規
consent-since = 前回から追加
consent-offline = アプリを閉じたりログアウトしたりした後も、許可が終わるか取り消されるまで、ここで許可したことを続けて行えます。
consent-only-account = アプリに知らされるのは、ここにアカウントがあることだけです。
# One of the list, where an app asks to come into a service and for nothing there.
consent-entry = あなたの代わりに操作していることを、そのサービスに示す
# Opens a list of what was allowed before.
consent-already = すでに許可していること
# A list follows.
consent-left-out = このアカウントには権限がないため、含まれないもの
consent-never = アプリにパスワードが渡ることはありません。また、ここに書かれていないことをアカウントで行うことはできません。
consent-goes = この後、<strong>{ $host }</strong>に移動します
consent-goes-app = この後、この端末のアプリに移動します：<strong>{ $host }</strong>
consent-this-device = 移動先はこのパソコン自体で、パソコン上のどのプログラムでも応答できます。たった今、ご自身がここで「{ $app }」を起動した場合だけ許可してください。
consent-app-on-device = この端末の別のアプリが、代わりに応答することもあり得ます。たった今、ご自身が「{ $app }」を開いた場合だけ許可してください。
consent-deny = 許可しない
consent-allow = 許可する
consent-take-back = この許可は、<a>連携中のアプリ</a>からいつでも取り消せます。
consent-take-back-ask = この許可はいつでも取り消せます。{ $installation }の管理者にご連絡ください。

## For how long

consent-how-long = いつまで許可しますか？
consent-lasts-always = 取り消すまで
# Until { $date } was chosen last time.
consent-lasts-always-all = 以前に{ $date }まで許可したことも、取り消すまで続きます。
consent-lasts-limited = { $days }日間
consent-lasts-limited-help = { $date }に終わります。その後は、もう一度お尋ねします。
# The same, where some of it was allowed before.
consent-lasts-limited-all = すでに許可していることも含めて、{ $date }に終わります。その後は、もう一度お尋ねします。
consent-lasts-once = 今回のみ
consent-lasts-once-help = 次回は、もう一度お尋ねします。許可は、ここからログアウトしたとき、または遅くとも{ $date }に終わります。
consent-lasts-once-offline = アプリを使っていない間は、接続は続きません。

## What an app may do: each follows "It will be able to"

scope-openid = ここにアカウントがあることを知る
scope-profile = 名前とプロフィールを見る
scope-email = メールアドレスを見る
scope-address = 住所を見る
scope-phone = 電話番号を見る
scope-offline-access = アプリを使っていない間も接続を続ける
scope-admin = 管理者が変更できるものをすべて変更する
scope-admin-read = 管理者が見られるものをすべて見る
resource-administration = 管理
