# Passkeys, authenticator apps and recovery codes.

## What is set up

security-title = So melden Sie sich an
security-lead = Womit Sie zeigen, dass Sie es sind, und was hilft, wenn Sie Ihr Telefon verlieren.
security-added = Hinzugefügt
security-used = Zuletzt verwendet
security-never-used = Noch nie
security-change = Ändern
security-password-changed = Zuletzt geändert

security-passkeys = Passkeys
security-passkeys-what = Ihr Telefon, Ihr Computer oder ein Sicherheitsschlüssel bestätigt mit Fingerabdruck, Gesicht oder PIN, dass Sie es sind. Mit einer gefälschten Seite kann niemand einen Passkey stehlen.
security-passkey-add = Passkey hinzufügen
security-no-passkeys-here = Passkeys sind hier nicht möglich, weil die Adresse dieses Servers nur eine Nummer und kein Name ist.

security-app = Authenticator-App
security-app-what = Eine App auf Ihrem Telefon zeigt jede halbe Minute einen neuen Code. Sie geben ihn nach Ihrem Passwort ein.
security-app-add = App einrichten
security-app-remove = App entfernen

security-codes = Notfallcodes
security-codes-what = Mit jedem Code kommen Sie einmal hinein, wenn Sie Ihren Passkey oder die App nicht zur Hand haben.
security-codes-none-yet = Sie bekommen sie mit Ihrem ersten Passkey oder Ihrer ersten Authenticator-App.
security-codes-left = { $n ->
    [0] Sie haben keinen Code mehr.
    [one] Sie haben noch einen Code.
   *[other] Sie haben noch { $n } Codes.
}
security-codes-make = Neue Codes erstellen

## What removing one means

security-means-one-less = Sie haben noch einen anderen zweiten Schritt; der bleibt.
security-means-password-alone = Das ist der einzige zweite Schritt, den Sie noch haben. Danach genügt zum Anmelden Ihr Passwort allein, und Ihre Notfallcodes gelten nicht mehr.
security-means-elsewhere-alone = Das ist der einzige zweite Schritt, den Sie noch haben. Danach genügt zum Anmelden ein Konto bei einem anderen Anbieter allein, und Ihre Notfallcodes gelten nicht mehr.
security-means-must-stay = Das ist der einzige zweite Schritt, den Sie noch haben, und Ihr Konto braucht einen. Fügen Sie zuerst einen anderen hinzu.
security-means-locked-out = Sie haben kein Passwort: Ohne diesen Passkey könnten Sie sich nicht anmelden. Fügen Sie zuerst einen anderen Passkey hinzu.
security-end-others-help = Falls ein Gerät verloren gegangen ist oder jemand anderes es verwenden könnte, wird es damit abgemeldet.

## A passkey

security-passkey-new-title = Passkey hinzufügen
security-passkey-new-what = Ihr Browser bittet Sie um eine Bestätigung mit Fingerabdruck, Gesicht oder PIN. Vielleicht bietet er auch Ihr Telefon oder einen Sicherheitsschlüssel an.
security-passkey-name = Name
security-passkey-name-help = Damit Sie ihn in der Liste wiedererkennen.
security-passkey-unnamed = Mein Passkey
security-passkey-title = Ihr Passkey
security-passkey-rename = Namen speichern
security-passkey-remove-title = Diesen Passkey entfernen?
security-passkey-remove-there = Löschen Sie ihn auch auf Ihrem Gerät, damit er dort nicht mehr angeboten wird.
security-passkey-remove = Entfernen
security-passkey-refused = Das hat nicht geklappt. Vielleicht hat es zu lange gedauert. Bitte versuchen Sie es noch einmal.
security-passkey-known = Diesen Passkey gibt es hier schon.
security-passkey-too-many = Mehr Passkeys sind nicht möglich. Entfernen Sie zuerst einen.
security-passkey-bad-name = Der Name muss aus 1 bis 60 sichtbaren Zeichen bestehen.

## An authenticator app

security-app-title = Authenticator-App einrichten
security-app-new-what = Jede App für Einmalcodes ist geeignet.
security-app-scan = Scannen Sie dieses Bild mit der App, oder <a>öffnen Sie eine App auf diesem Gerät</a>.
security-app-qr = QR-Code mit dem Schlüssel, der darunter steht
security-app-type = Oder tippen Sie diesen Schlüssel in die App ein.
security-app-code = Geben Sie den Code ein, den die App anzeigt
security-app-code-help = Sechs Ziffern. Jede halbe Minute kommt ein neuer.
security-app-wrong = Diesen Code haben wir nicht erwartet. Nehmen Sie den neuesten, und sehen Sie nach, ob die Uhr Ihres Geräts richtig geht.
security-app-confirm = Einrichten
security-app-remove-title = Authenticator-App entfernen?
security-app-remove-there = Löschen Sie auch den Eintrag in der App: Seine Codes sind dann nutzlos.

## Recovery codes

security-codes-title = Neue Notfallcodes erstellen?
security-codes-make-what = Wenn Sie neue Codes erstellen, gelten die bisherigen nicht mehr.
security-codes-shown-title = Ihre Notfallcodes
security-codes-shown-what = Mit jedem kommen Sie einmal hinein. Speichern oder drucken Sie die Codes jetzt, oder schreiben Sie sie auf: Sie werden nicht noch einmal angezeigt.
security-codes-of = { $username } bei { $installation }
security-codes-copy = Kopieren
security-codes-save = Als Datei speichern
security-codes-print = Drucken
security-codes-copied = Die Codes wurden kopiert.
security-codes-shown-keep = Bewahren Sie sie dort auf, wo Sie sie auch ohne Ihr Telefon finden. Wer Ihr Passwort und einen dieser Codes hat, kann sich als Sie anmelden.
security-codes-kept = Ich habe sie sicher verwahrt

## What was done

security-done-passkey = Der Passkey { $name } wurde hinzugefügt.
security-done-first-passkey = Der Passkey wurde hinzugefügt.
security-done-renamed = Der Passkey heißt jetzt { $name }.
security-done-passkey-removed = Der Passkey { $name } wurde entfernt.
security-done-app = Die Authenticator-App ist eingerichtet.
security-done-app-removed = Die Authenticator-App wurde entfernt.

## At sign-in

passkey-sign-in = Mit Passkey anmelden
passkey-or = oder
passkey-cancelled = Sie haben nicht bestätigt, oder die Zeit war um. Sie können es noch einmal versuchen.
passkey-known = Auf diesem Gerät gibt es schon einen Passkey für Ihr Konto.
passkey-failed = Ihr Browser konnte das nicht. Versuchen Sie es mit einem anderen Gerät oder auf einem anderen Weg.
passkey-unsupported = Dieser Browser unterstützt keine Passkeys. Versuchen Sie es mit einem anderen Browser oder Gerät.
passkey-no-script = Passkeys brauchen JavaScript, und das ist in diesem Browser ausgeschaltet. Alles andere hier geht auch ohne.
passkey-refused-title = Dieser Passkey hat nicht funktioniert
passkey-refused-what = Er ist hier nicht bekannt, oder es hat zu lange gedauert. Vielleicht wurde er aus Ihrem Konto entfernt.
passkey-refused-other = Anders anmelden
