# Signing in, choosing an account, signing out, setting up.

sign-in-not-checked = Diese Seite konnte nicht überprüft werden. Bitte melden Sie sich noch einmal an; Cookies müssen erlaubt sein.
sign-in-busy = Gerade melden sich sehr viele Personen an. Bitte versuchen Sie es in ein paar Sekunden noch einmal.
login-heading-app = Anmelden und weiter zu { $app }
login-unchecked = { $installation } hat diese App nicht geprüft: Den Namen kann sich jeder ausgedacht haben. Fahren Sie nur fort, wenn Sie der Website oder App vertrauen, von der Sie kommen.
login-username = Benutzername
login-name = Benutzername oder E-Mail-Adresse
login-password = Passwort
password-show = Passwort anzeigen
login-again = Bitte melden Sie sich noch einmal an, damit klar ist, dass Sie es sind.
login-mismatch = Benutzername und Passwort passen nicht zusammen.
login-throttled = Es gab zu viele Fehlversuche. Bitte versuchen Sie es in { $n ->
    [one] { $n } Minute wieder.
   *[other] { $n } Minuten wieder.
}
login-foot = Ihr Passwort bleibt bei { $installation }. { $app } bekommt es nie zu sehen.
app-about = Über die App:
app-privacy = Datenschutz
app-terms = Nutzungsbedingungen
new-tab = (öffnet sich in einem neuen Tab)
# After the label of a button: which one it is for.
the-one = : { $what }

## Which account

choose-title = Mit welchem Konto?
choose-app = Weiter zu { $app }
choose-current = Weiter als { $name }
choose-other = Anderes Konto verwenden

## Back to an app, by a form

form-post-title = Zurück zu { $app }
# Which app it is, is not known.
form-post-title-unknown = Zurück zur App
form-post-wait = Wenn nichts passiert, wählen Sie „Weiter“.
form-post-go-on = Weiter

## Signing out

logout-title = Abmelden?
logout-heading = Bei { $installation } abmelden?
logout-app-asks = { $app } möchte Sie abmelden. Auch andere Apps, die Sie von hier aus nutzen, melden Sie dann vielleicht ab.
logout-others = Auch Apps, die Sie von hier aus nutzen, melden Sie dann vielleicht ab.
logout-who = Angemeldet als { $name }
logout-who-username = Angemeldet als { $name } ({ $username })
logout-then = Nach dem Abmelden kommen Sie zu <strong>{ $host }</strong>.
logout-stay = Angemeldet bleiben
logout-sign-out = Abmelden
signed-out-title = Abgemeldet
signed-out-heading = Sie sind abgemeldet
signed-out-telling = Sie werden gerade auch bei den anderen Apps abgemeldet. Gleich kommen Sie zu <strong>{ $host }</strong>.
signed-out-go-on = Weiter zu { $host }
signed-out-others = In Apps, die Sie von hier aus genutzt haben, sind Sie vielleicht noch angemeldet. An einem gemeinsam genutzten Computer melden Sie sich bitte auch dort ab.
signed-out-again = Wieder anmelden
signed-out-frame = Abmeldung bei { $app }

## Setting up

