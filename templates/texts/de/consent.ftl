# The question whether an app may use the account.

consent-title = { $app } erlauben?
consent-heading = Darf { $app } Ihr Konto verwenden?
consent-app = App
consent-account = Konto
consent-signed-in-as = Angemeldet als
consent-switch = Nicht Ihr Konto?
# The app's own name for itself is an address; this is its host.
consent-id-host = bekannt durch die Adresse bei { $host }
consent-checked = geprüft von { $installation }
consent-unchecked = nicht geprüft von { $installation }: Den Namen kann sich jeder ausgedacht haben
# A list follows: "know that you have an account here", "see your e-mail address".
consent-able = Die App kann dann
# The same, where some of it was allowed before.
consent-also-able = Die App kann dann auch noch
consent-untick = Entfernen Sie das Häkchen bei allem, was Sie nicht möchten.
consent-your-account = Ihr Konto
# After one thing of the list.
consent-required = immer dabei
consent-new = neu
consent-since = seit dem letzten Mal
consent-offline = Die App nutzt weiter, was Sie hier erlauben, auch wenn Sie sie geschlossen oder sich abgemeldet haben, bis es endet oder Sie es zurücknehmen.
consent-only-account = Die App erfährt nur, dass Sie hier ein Konto haben.
# One of the list, where an app asks to come into a service and for nothing there.
consent-entry = dort zeigen, dass sie für Sie handelt
# Opens a list of what was allowed before.
consent-already = Das erlauben Sie schon
# A list follows.
consent-left-out = Nicht dabei, weil Ihr Konto es nicht darf
consent-never = Die App bekommt nie Ihr Passwort und darf mit Ihrem Konto nichts tun, was hier nicht steht.
consent-goes = Danach kommen Sie zu <strong>{ $host }</strong>
consent-goes-app = Danach kommen Sie zu einer App auf diesem Gerät: <strong>{ $host }</strong>
consent-this-device = Diese Adresse führt zu diesem Computer selbst, und jedes Programm darauf könnte antworten. Erlauben Sie das nur, wenn Sie { $app } gerade selbst hier gestartet haben.
consent-app-on-device = Eine andere App auf diesem Gerät könnte an ihrer Stelle antworten. Erlauben Sie das nur, wenn Sie { $app } gerade selbst geöffnet haben.
consent-deny = Ablehnen
consent-allow = Erlauben
consent-take-back = Sie können das jederzeit unter <a>Verbundene Apps</a> zurücknehmen.
consent-take-back-ask = Sie können das jederzeit zurücknehmen: Wenden Sie sich an die Betreiber von { $installation }.

## For how long

consent-how-long = Für wie lange?
consent-lasts-always = Bis ich es zurücknehme
# Until { $date } was chosen last time.
consent-lasts-always-all = Das verlängert auch, was Sie bisher bis zum { $date } erlaubt hatten.
consent-lasts-limited = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}
consent-lasts-limited-help = Es endet am { $date }; danach werden Sie wieder gefragt.
# The same, where some of it was allowed before.
consent-lasts-limited-all = Es endet am { $date }, zusammen mit dem, was Sie schon erlauben; danach werden Sie wieder gefragt.
consent-lasts-once = Dieses Mal
consent-lasts-once-help = Nächstes Mal werden Sie wieder gefragt. Es endet, wenn Sie sich hier abmelden, spätestens am { $date }.
consent-lasts-once-offline = Die App bleibt nicht verbunden, wenn Sie nicht da sind.

## What an app may do: each follows "It will be able to"

scope-openid = erfahren, dass Sie hier ein Konto haben
scope-profile = Ihren Namen und Ihr Profil sehen
scope-email = Ihre E-Mail-Adresse sehen
scope-address = Ihre Postanschrift sehen
scope-phone = Ihre Telefonnummer sehen
scope-offline-access = verbunden bleiben, wenn Sie nicht da sind
scope-admin = alles ändern, was ein Administrator ändern kann
scope-admin-read = alles sehen, was ein Administrator sehen kann
resource-administration = Verwaltung
