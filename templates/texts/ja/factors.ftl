# Passkeys, authenticator apps and recovery codes.

## What is set up

security-title = ログイン方法
security-lead = ご本人であることを確認する方法と、スマートフォンをなくしたときの備えです。
security-added = 追加日時
security-used = 最終使用日時
security-never-used = 未使用
security-change = 変更
security-password-changed = 最終変更日時

security-passkeys = パスキー
security-passkeys-what = スマートフォン、パソコン、またはセキュリティキーが、指紋、顔、またはPINでご本人であることを確認します。偽のページでパスキーを盗むことは、誰にもできません。
security-passkey-add = パスキーを追加
security-no-passkeys-here = このサーバーのアドレスは名前ではなく番号のため、ここではパスキーを使えません。

security-app = 認証アプリ
security-app-what = スマートフォンのアプリに、30秒ごとに新しいコードが表示されます。パスワードの後に入力します。
security-app-add = アプリを設定
security-app-remove = アプリを削除

security-codes = リカバリーコード
security-codes-what = パスキーやアプリが手元にないとき、代わりに使ってログインできます。各コードは1回だけ使えます。
security-codes-none-yet = 最初のパスキーまたは認証アプリを設定すると、発行されます。
security-codes-left = { $n ->
    [0] コードは残っていません。
   *[other] コードは残り{ $n }個です。
}
security-codes-make = 新しいコードを作成

## What removing one means

security-means-one-less = ほかの2段階認証の方法は、そのまま使えます。
security-means-password-alone = これは最後の2段階認証の方法です。削除すると、パスワードだけでログインできるようになり、リカバリーコードは使えなくなります。
security-means-elsewhere-alone = これは最後の2段階認証の方法です。削除すると、ほかのサービスのアカウントだけでログインできるようになり、リカバリーコードは使えなくなります。
security-means-must-stay = これは最後の2段階認証の方法です。このアカウントには1つ必要なので、先に別の方法を追加してください。
security-means-locked-out = パスワードがないため、このパスキーを削除するとログインできなくなります。先に別のパスキーを追加してください。
security-end-others-help = 端末をなくした場合や、ほかの人に使われるおそれがある場合に、その端末をログアウトさせることができます。

## A passkey

security-passkey-new-title = パスキーを追加
security-passkey-new-what = ブラウザーが、指紋、顔、またはPINでの確認を求めます。スマートフォンやセキュリティキーを選べることもあります。
security-passkey-name = 名前
security-passkey-name-help = 一覧で見分けるための名前です。
security-passkey-unnamed = マイパスキー
security-passkey-title = パスキー
security-passkey-rename = 名前を保存
security-passkey-remove-title = このパスキーを削除しますか？
security-passkey-remove-there = 端末からも削除すると、候補に表示されなくなります。
security-passkey-remove = 削除
security-passkey-refused = うまくいきませんでした。時間がかかりすぎたのかもしれません。もう一度お試しください。
security-passkey-known = このパスキーは、すでに追加されています。
security-passkey-too-many = パスキーの数が上限に達しています。先にどれかを削除してください。
security-passkey-bad-name = 名前は、目に見える文字を含む1～60文字にしてください。

## An authenticator app

security-app-title = 認証アプリを設定
security-app-new-what = ワンタイムコードに対応したアプリなら、どれでも使えます。
security-app-scan = アプリでこのコードを読み取るか、<a>この端末のアプリで開いて</a>ください。
security-app-qr = 下に表示されているキーのQRコード
security-app-type = または、このキーをアプリに入力してください。
security-app-code = アプリに表示されたコードを入力
security-app-code-help = 6桁の数字です。30秒ごとに新しくなります。
security-app-wrong = コードが一致しません。最新のコードを使い、端末の時計が合っているか確認してください。
security-app-confirm = 設定する
security-app-remove-title = 認証アプリを削除しますか？
security-app-remove-there = アプリ内の登録も削除してください。そのコードは使えなくなります。

## Recovery codes

security-codes-title = 新しいリカバリーコードを作成しますか？
security-codes-make-what = 新しく作成すると、以前のコードは使えなくなります。
security-codes-shown-title = リカバリーコード
security-codes-shown-what = 各コードで1回だけログインできます。今すぐ保存、印刷、または書き留めてください。もう一度表示することはできません。
security-codes-of = { $installation }（{ $username }）
security-codes-copy = コピー
security-codes-save = ファイルに保存
security-codes-print = 印刷
security-codes-copied = コードをコピーしました。
security-codes-shown-keep = スマートフォンがなくても見つけられる場所に保管してください。パスワードとこのコードの1つを知っている人は、誰でもこのアカウントにログインできます。
security-codes-kept = 保管しました

## What was done

security-done-passkey = パスキー「{ $name }」を追加しました。
security-done-first-passkey = パスキーを追加しました。
security-done-renamed = パスキーの名前を「{ $name }」に変更しました。
security-done-passkey-removed = パスキー「{ $name }」を削除しました。
security-done-app = 認証アプリを設定しました。
security-done-app-removed = 認証アプリを削除しました。

## At sign-in

passkey-sign-in = パスキーでログイン
passkey-or = または
passkey-cancelled = 確認されなかったか、時間切れになりました。もう一度お試しください。
passkey-known = この端末には、すでにこのアカウントのパスキーがあります。
passkey-failed = このブラウザーでは操作できませんでした。別の端末または別の方法をお試しください。
passkey-unsupported = このブラウザーはパスキーに対応していません。別のブラウザーまたは端末をお試しください。
passkey-no-script = パスキーにはJavaScriptが必要ですが、このブラウザーでは無効になっています。パスキー以外はそのまま使えます。
passkey-refused-title = パスキーを使えませんでした
passkey-refused-what = ここに登録されていないか、時間がかかりすぎました。アカウントから削除されているのかもしれません。
passkey-refused-other = 別の方法でログイン