setup-title = Einrichten
setup-heading = Wer kümmert sich um diesen Server?
setup-what = Hier legen Sie den ersten Administrator an. Das geht nur einmal; weitere Personen kommen später dazu.
setup-problems = Noch nicht ganz:
setup-not-checked = Die Seite konnte nicht überprüft werden. Bitte senden Sie sie noch einmal; Cookies müssen erlaubt sein.
setup-name = Name
setup-email = E-Mail
setup-optional = (freiwillig)
setup-wrong-username = Ein Benutzername hat 1 bis 100 Zeichen, kein @ und keine Leerzeichen am Anfang oder Ende.
setup-taken = Diesen Benutzernamen oder diese Adresse hat schon jemand. Nehmen Sie etwas anderes.
setup-password-help = Mindestens { $count } Zeichen. Ein paar Wörter hintereinander sind leicht zu merken und schwer zu erraten.
setup-make = Administrator anlegen
setup-done-title = Fertig
setup-done-heading = Der Server ist bereit
setup-done-who = <strong>{ $username }</strong> verwaltet jetzt diesen Server, und der Einrichtungslink gilt nicht mehr.
setup-done-next = Als Nächstes: die erste App eintragen
setup-done-console = Melden Sie sich an: Die Verwaltung fragt, was für eine App es ist, schlägt sichere Einstellungen vor und zeigt, was Sie in die App kopieren.
setup-done-command = Oder geben Sie auf dem Rechner, auf dem der Server läuft, an, wie die App heißt und wohin man nach dem Anmelden zurückkehrt:
setup-done-command-label = Befehl
setup-done-prints = Der Befehl zeigt die Kennung und das Geheimnis der App, das Geheimnis nur dieses eine Mal.
setup-done-then = Dann: der App sagen, wo sie diesen Server findet
setup-done-address = Die meisten Bibliotheken brauchen nur diese Adresse:

## The second step of signing in

verify-title = Noch ein Schritt
verify-heading = Geben Sie den Code aus Ihrer Authenticator-App ein
verify-heading-recovery = Geben Sie einen Notfallcode ein
verify-heading-passkey = Verwenden Sie Ihren Passkey
verify-who = Anmeldung als { $account }
verify-code = Code
verify-code-help = Die 6 Ziffern, die Ihre Authenticator-App gerade anzeigt
verify-recovery-code = Notfallcode
verify-recovery-help = Einer der Codes, die Sie beim Einrichten des zweiten Schritts aufbewahrt haben. Jeder gilt einmal.
verify-use-recovery = Stattdessen einen Notfallcode verwenden
verify-use-app = Stattdessen die Authenticator-App verwenden
verify-use-passkey = Stattdessen einen Passkey verwenden
verify-passkey-only = Wenn dieser Browser Ihren Passkey nicht verwenden kann, melden Sie sich mit einem anderen Browser an.
verify-passkey-or-recovery = Wenn dieser Browser Ihren Passkey nicht verwenden kann, melden Sie sich mit einem anderen Browser an, oder verwenden Sie einen Notfallcode.
verify-go-on = Weiter
verify-wrong = Dieser Code ist falsch oder wurde schon verwendet. Warten Sie auf den nächsten Code in Ihrer Authenticator-App, und geben Sie diesen ein.
verify-recovery-wrong = Dieser Code ist falsch oder wurde schon verwendet. Versuchen Sie es mit einem anderen Ihrer Codes.
verify-throttled = Es gab zu viele falsche Codes. Bitte versuchen Sie es in { $n ->
    [one] { $n } Minute wieder.
   *[other] { $n } Minuten wieder.
}
verify-app = Danach geht es weiter zu { $app }.

## More is wanted than the person has set up

enrol-title = Ein zweiter Schritt ist nötig
enrol-heading = Richten Sie zuerst einen zweiten Schritt ein
enrol-app-wants = { $app } verlangt mehr als ein Passwort.
enrol-we-want = { $installation } verlangt von Ihnen mehr als ein Passwort.
enrol-what = Ein zweiter Schritt kann ein Passkey sein oder eine App auf Ihrem Telefon, die Codes anzeigt. Das Einrichten dauert eine Minute; beim Anmelden werden Sie dann danach gefragt.
enrol-passkey = Dafür brauchen Sie einen Passkey: Ihr Telefon, Ihr Computer oder ein Sicherheitsschlüssel bestätigt, dass Sie es sind.
enrol-set-up = Jetzt einrichten
enrol-new-tab = Die Einrichtung öffnet sich in einem neuen Tab. Kommen Sie danach hierher zurück.
enrol-done = Fertig, weiter
