# Pages that say what is wrong.

problem-to-do = 次にできること
problem-technical = サポート担当者向けの情報
problem-id = お問い合わせの際は、このIDをお伝えください：
problem-wait-and-reload = 少し待ってから、ページを再読み込みしてください。

problem-link-title = このログイン用リンクは使えません
problem-link-what = アプリからの依頼の内容が正しくなかったため、ログインできません。
problem-link-fault = あなたの操作が原因ではなく、アプリまたはリンクに誤りがあります。
problem-link-again = アプリに戻って、最初からやり直してください。
problem-link-tell = それでも解決しない場合は、アプリの運営者に連絡し、下のIDをお伝えください。

problem-ours-title = こちらで問題が発生しました
problem-ours-what = 操作を完了できませんでした。何も変更されていません。
problem-ours-fault = あなたの操作が原因ではありません。

problem-unread-title = うまく届きませんでした
problem-unread-what = 送信された内容を読み取れませんでした。何も変更されていません。あなたの操作が原因ではありません。
problem-unread-again = 前のページに戻って、もう一度お試しください。

problem-nowhere-title = ページが見つかりません
problem-nowhere-what = このアドレスのページはありません。
problem-nowhere-check = アドレスを確認するか、最初のページからやり直してください。
problem-nowhere-start = 最初のページへ

problem-http-title = この接続は安全ではありません
problem-http-what = 途中でパスワードを読み取られないように、このページはhttpsで開く必要があります。
problem-http-https = アドレスの先頭をhttps://にして開いてください。
problem-http-open = 安全に開く

problem-before-title = この操作はすでに終わっています
problem-before-what = このログインは、別のタブなどですでに完了しています。二重に行われたことはありません。
problem-before-back = アプリに戻ってください。ログインしていない場合は、アプリからもう一度ログインしてください。

problem-stale-title = もう一度やり直してください
problem-stale-unreadable = このページへのリンクが途中で切れているか、別の場所のものです。あなたの操作が原因ではありません。
problem-stale-changed = この間に、元のアプリに変更がありました。あなたの操作が原因ではありません。
problem-stale-old = ページを開いてから時間がたったため、安全のため使えなくなりました。何も変更されていません。あなたの操作が原因ではありません。
problem-stale-again = アプリに戻って、そこからログインしてください。すぐに終わります。
problem-stale-back = 「{ $app }」に戻る

problem-logout-title = このログアウト用リンクは使えません
problem-logout-what = アプリからの依頼の内容が正しくなかったため、何も行われませんでした。ログインしていた場合は、ログインしたままです。あなたの操作が原因ではありません。
problem-logout-all = ここでのログインをすべて終了するには、下のボタンを使ってください。
problem-logout-tell = アプリの運営者に連絡し、下のIDをお伝えください。

problem-setup-title = これは設定用リンクではありません
problem-setup-what = 初期設定には、サーバーの起動時に表示されたリンクが必要です。
problem-setup-look = サーバーの起動時の表示を確認し、「set up」の後にあるリンクを開いてください。
problem-set-up-title = 初期設定は完了しています
problem-set-up-what = すでに管理者がいるため、設定用リンクはもう使えません。
problem-set-up-sign-in = ログインするか、管理者にアカウントの作成を依頼してください。

problem-decide-title = もう一度お選びください
problem-decide-what = ご本人が選んだことを確認できませんでした。その間に別の人がここでログインした可能性があります。何も許可されていません。あなたの操作が原因ではありません。
problem-decide-look = 質問と、どのアカウントについての質問かを、もう一度ご確認ください。
problem-decide-back = 質問に戻る
