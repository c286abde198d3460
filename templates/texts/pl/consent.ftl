# The question whether an app may use the account.

consent-title = Zezwolić aplikacji { $app }?
consent-heading = Zezwolić aplikacji { $app } na korzystanie z Twojego konta?
consent-app = Aplikacja
consent-account = Konto
consent-signed-in-as = Zalogowano jako
consent-switch = To nie Ty?
# The app's own name for itself is an address; this is its host.
consent-id-host = znana z adresu w domenie { $host }
consent-checked = sprawdzona przez serwis { $installation }
consent-unchecked = niesprawdzona przez serwis { $installation }: taką nazwę mógł wybrać każdy
# A list follows: "know that you have an account here", "see your e-mail address".
consent-able = Aplikacja będzie mogła
# The same, where some of it was allowed before.
consent-also-able = Aplikacja będzie teraz mogła także
consent-untick = Odznacz to, na co nie chcesz zezwolić.
consent-your-account = Twoje konto
# After one thing of the list.
consent-required = zawsze uwzględnione
consent-new = nowe
consent-since = od ostatniego razu
consent-offline = Po zamknięciu aplikacji lub wylogowaniu się nadal będzie ona korzystać z tego, na co tu zezwolisz, aż zgoda wygaśnie lub ją cofniesz.
consent-only-account = Aplikacja dowie się tylko, że masz tu konto.
# One of the list, where an app asks to come into a service and for nothing there.
consent-entry = pokazać tam, że działa w Twoim imieniu
# Opens a list of what was allowed before.
consent-already = Aplikacja już może
# A list follows.
consent-left-out = Pominięto, bo Twoje konto nie ma do tego uprawnień
consent-never = Aplikacja nigdy nie otrzymuje Twojego hasła i nie może zrobić z Twoim kontem niczego, czego tu nie wymieniono.
consent-goes = Potem przejdziesz do <strong>{ $host }</strong>
consent-goes-app = Potem przejdziesz do aplikacji na tym urządzeniu: <strong>{ $host }</strong>
consent-this-device = Ten adres prowadzi do tego samego komputera, więc odpowiedzieć mógłby każdy program na nim. Zezwól tylko wtedy, gdy aplikacja { $app } została przed chwilą uruchomiona tu przez Ciebie.
consent-app-on-device = Zamiast niej mogłaby odpowiedzieć inna aplikacja na tym urządzeniu. Zezwól tylko wtedy, gdy aplikacja { $app } została przed chwilą otwarta przez Ciebie.
consent-deny = Odmów
consent-allow = Zezwól
consent-take-back = Zgodę można w każdej chwili cofnąć w sekcji <a>Połączone aplikacje</a>.
consent-take-back-ask = Zgodę można w każdej chwili cofnąć: poproś osoby prowadzące serwis { $installation }.

## For how long

consent-how-long = Na jak długo?
consent-lasts-always = Dopóki nie cofnę zgody
# Until { $date } was chosen last time.
consent-lasts-always-all = To przedłuża też to, na co wcześniej zezwolono do { $date }.
consent-lasts-limited = { $days ->
    [one] { $days } dzień
    [few] { $days } dni
    [many] { $days } dni
   *[other] { $days } dnia
}
consent-lasts-limited-help = Zgoda wygaśnie { $date }; potem zapytamy ponownie.
# The same, where some of it was allowed before.
consent-lasts-limited-all = Zgoda wygaśnie { $date }, razem z tym, na co już zezwalasz; potem zapytamy ponownie.
consent-lasts-once = Tylko tym razem
consent-lasts-once-help = Następnym razem zapytamy ponownie. Zgoda wygaśnie po wylogowaniu się tutaj, najpóźniej { $date }.
consent-lasts-once-offline = Aplikacja nie zachowa dostępu podczas Twojej nieobecności.

## What an app may do: each follows "It will be able to"

scope-openid = wiedzieć, że masz tu konto
scope-profile = widzieć Twoje imię i nazwisko oraz profil
scope-email = widzieć Twój adres e-mail
scope-address = widzieć Twój adres pocztowy
scope-phone = widzieć Twój numer telefonu
scope-offline-access = zachować dostęp podczas Twojej nieobecności
scope-admin = zmieniać wszystko, co może zmieniać administrator
scope-admin-read = widzieć wszystko, co może widzieć administrator
resource-administration = Administracja
