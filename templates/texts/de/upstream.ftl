# Signing in with an account elsewhere.

## On the sign-in page

upstream-continue = Weiter mit { $provider }

## When it does not work

upstream-failed-title = Die Anmeldung mit { $provider } hat nicht geklappt
upstream-not-linked-title = Ihr Konto bei { $provider } wurde nicht verknüpft
upstream-what-denied = Sie haben bei { $provider } abgebrochen, oder Sie durften dort nicht weiter.
upstream-what-unavailable = { $provider } ist im Moment nicht zu erreichen oder antwortet nicht, wie es sollte.
upstream-what-refused = { $provider } hat die Anfrage von { $installation } nicht angenommen. Vermutlich stimmt dort oder hier eine Einstellung nicht. An Ihnen liegt es nicht.
upstream-what-untrusted = Was von { $provider } zurückkam, hat die Prüfung nicht bestanden. Deshalb wurde niemand angemeldet.
upstream-what-not-anew = { $provider } kann nicht erneut prüfen, ob Sie es sind. Genau das wird hier verlangt.
upstream-what-stale = Dieser Versuch war schon abgeschlossen, hat länger als zehn Minuten gedauert oder wurde in einem anderen Browser begonnen.
upstream-what-throttled = Es gab zu viele Fehlversuche. Bitte versuchen Sie es in { $n ->
    [one] { $n } Minute wieder.
   *[other] { $n } Minuten wieder.
}
upstream-what-disabled = Ihr Konto bei { $installation } kann zurzeit nicht verwendet werden.
upstream-what-domain = Mit { $provider } können sich hier nur Personen mit bestimmten E-Mail-Adressen anmelden. Ihre gehört nicht dazu, oder { $provider } hat sie nicht bestätigt.
upstream-what-taken = Mit der E-Mail-Adresse, die { $provider } genannt hat, gibt es bei { $installation } schon ein Konto.
upstream-what-unknown = Mit Ihrem Konto bei { $provider } ist kein Konto bei { $installation } verknüpft.
upstream-what-anothers = Dieses Konto bei { $provider } ist mit einem anderen Konto bei { $installation } verknüpft.
upstream-what-session = Sie sind nicht mehr als die Person angemeldet, die das angefordert hat.
upstream-do-again = Versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg.
upstream-do-wait = Warten Sie ein paar Minuten, und versuchen Sie es dann noch einmal.
upstream-do-tell = Wenn das nicht hilft, wenden Sie sich an die Betreiber von { $installation }.
upstream-do-link = Wenn Sie hier ein Konto haben, melden Sie sich mit Passwort oder Passkey an. Verknüpfen Sie dann { $provider } in Ihrem Konto unter „Sicherheit“.
upstream-do-create = Wenn Sie hier noch kein Konto haben, können Sie auf der Anmeldeseite eines erstellen.
upstream-do-other = Verwenden Sie ein anderes Konto bei { $provider }.
upstream-back = Zurück zur Anmeldung
upstream-back-account = Zurück zu Ihrem Konto

## In one's account

upstream-heading = Konten bei anderen Anbietern
upstream-lead = Mit einem verknüpften Konto bei einem anderen Anbieter können Sie sich hier auch ohne Passwort anmelden.
upstream-address = E-Mail-Adresse dort
upstream-link = { $provider } verknüpfen
upstream-link-another = Weiteres Konto bei { $provider } verknüpfen
upstream-link-title = Ihr Konto bei { $provider } verknüpfen?
upstream-link-what = Sie gehen zu { $provider } und melden sich dort an. Wer jenes Konto verwenden kann, kann sich von da an in Ihrem Konto bei { $installation } anmelden.
upstream-link-go = Weiter zu { $provider }
upstream-unlink = Verknüpfung entfernen
upstream-unlink-title = Verknüpfung mit { $provider } entfernen?
upstream-unlink-what = Danach können Sie sich mit jenem Konto nicht mehr bei { $installation } anmelden. Das Konto bei { $provider } bleibt, wie es ist.
upstream-unlink-last = Sie können sich auf keinem anderen Weg anmelden. Legen Sie zuerst ein Passwort fest, oder fügen Sie einen Passkey hinzu.
upstream-done-linked = Ihr Konto bei { $name } wurde verknüpft.
upstream-done-unlinked = Die Verknüpfung mit { $name } wurde entfernt.
account-event-upstream-linked = Ein Konto bei einem anderen Anbieter wurde verknüpft
account-event-upstream-unlinked = Die Verknüpfung mit einem Konto bei einem anderen Anbieter wurde entfernt
account-event-upstream-failed = Eine Anmeldung mit einem Konto bei einem anderen Anbieter ist fehlgeschlagen

## In mails

mail-upstream-linked-what = Mit dem Konto von { $name } bei { $installation } wurde ein Konto bei { $provider } verknüpft. Es kann jetzt zum Anmelden verwendet werden.
mail-upstream-unlinked-what = Die Verknüpfung zwischen einem Konto bei { $provider } und dem Konto von { $name } bei { $installation } wurde entfernt.
