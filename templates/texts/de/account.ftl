# A person's own account.

## The frame

account-heading = Ihr Konto
account-skip = Zum Inhalt springen
account-signed-in-as = Angemeldet als
account-sign-out = Abmelden
account-console = Verwaltung
account-profile = Profil
account-security = Sicherheit
account-sessions = Geräte
account-apps = Verbundene Apps
account-events = Aktivitäten
account-data = Ihre Daten

account-stale-title = Dieses Formular konnte nicht überprüft werden
account-stale-what = Es gehört zu einer früheren Anmeldung oder kam nicht von hier. Es wurde nichts geändert. Das liegt nicht an Ihnen.
account-stale-do = Laden Sie die Seite neu, und senden Sie das Formular noch einmal.
account-stale-back = Seite neu laden

account-optional = (freiwillig)
account-save = Speichern
account-managed = Dieses Konto steht in einer Datei der Betreiber dieses Servers und kann deshalb hier nicht geändert werden.

## Profile

account-profile-title = Profil
account-profile-about = Über Sie
account-profile-lead = Apps sehen davon nur, was Sie ihnen erlauben.
account-name = Name
account-username = Benutzername
account-email = E-Mail
account-email-verified = bestätigt
account-email-unverified = noch nicht bestätigt
account-roles = Rollen
account-signed-in = Angemeldet seit
account-language = Sprache
account-language-browser = Wie im Browser eingestellt
account-given-name = Vorname
account-family-name = Nachname
account-nickname = Spitzname
account-website = Website
account-picture = Adresse Ihres Bildes
account-birthdate = Geburtsdatum
account-birthdate-help = Jahr, Monat, Tag: 1990-12-31. Mit 0000 als Jahr behalten Sie das Jahr für sich.
account-zone = Zeitzone
account-zone-help = Zum Beispiel Europe/Berlin
account-wrong-text = Das ist zu lang oder enthält Zeichen, die nicht angezeigt werden können.
account-wrong-link = Geben Sie die ganze Adresse einer Seite oder eines Bildes an, mit https:// am Anfang.
account-wrong-date = Schreiben Sie das Datum als Jahr-Monat-Tag, zum Beispiel 1990-12-31.
account-wrong-zone = Geben Sie die Zeitzone mit ihrem Namen an, zum Beispiel Europe/Berlin.
account-reach = Telefon und Postanschrift
account-phone = Telefonnummer
account-phone-help = Mit Ländervorwahl, zum Beispiel +49 30 1234567.
account-phone-help-verified = Diese Nummer ist bestätigt. Wenn Sie sie ändern, ist die neue es nicht.
account-phone-verified = bestätigt
account-wrong-phone = Schreiben Sie die Nummer mit + und der Ländervorwahl am Anfang, zum Beispiel +49 30 1234567.
account-street = Straße und Hausnummer
account-postal-code = Postleitzahl
account-locality = Ort
account-region = Bundesland oder Region
account-country = Land
account-known = Hier auch gespeichert
account-known-lead = Auch das sehen Apps, wenn Sie es ihnen erlauben. Wenn etwas nicht stimmt, wenden Sie sich an die Betreiber von { $installation }.
account-preferred-username = Benutzername für Apps
account-middle-name = Zweiter Vorname
account-gender = Geschlecht
account-profile-page = Profilseite
account-locale = Sprache für Apps
account-address = Postanschrift
account-done-profile = Ihr Profil wurde gespeichert.

## Password

account-password-title = Passwort
account-password-change = Passwort ändern
account-password-set = Passwort festlegen
account-password-current = Bisheriges Passwort
account-password-new = Neues Passwort
account-password-repeated = Neues Passwort wiederholen
account-password-help = { $n ->
    [one] Mindestens { $n } Zeichen. Ein paar Wörter hintereinander sind leicht zu merken und schwer zu erraten.
   *[other] Mindestens { $n } Zeichen. Ein paar Wörter hintereinander sind leicht zu merken und schwer zu erraten.
}
account-password-end-others = Überall sonst abmelden
account-password-end-others-help = Falls jemand anderes Ihr Passwort kennen könnte, wird diese Person damit abgemeldet.
account-password-wrong = Das ist nicht Ihr bisheriges Passwort.
account-password-differ = Die beiden neuen Passwörter sind nicht gleich.
account-password-throttled = Es gab zu viele Fehlversuche. Bitte versuchen Sie es in { $n ->
    [one] { $n } Minute wieder.
   *[other] { $n } Minuten wieder.
}
account-password-busy = Gerade melden sich sehr viele Personen an. Bitte versuchen Sie es in ein paar Sekunden noch einmal.
account-done-password = Ihr Passwort wurde geändert. Apps, die Ihr Konto verwenden dürfen, können das weiterhin: <a>Sehen Sie sie durch</a>, wenn Sie einer nicht trauen.

## Sessions

