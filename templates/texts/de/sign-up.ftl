# Making an account, and getting back into one.

login-trouble = Probleme beim Anmelden?

## Asking for a link

forgot-heading = Probleme beim Anmelden?
forgot-what = Wir senden an die E-Mail-Adresse Ihres Kontos einen Link, mit dem Sie ein neues Passwort festlegen können.
forgot-send = Link senden
forgot-back = Zurück zur Anmeldung
forgot-sent-heading = Sehen Sie in Ihr Postfach
forgot-sent-what = Wenn es ein Konto mit diesem Namen und einer E-Mail-Adresse gibt, ist ein Link dorthin unterwegs. Er gilt eine halbe Stunde.
forgot-sent-nothing = Nach ein paar Minuten noch nichts da? Sehen Sie im Spam-Ordner nach, nehmen Sie die E-Mail-Adresse statt des Benutzernamens oder umgekehrt, oder wenden Sie sich an die Stelle, von der Sie das Konto haben.
forgot-empty = Bitte geben Sie Ihren Benutzernamen oder Ihre E-Mail-Adresse ein.
forgot-stale = Diese Seite konnte nicht überprüft werden. Bitte senden Sie sie noch einmal; Cookies müssen erlaubt sein.
forgot-throttled = Das wurde von hier aus zu oft angefordert. Bitte versuchen Sie es in { $n ->
    [one] { $n } Minute wieder.
   *[other] { $n } Minuten wieder.
}

## Setting a new password

reset-heading = Neues Passwort festlegen
reset-for = Für das Konto { $username }.
reset-password = Neues Passwort
reset-password-help = { $n ->
    [one] Mindestens { $n } Zeichen. Ein paar Wörter hintereinander sind leicht zu merken und schwer zu erraten.
   *[other] Mindestens { $n } Zeichen. Ein paar Wörter hintereinander sind leicht zu merken und schwer zu erraten.
}
reset-end-sessions = Überall abmelden, wo dieses Konto jetzt angemeldet ist
reset-set = Passwort festlegen
reset-stale = Diese Seite konnte nicht überprüft werden. Bitte senden Sie sie noch einmal; Cookies müssen erlaubt sein.
reset-busy = Hier ist gerade sehr viel los. Bitte versuchen Sie es in ein paar Sekunden noch einmal.
reset-done-heading = Das neue Passwort wurde festgelegt
reset-done-ended = Das Konto ist überall abgemeldet. Melden Sie sich mit dem neuen Passwort an.
reset-done-kept = Wo das Konto angemeldet war, ist es das noch. Melden Sie sich ab jetzt mit dem neuen Passwort an.
reset-done-apps = Apps, die Ihr Konto verwenden dürfen, können das weiterhin. <a>Sehen Sie sie durch</a>, wenn Sie einer nicht trauen.
reset-done-security = Wenn jemand anderes in Ihrem Konto gewesen sein könnte, prüfen Sie auch, <a>wie man sich anmeldet</a>: Passkeys, App und Notfallcodes sind noch dieselben.

password-too-short = { $n ->
    [one] Dieses Passwort ist zu kurz: Es braucht mindestens { $n } Zeichen.
   *[other] Dieses Passwort ist zu kurz: Es braucht mindestens { $n } Zeichen.
}
password-too-long = Dieses Passwort ist zu lang.
password-is-name = Dieses Passwort ist der Benutzername: Das würde jeder zuerst versuchen.
password-guessable = Dieses Passwort wäre bald erraten: Es ist weit verbreitet oder besteht aus gängigen Teilen. Nehmen Sie mehrere Wörter, die nicht zusammengehören.

## A link that no longer works

link-dead-heading = Dieser Link gilt nicht mehr
link-dead-what = Er wurde schon verwendet, ist zu alt, oder es wurde danach ein neuerer gesendet. Es wurde nichts geändert.
link-dead-withdrawn = Die Betreiber von { $installation } haben diese Einladung zurückgezogen. Es wurde nichts geändert. Falls das ein Irrtum ist, bitten Sie sie um eine neue.
link-dead-again = Neuen Link anfordern
link-dead-account = Zu Ihrem Konto

## The page for another address

