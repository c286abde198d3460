# What mails say.

mail-link-plain = うまくいかない場合は、このアドレスをコピーしてブラウザーで開いてください：
mail-link-label = { $label }：
mail-username = ユーザー名：{ $username }

## A link to set a new password

mail-reset-subject = { $installation }のパスワードの再設定
mail-reset-asked = { $installation }で、{ $name }さんの新しいパスワードを設定する依頼がありました。おそらくご本人からの依頼です。
mail-reset-by-admin = { $installation }の管理者から、{ $name }さんがパスワードを設定するためのリンクをお送りします。
mail-reset-button = 新しいパスワードを設定
mail-reset-lasts = このリンクは{ $n }分間有効で、1回だけ使えます。
mail-reset-not-you = お心当たりがない場合は、何もしないでください。パスワードは変わらず、このリンクはほかの誰にも送られていません。

## A link that shows whose an address is

mail-verify-subject = { $installation }：メールアドレスの確認
mail-verify-asked = { $installation }で、このメールアドレスが入力されました。おそらくご本人によるものです。
mail-verify-button = はい、私のアドレスです
mail-verify-lasts = このリンクは{ $n }時間有効で、1回だけ使えます。
mail-verify-not-you = お心当たりがない場合は、何もしないでください。このアドレスが使われることはありません。

## What happened to an account

mail-device-subject = { $installation }への新しいログイン
mail-device-what = { $installation }の{ $name }さんのアカウントに、これまで使われたことのないブラウザーからログインがありました。
mail-password-subject = { $installation }のパスワードが変更されました
mail-password-what = { $installation }の{ $name }さんのパスワードが変更されました。
mail-app-subject = 新しいアプリが{ $installation }のアカウントを使えるようになりました
mail-app-what = 「{ $app }」が、{ $installation }の{ $name }さんのアカウントを使えるようになりました。
mail-app-checked = このアプリは{ $installation }が確認済みです。
mail-app-unchecked = このアプリは{ $installation }の確認を受けていません。この名前は誰でも名乗れます。信頼できない場合は、連携を解除してください。
mail-factor-added-subject = { $installation }のログイン方法が追加されました
mail-factor-added-what = { $factor ->
    [passkey] { $installation }の{ $name }さんのアカウントに、パスキーが追加されました。
   *[totp] { $installation }の{ $name }さんのアカウントに、認証アプリが追加されました。
}
mail-factor-removed-subject = { $installation }のログイン方法が削除されました
mail-factor-removed-what = { $factor ->
    [passkey] { $installation }の{ $name }さんのアカウントから、パスキーが削除されました。
    [totp] { $installation }の{ $name }さんのアカウントから、認証アプリが削除されました。
   *[all] { $installation }の{ $name }さんのアカウントから、すべてのパスキー、認証アプリ、リカバリーコードが削除されました。
}
mail-codes-renewed-subject = { $installation }の新しいリカバリーコードが作成されました
mail-codes-renewed-what = { $installation }の{ $name }さんのアカウントに、新しいリカバリーコードが作成されました。以前のコードは使えなくなりました。
mail-code-used-subject = { $installation }でリカバリーコードが使われました
mail-code-used-what = { $installation }で、パスキーや認証アプリの代わりに、{ $name }さんのリカバリーコードが使われました。このコードはもう使えません。
mail-codes-throttled-subject = { $installation }でコードの間違いが続きました
mail-codes-throttled-what = { $installation }の{ $name }さんのアカウントで、ログインの最初の手順（通常はパスワード）を通過した人が、コードを何度も間違えました。しばらくの間、コードは受け付けられません。
mail-address-subject = { $installation }のメールアドレスが変更されました
mail-address-what = { $installation }の{ $name }さんのメールアドレスが変更されました。今後、このアドレスにはメールをお送りしません。
mail-when = 日時：{ $time }
mail-from-address = IPアドレス：{ $address }
mail-browser = ブラウザー：{ $browser }
mail-look = アカウントを確認
mail-was-you = ご本人の操作であれば、何もする必要はありません。
mail-was-not-you = お心当たりがない場合は、すぐにパスワードを変更し、ほかの端末をすべてログアウトさせてください。ログインできなくなっている場合は、{ $installation } の管理者にご連絡ください。

## A mail that tries out whether mail arrives

mail-test-subject = { $installation }からのメール
mail-test-what = このメールは、{ $installation }からのメールが届くかどうかを確かめるために送られました。無事に届いています。

## Signing up, and being invited

mail-sign-up-subject = { $installation }：アカウントの作成
mail-sign-up-asked = このメールアドレスで{ $installation }のアカウントを作成する依頼がありました。おそらくご本人からの依頼です。
mail-sign-up-button = アカウントを作成
mail-sign-up-not-you = お心当たりがない場合は、何もしないでください。アカウントは作成されません。
mail-known-subject = { $installation }のアカウントをお持ちです
mail-known-asked = このメールアドレスで{ $installation }のアカウントを作成する依頼がありました。おそらくご本人からの依頼ですが、アカウントはすでにあります。
mail-known-forgot = パスワードをお忘れの場合は、こちらで新しく設定できます：{ $address }
mail-known-not-you = お心当たりがない場合も、何もする必要はありません。何も変更されていません。
mail-invitation-subject = { $installation }への招待
mail-invitation-what = { $installation }の管理者が、アカウントの作成にあなたを招待しています。
mail-invitation-lasts = このリンクは{ $time }まで有効で、1回だけ使えます。
mail-invitation-not-you = お心当たりがない場合は、何もしないでください。アカウントは作成されません。
