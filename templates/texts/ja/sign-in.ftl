# Signing in, choosing an account, signing out, setting up.

sign-in-not-checked = このページを確認できませんでした。もう一度ログインしてください。Cookieの許可が必要です。
sign-in-busy = ただいまログインが混み合っています。数秒後にもう一度お試しください。
login-heading-app = ログインして「{ $app }」に進む
login-unchecked = このアプリは{ $installation }の確認を受けていません。この名前は誰でも名乗れます。移動元のサイトやアプリを信頼できる場合だけ続けてください。
login-username = ユーザー名
login-name = ユーザー名またはメールアドレス
login-password = パスワード
password-show = パスワードを表示
login-again = ご本人の確認のため、もう一度ログインしてください。
login-mismatch = ユーザー名とパスワードが一致しません。
login-throttled = 間違いが続いたため、一時的にログインできません。{ $n }分後にもう一度お試しください。
login-foot = パスワードは{ $installation }だけが扱います。「{ $app }」に知られることはありません。
app-about = このアプリについて：
app-privacy = プライバシー
app-terms = 利用規約
new-tab = （新しいタブで開きます）
# After the label of a button: which one it is for.
the-one = ：{ $what }

## Which account

choose-title = どのアカウントを使いますか？
choose-app = 「{ $app }」に進みます
choose-current = { $name }として続ける
choose-other = 別のアカウントを使う

## Back to an app, by a form

form-post-title = 「{ $app }」に戻ります
# Which app it is, is not known.
form-post-title-unknown = アプリに戻ります
form-post-wait = 画面が変わらない場合は、ボタンを押してください。
form-post-go-on = 続ける

## Signing out

logout-title = ログアウトしますか？
logout-heading = { $installation }からログアウトしますか？
logout-app-asks = 「{ $app }」からログアウトの依頼がありました。ここからログインしたほかのアプリも、ログアウトになることがあります。
logout-others = ここからログインしたアプリも、ログアウトになることがあります。
logout-who = { $name }としてログイン中
logout-who-username = { $name }（{ $username }）としてログイン中
logout-then = ログアウト後、<strong>{ $host }</strong>に移動します。
logout-stay = ログインしたままにする
logout-sign-out = ログアウト
signed-out-title = ログアウト完了
signed-out-heading = ログアウトしました
signed-out-telling = ほかのアプリからもログアウトしています。まもなく<strong>{ $host }</strong>に移動します。
signed-out-go-on = { $host }に進む
signed-out-others = ここからログインしたアプリには、まだログインしたままのことがあります。共用のパソコンでは、アプリからもログアウトしてください。
signed-out-again = もう一度ログイン
signed-out-frame = 「{ $app }」からログアウト中

## Setting up

setup-title = 初期設定
setup-heading = このサーバーの管理者はどなたですか？
setup-what = 最初の管理者を登録します。登録は1回だけです。ほかの人は後から追加できます。
setup-problems = 次の点をご確認ください：
setup-not-checked = このページを確認できませんでした。もう一度送信してください。Cookieの許可が必要です。
setup-name = 名前
setup-email = メールアドレス
setup-optional = （任意）
setup-wrong-username = ユーザー名は1～100文字で、@は使えません。先頭と末尾に空白を入れることもできません。
setup-taken = そのユーザー名またはメールアドレスはすでに使われています。別のものをお選びください。
setup-password-help = { $count }文字以上。いくつかの単語を並べると、覚えやすく、推測されにくくなります。
setup-make = 管理者を登録
setup-done-title = 準備完了
setup-done-heading = サーバーの準備ができました
setup-done-who = <strong>{ $username }</strong>が管理者になりました。設定用リンクはもう使えません。
setup-done-next = 次に：最初のアプリを登録する
setup-done-console = ログインすると、管理画面がアプリの種類を尋ね、安全な設定を提案し、アプリにコピーする値を表示します。
setup-done-command = または、サーバーが動いているマシンで、アプリの名前とログイン後に戻るアドレスを指定します：
setup-done-command-label = コマンド
setup-done-prints = アプリのIDとシークレットが表示されます。シークレットが表示されるのは、この1回だけです。
setup-done-then = 続いて：このサーバーの場所をアプリに設定する
setup-done-address = ほとんどのライブラリでは、このアドレスだけで設定できます：

## The second step of signing in

verify-title = もう1つ確認があります
verify-heading = 認証アプリのコードを入力してください
verify-heading-recovery = リカバリーコードを入力してください
verify-heading-passkey = パスキーを使ってください
verify-who = { $account }としてログインします
verify-code = コード
verify-code-help = 認証アプリにいま表示されている6桁の数字
verify-recovery-code = リカバリーコード
verify-recovery-help = 2段階認証を設定したときに保管したコードの1つです。各コードは1回だけ使えます。
verify-use-recovery = 代わりにリカバリーコードを使う
verify-use-app = 代わりに認証アプリを使う
verify-use-passkey = 代わりにパスキーを使う
verify-passkey-only = このブラウザーでパスキーを使えない場合は、使えるブラウザーでログインしてください。
verify-passkey-or-recovery = このブラウザーでパスキーを使えない場合は、使えるブラウザーでログインするか、リカバリーコードを使ってください。
verify-go-on = 続ける
verify-wrong = コードが間違っているか、すでに使われています。認証アプリに次のコードが表示されたら、それを入力してください。
verify-recovery-wrong = コードが間違っているか、すでに使われています。ほかのリカバリーコードをお試しください。
verify-throttled = コードの間違いが続きました。{ $n }分後にもう一度お試しください。
verify-app = この後、「{ $app }」に進みます。

## More is wanted than the person has set up

enrol-title = 2段階認証が必要です
enrol-heading = 先に2段階認証を設定してください
enrol-app-wants = 「{ $app }」を使うには、パスワードのほかにもう1つの確認が必要です。
enrol-we-want = { $installation }では、パスワードのほかにもう1つの確認が必要です。
enrol-what = パスキー、またはコードを表示するスマートフォンのアプリを使えます。設定は1分ほどで終わります。次からはログインのときに確認します。
enrol-passkey = パスキーが必要です。スマートフォン、パソコン、またはセキュリティキーで、ご本人であることを確認します。
enrol-set-up = 設定する
enrol-new-tab = 新しいタブで開きます。設定が終わったら、ここに戻ってください。
enrol-done = 設定が終わったので続ける