account-email-title = E-Mail-Adresse
account-email-change = E-Mail-Adresse ändern oder bestätigen
account-email-other = E-Mail-Adresse ändern
account-email-add = E-Mail-Adresse hinzufügen
account-email-now = Ihre Adresse ist { $email }.
account-email-unproved = Sie haben sie noch nicht bestätigt.
account-email-none = Ihr Konto hat keine E-Mail-Adresse.
account-email-pending = Ein Link ging an { $email }. Solange er nicht geöffnet ist, ändert sich nichts; der Link gilt einen Tag.
account-email-label = Adresse
account-email-help = Wir senden einen Link dorthin. Sobald Sie ihn öffnen, gilt die neue Adresse, und wir benachrichtigen die alte.
account-email-help-first = Wir senden einen Link dorthin. Sobald Sie ihn öffnen, gilt die Adresse.
account-email-send = Link senden
account-email-bad = Das ist keine E-Mail-Adresse. Sie sieht so aus: name@example.com.
account-email-throttled = Das wurde zu oft angefordert. Bitte versuchen Sie es in { $n ->
    [one] { $n } Minute wieder.
   *[other] { $n } Minuten wieder.
}
account-done-address = Ein Link ist unterwegs an { $name }. Solange er nicht geöffnet ist, ändert sich nichts; er gilt einen Tag.

## An address that is to be proved

verify-email-heading = Ist das Ihre Adresse?
verify-email-what = <strong>{ $email }</strong> wird die Adresse des Kontos { $username }.
verify-email-yes = Ja, das ist meine
verify-email-no = Nein, das ist nicht meine
verify-email-no-heading = Es wurde nichts geändert
verify-email-no-what = Ihr Konto behält die bisherige Adresse. Der Link in der E-Mail gilt nach spätestens einem Tag nicht mehr.
verify-email-taken = Diese Adresse gehört hier inzwischen zu einem anderen Konto.
verify-email-taken-heading = Diese Adresse kann nicht verwendet werden
verify-email-other = Dieser Link gehört zu einem anderen Konto. Hier sind Sie als { $username } angemeldet; es wurde nichts geändert. Melden Sie sich mit dem Konto an, für das die Adresse gelten soll, und öffnen Sie den Link noch einmal.
verify-email-done-heading = Die Adresse ist bestätigt
verify-email-done-what = { $email } ist jetzt die Adresse des Kontos { $username }.

## Making an account of one's own

login-no-account = Noch kein Konto?
login-sign-up = Konto erstellen
sign-up-heading = Konto erstellen
sign-up-what = Wir senden einen Link an Ihre E-Mail-Adresse. Dort wählen Sie Benutzername und Passwort.
sign-up-have-one = Ich habe ein Konto
sign-up-sent-what = Eine E-Mail ist unterwegs an die Adresse, die Sie eingegeben haben. Öffnen Sie den Link darin innerhalb eines Tages.
sign-up-sent-app = Öffnen Sie ihn in diesem Browser, dann geht es danach weiter zu { $app }.
sign-up-sent-nothing = Nach ein paar Minuten noch nichts da? Sehen Sie im Spam-Ordner nach, oder prüfen Sie die Adresse und versuchen Sie es noch einmal.
sign-up-domain = Konten können hier nur mit Adressen erstellt werden, die so enden: { $domains }
sign-up-invited-heading = Sie sind zu { $installation } eingeladen
sign-up-invited-what = Die Betreiber von { $installation } haben { $email } eingeladen. Wählen Sie, womit Sie sich anmelden möchten.
sign-up-username-help = Damit melden Sie sich an, oder mit Ihrer E-Mail-Adresse.
sign-up-username-odd = Das kann kein Benutzername sein. Er hat 1 bis 100 Zeichen, kein @ und keine Leerzeichen am Anfang oder Ende.
sign-up-username-taken = Diesen Benutzernamen hat schon jemand. Bitte wählen Sie einen anderen.
sign-up-name-odd = Dieser Name ist zu lang oder enthält Zeichen, die nicht angezeigt werden können.
sign-up-make = Konto erstellen

## Where nobody creates an account

sign-up-closed-title = Hier kann kein Konto erstellt werden
sign-up-closed-off = Bei { $installation } ist das Erstellen von Konten zurzeit abgeschaltet. Solange gilt auch ein Link nicht, den Sie erhalten haben.
sign-up-closed-invited = Ein Konto bei { $installation } gibt es nur auf Einladung. Wenn Sie eine haben, öffnen Sie den Link darin.
sign-up-closed-ask = Fragen Sie die Betreiber von { $installation }.
