# Words that many pages share.

month = { $month ->
    [1] stycznia
    [2] lutego
    [3] marca
    [4] kwietnia
    [5] maja
    [6] czerwca
    [7] lipca
    [8] sierpnia
    [9] września
    [10] października
    [11] listopada
   *[12] grudnia
}
date = { $day } { $month } { $year }
date-time = { $day } { $month } { $year }, { $time } UTC

sign-in = Zaloguj się
cancel = Anuluj

## The installation's own links

foot-privacy = Prywatność
foot-terms = Warunki korzystania
foot-help = Pomoc

## The page at the root

home-title = Serwer logowania
home-heading = Zaloguj się do serwisu { $installation }
home-what = Aplikacje korzystające z serwisu { $installation } kierują tutaj do logowania, pytają, na co im pozwolić, i prowadzą z powrotem.
home-setup-heading = Skonfiguruj serwis { $installation }
home-needs-setup = Nie ma jeszcze administratora. Otwórz link konfiguracyjny, który serwer wypisał przy uruchomieniu.
home-demo = Zobacz w minutę, jak to działa
home-developers = Dla programistów
home-issuer = Wystawca
home-discovery = Odnajdywanie

# Used by a test alone: values, marks and a link.
test-only = Zobacz <i> { $app } w <a>Apps</a>.
