# A person's own account.

## The frame

account-heading = アカウント
account-skip = 本文へ移動
account-signed-in-as = ログイン中：
account-sign-out = ログアウト
account-console = 管理画面
account-profile = プロフィール
account-security = セキュリティ
account-sessions = ログイン中の端末
account-apps = 連携中のアプリ
account-events = 利用履歴
account-data = 自分のデータ

account-stale-title = この操作を確認できませんでした
account-stale-what = 以前のログインで開いたページか、ほかの場所から送られたものです。何も変更されていません。あなたの操作が原因ではありません。
account-stale-do = ページを再読み込みして、もう一度送信してください。
account-stale-back = ページを再読み込み

account-optional = （任意）
account-save = 保存
account-managed = このアカウントはサーバー管理者の設定ファイルで管理されているため、ここでは変更できません。

## Profile

account-profile-title = プロフィール
account-profile-about = ご自身について
account-profile-lead = アプリに見えるのは、このうち許可したものだけです。
account-name = 名前
account-username = ユーザー名
account-email = メールアドレス
account-email-verified = 確認済み
account-email-unverified = 未確認
account-roles = 役割
account-signed-in = ログイン日時
account-language = 言語
account-language-browser = ブラウザーの設定に合わせる
account-given-name = 名
account-family-name = 姓
account-nickname = ニックネーム
account-website = ウェブサイト
account-picture = 画像のアドレス
account-birthdate = 生年月日
account-birthdate-help = 年-月-日の順に入力します（例：1990-12-31）。年を知らせない場合は、年を0000にします。
account-zone = タイムゾーン
account-zone-help = 例：Asia/Tokyo
account-wrong-text = 長すぎるか、表示できない文字が含まれています。
account-wrong-link = ページまたは画像の完全なアドレスを、https://から入力してください。
account-wrong-date = 日付は、1990-12-31のように年-月-日の順に入力してください。
account-wrong-zone = タイムゾーンはAsia/Tokyoのように入力してください。
account-reach = 電話番号と住所
account-phone = 電話番号
account-phone-help = 国番号を付けて入力します（例：+81 3 1234 5678）。
account-phone-help-verified = この番号は確認済みです。変更すると、新しい番号は未確認になります。
account-phone-verified = 確認済み
account-wrong-phone = 電話番号は、+81 3 1234 5678のように、+と国番号から始めて入力してください。
account-street = 町名・番地
account-postal-code = 郵便番号
account-locality = 市区町村
account-region = 都道府県・州
account-country = 国
account-known = このほかに保存されている情報
account-known-lead = 許可したアプリには、これらの情報も見えます。誤りがある場合は、{ $installation }の管理者にご連絡ください。
account-preferred-username = アプリ用のユーザー名
account-middle-name = ミドルネーム
account-gender = 性別
account-profile-page = プロフィールのページ
account-locale = アプリ用の言語
account-address = 住所
account-done-profile = プロフィールを保存しました。

## Password

account-password-title = パスワード
account-password-change = パスワードを変更
account-password-set = パスワードを設定
account-password-current = 現在のパスワード
account-password-new = 新しいパスワード
account-password-repeated = 新しいパスワード（もう一度）
account-password-help = { $n }文字以上。いくつかの単語を並べると、覚えやすく、推測されにくくなります。
account-password-end-others = ほかの端末をすべてログアウトさせる
account-password-end-others-help = パスワードを誰かに知られたおそれがある場合に、その人を締め出せます。
account-password-wrong = 現在のパスワードが違います。
account-password-differ = 2つの新しいパスワードが一致しません。
account-password-throttled = 間違いが続きました。{ $n }分後にもう一度お試しください。
account-password-busy = ただいまログインが混み合っています。数秒後にもう一度お試しください。
account-done-password = パスワードを変更しました。許可したアプリは、引き続きアカウントを使用できます。信頼できないアプリがある場合は、<a>連携中のアプリ</a>を確認してください。

## Sessions

account-sessions-title = ログイン中の端末
account-sessions-lead = ログインした後、まだログアウトしていないブラウザーの一覧です。端末の情報は、ブラウザーが伝えるとおりに表示しています。
account-sessions-this = このブラウザー
account-sessions-address = IPアドレス
account-sessions-seen = 最終利用日時
account-sessions-since = ログイン日時
account-sessions-end = ログアウトさせる
account-sessions-the-one = ：{ $device }、{ $time }
account-sessions-end-others = ほかの端末をすべてログアウトさせる
account-sessions-no-others = ほかにログイン中の端末はありません。
account-done-session = その端末をログアウトさせました。
account-done-others = ほかの端末をすべてログアウトさせました。

