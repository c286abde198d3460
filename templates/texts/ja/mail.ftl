# What mails say.

mail-link-plain = うまくいかない場合は、このアドレスをコピーしてブラウザーで開いてください：
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
mail-verify-asked = { $installation }で、{ $name }さんがこのメールアドレスを登録しました。
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
mail-factor-added-subject = { $installation }のログイン方法が追加されました
mail-factor-added-what = { $installation }の{ $name }さんのアカウントに、パスキー、認証アプリ、またはリカバリーコードが追加されました。
mail-factor-removed-subject = { $installation }のログイン方法が削除されました
mail-factor-removed-what = { $installation }の{ $name }さんのアカウントから、パスキー、認証アプリ、またはリカバリーコードが削除されました。
mail-address-subject = { $installation }のメールアドレスが変更されました
mail-address-what = { $installation }の{ $name }さんのメールアドレスが変更されました。今後、このアドレスにはメールをお送りしません。
mail-when = 日時：{ $time }
mail-from-address = IPアドレス：{ $address }
mail-browser = ブラウザー：{ $browser }
mail-look = アカウントを確認
mail-was-you = ご本人の操作であれば、何もする必要はありません。
mail-was-not-you = お心当たりがない場合は、すぐにパスワードを変更し、ほかの端末をすべてログアウトさせてください。ログインできなくなっている場合は、管理者にご連絡ください。

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