account-sessions-title = Wo Sie angemeldet sind
account-sessions-lead = Alle Browser, in denen Sie sich angemeldet und noch nicht wieder abgemeldet haben. Welches Gerät es ist, gibt der Browser selbst an.
account-sessions-this = Dieser Browser
account-sessions-address = IP-Adresse
account-sessions-seen = Zuletzt aktiv
account-sessions-since = Angemeldet seit
account-sessions-end = Dort abmelden
account-sessions-the-one = : { $device }, { $time }
account-sessions-end-others = Überall sonst abmelden
account-sessions-no-others = Sonst sind Sie nirgends angemeldet.
account-done-session = Dieses Gerät wurde abgemeldet.
account-done-others = Überall sonst sind Sie jetzt abgemeldet.

# A browser and a system, by their names.
account-device = { $browser } auf { $system }
account-device-browser = { $browser }
account-device-system = Ein Browser auf { $system }
account-device-unknown = Unbekannter Browser

## Connected apps

account-apps-title = Verbundene Apps
account-apps-lead = Diese Apps dürfen Ihr Konto verwenden. Wenn Sie eine App trennen, verliert sie sofort alles, was sie bekommen hat; sie kann Sie wieder fragen.
account-apps-none = Noch darf keine App Ihr Konto verwenden. Apps, denen Sie das erlauben, stehen dann hier.
account-apps-may = Die App darf
account-apps-at = Bei { $resource } darf die App
account-apps-since = Seit
account-apps-used = Zuletzt verwendet
account-apps-until = Endet
account-apps-always = Erst, wenn Sie die Erlaubnis zurücknehmen
account-apps-disconnect = Trennen
account-done-disconnected = { $name } wurde getrennt.

## Activity

account-events-title = Aktivitäten
account-events-lead = Was mit Ihrem Konto geschehen ist. Wenn etwas davon nicht von Ihnen kam, ändern Sie Ihr Passwort, und melden Sie sich überall sonst ab.
account-events-none = Noch nichts.
account-events-by-others = Durch einen Administrator
account-events-pager = Ältere und neuere
account-events-newest = Neueste
account-events-older = Ältere

account-event-added = Das Konto wurde angelegt
account-event-signed-in = Angemeldet
account-event-signed-in-to = Bei { $app } angemeldet
account-event-failed = Eine Anmeldung ist fehlgeschlagen
account-event-failed-at = Eine Anmeldung bei { $app } ist fehlgeschlagen
account-event-throttled = Nach zu vielen Fehlversuchen war das Anmelden eine Zeit lang gesperrt
account-event-signed-out = Abgemeldet
account-event-ended = Ein Gerät wurde abgemeldet
account-event-updated = Das Profil wurde geändert
account-event-disabled = Das Konto wurde gesperrt
account-event-enabled = Das Konto wurde wieder freigegeben
account-event-password = Ein neues Passwort wurde festgelegt
account-event-allowed = Sie haben { $app } erlaubt, Ihr Konto zu verwenden
account-event-denied = Sie haben { $app } nicht erlaubt, was die App wollte
account-event-withdrawn = { $app } wurde getrennt
account-event-connected = { $app } hat Zugriff bekommen
account-event-revoked = { $app } hat den Zugriff verloren
account-event-replayed = { $app } hat einen schon verwendeten Schlüssel vorgelegt und deshalb den Zugriff verloren
account-event-factor-added = Ein zweiter Anmeldeschritt wurde hinzugefügt
account-event-factor-removed = Ein zweiter Anmeldeschritt wurde entfernt
account-event-codes-made = Neue Notfallcodes wurden erstellt
account-event-code-used = Ein Notfallcode wurde verwendet
account-event-reset-asked = Ein Link für ein neues Passwort wurde angefordert
account-event-sign-up-asked = Jemand wollte mit dieser E-Mail-Adresse ein zweites Konto erstellen
account-event-address-asked = Eine Änderung der E-Mail-Adresse wurde angefordert
account-event-address = Die E-Mail-Adresse wurde bestätigt
account-event-other = Etwas wurde geändert

## Your data

account-data-title = Ihre Daten
account-data-what = Alles, was hier über Sie gespeichert ist, in einer Datei, die Programme lesen können (JSON): Ihr Profil, Ihre Geräte, Apps und Aktivitäten. Passwörter und Schlüssel sind nicht darin.
account-data-download = Daten herunterladen
account-data-end = Ihr Konto löschen
account-data-delete = Alles, was hier über Sie gespeichert ist, wird endgültig gelöscht.

account-delete-title = Ihr Konto löschen?
account-delete-go = Konto löschen
account-delete-effects = Das geschieht dann:
account-delete-effect-out = Sie werden überall abgemeldet.
account-delete-effect-apps = Jede App, bei der Sie sich mit diesem Konto anmelden, verliert ihren Zugriff, und Sie können sich dort nicht mehr auf diesem Weg anmelden.
account-delete-effect-gone = Niemand kann das Konto zurückholen.
account-delete-type = Geben Sie zur Bestätigung Ihren Benutzernamen ein: <strong>{ $username }</strong>
account-delete-wrong = Das ist nicht Ihr Benutzername.
account-delete-last = Außer Ihnen kann sich kein Administrator anmelden. Geben Sie diese Rolle zuerst jemand anderem.
account-deleted-title = Ihr Konto wurde gelöscht
account-deleted-what = Sie sind überall abgemeldet, und was über Sie gespeichert war, wurde gelöscht.