# A browser and a system, by their names.
account-device = { $system }の{ $browser }
account-device-browser = { $browser }
account-device-system = { $system }のブラウザー
account-device-unknown = 不明なブラウザー

## Connected apps

account-apps-title = 連携中のアプリ
account-apps-lead = アカウントの使用を許可したアプリです。連携を解除すると、アプリへの許可はすぐにすべて取り消されます。アプリから再び許可を求められることはあります。
account-apps-none = アカウントの使用を許可したアプリはありません。許可すると、ここに表示されます。
account-apps-may = 許可したこと
account-apps-at = { $resource }で許可したこと
account-apps-since = 許可した日
account-apps-used = 最終利用日時
account-apps-until = 有効期限
account-apps-always = 取り消すまで
account-apps-disconnect = 連携を解除
account-done-disconnected = 「{ $name }」との連携を解除しました。

## Activity

account-events-title = 利用履歴
account-events-lead = アカウントで行われたことの記録です。身に覚えのないものがあれば、パスワードを変更し、ほかの端末をログアウトさせてください。
account-events-none = まだ何もありません。
account-events-by-others = 管理者による操作
account-events-pager = 履歴の前後のページ
account-events-newest = 最新の履歴
account-events-older = 以前の履歴

account-event-added = アカウントが作成されました
account-event-signed-in = ログインしました
account-event-signed-in-to = 「{ $app }」にログインしました
account-event-failed = ログインに失敗しました
account-event-failed-at = 「{ $app }」へのログインに失敗しました
account-event-throttled = 間違いが続いたため、ログインが一時的に制限されました
account-event-signed-out = ログアウトしました
account-event-ended = 端末のログインが終了しました
account-event-updated = プロフィールが変更されました
account-event-disabled = アカウントが無効になりました
account-event-enabled = アカウントが再び有効になりました
account-event-password = 新しいパスワードが設定されました
account-event-allowed = 「{ $app }」にアカウントの使用を許可しました
account-event-denied = 「{ $app }」からの要求を許可しませんでした
account-event-withdrawn = 「{ $app }」との連携が解除されました
account-event-connected = 「{ $app }」がアクセスできるようになりました
account-event-revoked = 「{ $app }」がアクセスできなくなりました
account-event-replayed = 「{ $app }」から使用済みのキーが送られたため、アクセスできなくなりました
account-event-factor-added = 2段階認証の方法が追加されました
account-event-factor-removed = 2段階認証の方法が削除されました
account-event-codes-made = 新しいリカバリーコードが作成されました
account-event-code-used = リカバリーコードが使われました
account-event-reset-asked = 新しいパスワードを設定するリンクの依頼がありました
account-event-sign-up-asked = このメールアドレスで別のアカウントを作成しようとした人がいます
account-event-address-asked = メールアドレスの変更の依頼がありました
account-event-address = メールアドレスが確認されました
account-event-other = 変更がありました

## Your data

account-data-title = 自分のデータ
account-data-what = ここに保存されているあなたのデータのすべてを、プログラムで読める1つのファイル（JSON）にまとめたものです。プロフィール、ログイン中の端末、アプリ、利用履歴が含まれます。パスワードやキーは含まれません。
account-data-download = データをダウンロード
account-data-end = アカウントを削除
account-data-delete = 削除すると、ここに保存されているあなたのデータはすべて消え、元に戻せません。

account-delete-title = アカウントを削除しますか？
account-delete-go = アカウントを削除する
account-delete-effects = 削除すると、次のようになります。
account-delete-effect-out = すべての端末でログアウトします。
account-delete-effect-apps = このアカウントでログインしているアプリはすべて連携が解除され、このアカウントではログインできなくなります。
account-delete-effect-gone = 削除したアカウントは、誰にも元に戻せません。
account-delete-type = 確認のため、ユーザー名を入力してください：<strong>{ $username }</strong>
account-delete-wrong = ユーザー名が違います。
account-delete-last = ログインできる管理者がほかにいません。先に別の人を管理者にしてください。
account-deleted-title = アカウントを削除しました
account-deleted-what = すべての端末でログアウトし、保存されていたデータを消去しました。
