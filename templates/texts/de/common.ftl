# Words that many pages share.

month = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
date = { $day }. { $month } { $year }
date-time = { $day }. { $month } { $year }, { $time } UTC

sign-in = Anmelden
cancel = Abbrechen

## The installation's own links

foot-privacy = Datenschutz
foot-terms = Nutzungsbedingungen
foot-help = Hilfe

## The page at the root

home-title = Anmeldeserver
home-heading = Bei { $installation } anmelden
home-what = Apps, die { $installation } verwenden, schicken Sie hierher, damit Sie sich anmelden und entscheiden, was die Apps dürfen. Danach geht es wieder zurück.
home-setup-heading = { $installation } einrichten
home-needs-setup = Es gibt noch keinen Administrator. Öffnen Sie den Einrichtungslink, den der Server beim Start ausgegeben hat.
home-demo = Zum Rundgang in einer Minute
home-developers = Für Entwickler
home-issuer = Aussteller
home-discovery = Discovery

# Used by a test alone: values, marks and a link.
test-only = Siehe <i> { $app } unter <a>Apps</a>.
