# Making an account, and getting back into one.

login-trouble = ログインできませんか？

## Asking for a link

forgot-heading = ログインできませんか？
forgot-what = アカウントのメールアドレスに、新しいパスワードを設定するためのリンクをお送りします。
forgot-send = リンクを送信
forgot-back = ログインに戻る
forgot-sent-heading = メールをご確認ください
forgot-sent-what = その名前のアカウントにメールアドレスが登録されていれば、リンクをお送りしています。リンクは30分間有効です。
forgot-sent-nothing = 数分たっても届かない場合は、迷惑メールのフォルダーを確認するか、ユーザー名とメールアドレスのもう一方をお試しください。それでも届かない場合は、アカウントの発行元にご連絡ください。
forgot-empty = ユーザー名またはメールアドレスを入力してください。
forgot-stale = このページを確認できませんでした。もう一度送信してください。Cookieの許可が必要です。
forgot-throttled = ここからの送信が多すぎます。{ $n }分後にもう一度お試しください。

## Setting a new password

reset-heading = 新しいパスワードを設定
reset-for = アカウント：{ $username }
reset-password = 新しいパスワード
reset-password-help = { $n }文字以上。いくつかの単語を並べると、覚えやすく、推測されにくくなります。
reset-end-sessions = このアカウントでログイン中の端末を、すべてログアウトさせる
reset-set = パスワードを設定
reset-stale = このページを確認できませんでした。もう一度送信してください。Cookieの許可が必要です。
reset-busy = ただいま混み合っています。数秒後にもう一度お試しください。
reset-done-heading = 新しいパスワードを設定しました
reset-done-ended = すべての端末からログアウトしました。新しいパスワードでログインしてください。
reset-done-kept = ログイン中の端末は、そのままログインしています。次からは新しいパスワードでログインしてください。
reset-done-apps = アカウントの使用を許可したアプリは、引き続き使用できます。信頼できないアプリがある場合は、<a>連携中のアプリ</a>を確認してください。
reset-done-security = ほかの人がアカウントに入ったおそれがある場合は、<a>ログイン方法</a>も確認してください。パスキー、認証アプリ、リカバリーコードは変わっていません。

password-too-short = パスワードが短すぎます。{ $n }文字以上にしてください。
password-too-long = パスワードが長すぎます。
password-is-name = パスワードがユーザー名と同じです。真っ先に試されるおそれがあります。
password-guessable = このパスワードはすぐに推測されてしまいます。よく使われるものか、その組み合わせです。互いに関係のない単語をいくつか並べてください。

## A link that no longer works

link-dead-heading = このリンクはもう使えません
link-dead-what = すでに使われたか、期限が切れたか、より新しいリンクが送られています。何も変更されていません。
link-dead-withdrawn = { $installation }の管理者がこの招待を取り消しました。何も変更されていません。間違いの場合は、新しい招待を依頼してください。
link-dead-again = 新しいリンクを申し込む
link-dead-account = アカウントへ

## An address that is to be proved

verify-email-heading = これはあなたのメールアドレスですか？
verify-email-what = <strong>{ $email }</strong>を、アカウント「{ $username }」のメールアドレスにします。
verify-email-yes = はい、私のアドレスです
verify-email-no = いいえ、違います
verify-email-no-heading = 何も変更されていません
verify-email-no-what = アカウントのメールアドレスはこれまでのままです。メールのリンクは1日以内に使えなくなります。
verify-email-taken = このアドレスは、すでに別のアカウントで使われています。
verify-email-taken-heading = このアドレスは使えません
verify-email-other = このリンクは別のアカウントのものです。ここでは「{ $username }」としてログインしています。何も変更されていません。アドレスを登録するアカウントでログインし、もう一度リンクを開いてください。
verify-email-done-heading = アドレスを確認しました
verify-email-done-what = アカウント「{ $username }」のメールアドレスは{ $email }になりました。

## The page for another address

account-email-title = メールアドレス
account-email-now = 現在のアドレスは{ $email }です。
account-email-unproved = まだ確認されていません。
account-email-none = アカウントにメールアドレスが登録されていません。
account-email-pending = { $email }にリンクをお送りしました。開くまでは何も変わりません。リンクは1日有効です。
account-email-label = メールアドレス
account-email-help = このアドレスにリンクをお送りします。リンクを開くとアドレスが登録され、以前のアドレスにもお知らせします。
account-email-help-first = このアドレスにリンクをお送りします。リンクを開くと、アドレスが登録されます。
account-email-send = リンクを送信
account-email-bad = メールアドレスの形になっていません。name@example.comのように入力してください。
account-email-throttled = 送信が多すぎます。{ $n }分後にもう一度お試しください。
account-done-address = { $name }にリンクをお送りしています。開くまでは何も変わりません。リンクは1日有効です。
account-email-change = メールアドレスの変更・確認
account-email-other = メールアドレスを変更
account-email-add = メールアドレスを追加

## Making an account of one's own

login-no-account = アカウントをお持ちでない場合：
login-sign-up = アカウントを作成
sign-up-heading = アカウントの作成
sign-up-what = メールアドレスにリンクをお送りします。リンク先でユーザー名とパスワードを設定してください。
sign-up-have-one = アカウントを持っています
sign-up-sent-what = 入力されたアドレスにメールをお送りしています。1日以内に、メールの中のリンクを開いてください。
sign-up-sent-app = このブラウザーで開くと、その後「{ $app }」に進みます。
sign-up-sent-nothing = 数分たっても届かない場合は、迷惑メールのフォルダーを確認するか、アドレスを確かめてもう一度お試しください。
sign-up-domain = ここでアカウントを作成できるのは、次のドメインのメールアドレスだけです：{ $domains }
sign-up-invited-heading = { $installation }への招待
sign-up-invited-what = { $installation }の管理者が{ $email }を招待しました。ログインに使うものを設定してください。
sign-up-username-help = ログインに使います。メールアドレスでもログインできます。
sign-up-username-odd = ユーザー名として使えません。1～100文字で、@を含めず、先頭と末尾に空白を入れないでください。
sign-up-username-taken = このユーザー名はすでに使われています。別の名前にしてください。
sign-up-name-odd = 名前が長すぎるか、表示できない文字が含まれています。
sign-up-make = アカウントを作成

## Where nobody creates an account

sign-up-closed-title = ここではアカウントを作成できません
sign-up-closed-off = { $installation }では現在、アカウントの作成を受け付けていません。その間は、届いたリンクも使えません。
sign-up-closed-invited = { $installation }のアカウントは招待された方のみ作成できます。招待がある場合は、その中のリンクを開いてください。
sign-up-closed-ask = { $installation }の管理者にお問い合わせください。
