# Signing in with an account elsewhere.

## On the sign-in page

upstream-continue = { $provider }で続ける

## When it does not work

upstream-failed-title = { $provider }でログインできませんでした
upstream-not-linked-title = { $provider }のアカウントは連携されませんでした
upstream-what-denied = { $provider }でキャンセルされたか、先に進むことが許可されませんでした。
upstream-what-unavailable = 現在{ $provider }に接続できないか、正しい応答がありません。
upstream-what-refused = { $installation }からの要求が{ $provider }に受け付けられませんでした。どちらかの設定に誤りがあると思われます。あなたの操作が原因ではありません。
upstream-what-untrusted = { $provider }からの応答が検証に通らなかったため、ログインは行われませんでした。
upstream-what-not-anew = ここではご本人であることの再確認が必要ですが、{ $provider }ではそれができません。
upstream-what-stale = この操作はすでに完了しているか、10分を過ぎたか、別のブラウザーで開始されたものです。
upstream-what-throttled = 失敗が続きました。{ $n }分後にもう一度お試しください。
upstream-what-disabled = { $installation }のあなたのアカウントは、現在使えません。
upstream-what-domain = { $provider }でログインできるのは、特定のメールアドレスをお持ちの方に限られます。お使いのアドレスは対象外か、{ $provider }で確認されていません。
upstream-what-taken = { $provider }から伝えられたメールアドレスのアカウントが、すでに{ $installation }にあります。
upstream-what-unknown = お使いの{ $provider }のアカウントと連携している{ $installation }のアカウントはありません。
upstream-what-anothers = その{ $provider }のアカウントは、{ $installation }の別のアカウントと連携しています。
upstream-what-session = この操作を始めた方は、現在ログインしていません。
upstream-do-again = もう一度お試しになるか、別の方法をお選びください。
upstream-do-wait = 数分待ってから、もう一度お試しください。
upstream-do-tell = それでも解決しない場合は、{ $installation }の管理者にご連絡ください。
upstream-do-link = こちらにアカウントをお持ちの場合は、パスワードまたはパスキーでログインしてから、アカウントの「セキュリティ」で{ $provider }を連携してください。
upstream-do-create = こちらにアカウントをお持ちでない場合は、ログインページから作成できます。
upstream-do-other = { $provider }の別のアカウントをお使いください。
upstream-back = ログインページに戻る
upstream-back-account = アカウントに戻る

## In one's account

upstream-heading = ほかのサービスのアカウント
upstream-lead = ほかのサービスのアカウントを連携すると、パスワードなしでもここにログインできます。
upstream-address = 連携先のメールアドレス
upstream-link = { $provider }を連携する
upstream-link-another = { $provider }の別のアカウントを連携する
upstream-link-title = { $provider }のアカウントを連携しますか？
upstream-link-what = { $provider }に移動してログインします。以後、そのアカウントを使える人は、{ $installation }のあなたのアカウントにログインできます。
upstream-link-go = { $provider }へ進む
upstream-unlink = 連携を解除する
upstream-unlink-title = { $provider }との連携を解除しますか？
upstream-unlink-what = 解除すると、そのアカウントで{ $installation }にログインできなくなります。{ $provider }のアカウントはそのまま残ります。
upstream-unlink-last = ほかにログインする方法がありません。先にパスワードを設定するか、パスキーを追加してください。
upstream-done-linked = { $name }のアカウントを連携しました。
upstream-done-unlinked = { $name }との連携を解除しました。
account-event-upstream-linked = ほかのサービスのアカウントが連携されました
account-event-upstream-unlinked = ほかのサービスのアカウントとの連携が解除されました
account-event-upstream-failed = ほかのサービスのアカウントでのログインに失敗しました

## In mails

mail-upstream-linked-what = { $installation }の{ $name }さんのアカウントに、{ $provider }のアカウントが連携されました。今後ログインに使えます。
mail-upstream-unlinked-what = { $installation }の{ $name }さんのアカウントと、{ $provider }のアカウントとの連携が解除されました。
