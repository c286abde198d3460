# A person's own account.

## The frame

account-heading = Twoje konto
account-skip = Przejdź do treści
account-signed-in-as = Zalogowano jako
account-sign-out = Wyloguj się
account-console = Administracja
account-profile = Profil
account-security = Bezpieczeństwo
account-sessions = Urządzenia
account-apps = Połączone aplikacje
account-events = Aktywność
account-data = Twoje dane

account-stale-title = Nie udało się sprawdzić tego formularza
account-stale-what = Formularz pochodzi z wcześniejszego logowania albo nie został wysłany stąd. Nic się nie zmieniło. To nie Twoja wina.
account-stale-do = Załaduj stronę ponownie i wyślij formularz jeszcze raz.
account-stale-back = Załaduj stronę ponownie

account-optional = (opcjonalnie)
account-save = Zapisz
account-managed = Dane tego konta osoby prowadzące serwer zapisały w pliku, więc nie można ich tutaj zmienić.

## Profile

account-profile-title = Profil
account-profile-about = O Tobie
account-profile-lead = Z tych danych aplikacje widzą tylko to, na co zezwolisz.
account-name = Imię i nazwisko
account-username = Nazwa użytkownika
account-email = E-mail
account-email-verified = potwierdzony
account-email-unverified = jeszcze niepotwierdzony
account-roles = Role
account-signed-in = Zalogowano
account-language = Język
account-language-browser = Taki jak w przeglądarce
account-given-name = Imię
account-family-name = Nazwisko
account-nickname = Pseudonim
account-website = Strona internetowa
account-picture = Adres Twojego zdjęcia
account-birthdate = Data urodzenia
account-birthdate-help = Rok, miesiąc, dzień: 1990-12-31. Jeśli nie chcesz podawać roku, wpisz 0000.
account-zone = Strefa czasowa
account-zone-help = Na przykład Europe/Warsaw
account-wrong-text = To jest zbyt długie albo zawiera znaki, których nie da się pokazać.
account-wrong-link = Podaj cały adres strony lub obrazu, z https:// na początku.
account-wrong-date = Zapisz datę jako rok-miesiąc-dzień, na przykład 1990-12-31.
account-wrong-zone = Podaj nazwę strefy czasowej, na przykład Europe/Warsaw.
account-reach = Telefon i adres pocztowy
account-phone = Numer telefonu
account-phone-help = Z numerem kierunkowym kraju, na przykład +48 22 123 45 67.
account-phone-help-verified = Ten numer jest potwierdzony. Jeśli go zmienisz, nowy nie będzie potwierdzony.
account-phone-verified = potwierdzony
account-wrong-phone = Podaj numer z + i numerem kierunkowym kraju na początku, na przykład +48 22 123 45 67.
account-street = Ulica i numer domu
account-postal-code = Kod pocztowy
account-locality = Miejscowość
account-region = Województwo lub region
account-country = Kraj
account-known = Zapisane tu również
account-known-lead = To też widzą aplikacje, jeśli na to zezwolisz. Jeśli coś się nie zgadza, powiadom osoby prowadzące serwis { $installation }.
account-preferred-username = Nazwa użytkownika dla aplikacji
account-middle-name = Drugie imię
account-gender = Płeć
account-profile-page = Strona profilu
account-locale = Język dla aplikacji
account-address = Adres pocztowy
account-done-profile = Profil został zapisany.

## Password

account-password-title = Hasło
account-password-change = Zmień hasło
account-password-set = Ustaw hasło
account-password-current = Obecne hasło
account-password-new = Nowe hasło
account-password-repeated = Powtórz nowe hasło
account-password-help = { $n ->
    [one] Co najmniej { $n } znak. Kilka słów z rzędu łatwo zapamiętać, a trudno odgadnąć.
    [few] Co najmniej { $n } znaki. Kilka słów z rzędu łatwo zapamiętać, a trudno odgadnąć.
    [many] Co najmniej { $n } znaków. Kilka słów z rzędu łatwo zapamiętać, a trudno odgadnąć.
   *[other] Co najmniej { $n } znaku. Kilka słów z rzędu łatwo zapamiętać, a trudno odgadnąć.
}
account-password-end-others = Wyloguj się wszędzie indziej
account-password-end-others-help = Jeśli ktoś inny może znać Twoje hasło, zostanie w ten sposób wylogowany.
account-password-wrong = To nie jest Twoje obecne hasło.
account-password-differ = Nowe hasła nie są takie same.
account-password-throttled = Było zbyt wiele błędnych prób. Spróbuj ponownie za { $n ->
    [one] { $n } minutę.
    [few] { $n } minuty.
    [many] { $n } minut.
   *[other] { $n } minuty.
}
account-password-busy = W tej chwili loguje się bardzo wiele osób. Spróbuj ponownie za kilka sekund.
account-done-password = Hasło zostało zmienione. Aplikacje, które mogą korzystać z konta, nadal mają dostęp: <a>przejrzyj je</a>, jeśli którejś nie ufasz.

## Sessions

account-sessions-title = Gdzie jest zalogowane Twoje konto
account-sessions-lead = Wszystkie przeglądarki, w których zalogowano się na to konto i jeszcze nie wylogowano. Urządzenie podajemy tak, jak przedstawia je przeglądarka.
account-sessions-this = Ta przeglądarka
account-sessions-address = Adres IP
account-sessions-seen = Ostatnia aktywność
account-sessions-since = Zalogowano
account-sessions-end = Wyloguj
account-sessions-the-one = : { $device }, { $time }
account-sessions-end-others = Wyloguj się wszędzie indziej
account-sessions-no-others = Konto nie jest zalogowane nigdzie indziej.
account-done-session = To urządzenie zostało wylogowane.
account-done-others = Konto zostało wylogowane wszędzie indziej.

# A browser and a system, by their names.
account-device = { $browser } ({ $system })
account-device-browser = { $browser }
account-device-system = Przeglądarka ({ $system })
account-device-unknown = Nieznana przeglądarka

## Connected apps

account-apps-title = Połączone aplikacje
account-apps-lead = Te aplikacje mogą korzystać z Twojego konta. Po odłączeniu aplikacja od razu traci wszystko, na co jej zezwolono; może poprosić ponownie.
account-apps-none = Żadna aplikacja nie może jeszcze korzystać z Twojego konta. Te, którym na to zezwolisz, pojawią się tutaj.
account-apps-may = Aplikacja może
account-apps-at = W usłudze { $resource } aplikacja może
account-apps-since = Od
account-apps-used = Ostatnio użyto
account-apps-until = Koniec
account-apps-always = Dopiero, gdy cofniesz zgodę
account-apps-disconnect = Odłącz
account-done-disconnected = Aplikacja { $name } została odłączona.

## Activity

account-events-title = Aktywność
account-events-lead = Co działo się z Twoim kontem. Jeśli coś z tej listy nie pochodzi od Ciebie, zmień hasło i wyloguj się wszędzie indziej.
account-events-none = Jeszcze nic.
account-events-by-others = Przez administratora
account-events-pager = Starsze i nowsze
account-events-newest = Najnowsze
account-events-older = Starsze

account-event-added = Utworzono konto
account-event-signed-in = Zalogowano
account-event-signed-in-to = Zalogowano do aplikacji { $app }
account-event-failed = Nieudane logowanie
account-event-failed-at = Nieudane logowanie do aplikacji { $app }
account-event-throttled = Wstrzymano logowanie po zbyt wielu błędnych próbach
account-event-signed-out = Wylogowano
account-event-ended = Wylogowano urządzenie
account-event-updated = Zmieniono profil
account-event-disabled = Wyłączono konto
account-event-enabled = Włączono konto ponownie
account-event-password = Ustawiono nowe hasło
account-event-allowed = Zezwolono aplikacji { $app } na korzystanie z konta
account-event-denied = Nie zezwolono aplikacji { $app } na to, o co prosiła
account-event-withdrawn = Odłączono aplikację { $app }
account-event-connected = Aplikacja { $app } otrzymała dostęp
account-event-revoked = Aplikacja { $app } utraciła dostęp
account-event-replayed = Aplikacja { $app } użyła klucza po raz drugi, więc utraciła dostęp
account-event-factor-added = Dodano drugi krok logowania
account-event-factor-removed = Usunięto drugi krok logowania
account-event-codes-made = Utworzono nowe kody zapasowe
account-event-code-used = Użyto kodu zapasowego
account-event-reset-asked = Poproszono o link do ustawienia nowego hasła
account-event-sign-up-asked = Ktoś chciał utworzyć drugie konto z tym adresem e-mail
account-event-address-asked = Poproszono o zmianę adresu e-mail
account-event-address = Potwierdzono adres e-mail
account-event-other = Wprowadzono zmianę

## Your data

account-data-title = Twoje dane
account-data-what = Wszystko, co jest tu o Tobie zapisane, w jednym pliku czytelnym dla programów (JSON): profil, urządzenia, aplikacje i aktywność. Nie ma w nim haseł ani kluczy.
account-data-download = Pobierz swoje dane
account-data-end = Usuń konto
account-data-delete = Wszystko, co jest tu o Tobie zapisane, zostanie usunięte na zawsze.

account-delete-title = Usunąć konto?
account-delete-go = Usuń konto
account-delete-effects = Co się wtedy stanie:
account-delete-effect-out = Nastąpi wylogowanie ze wszystkich urządzeń.
account-delete-effect-apps = Każda aplikacja, do której logujesz się tym kontem, straci dostęp i nie będzie już można zalogować się do niej w ten sposób.
account-delete-effect-gone = Nikt nie może przywrócić konta.
account-delete-type = Aby potwierdzić, wpisz swoją nazwę użytkownika: <strong>{ $username }</strong>
account-delete-wrong = To nie jest Twoja nazwa użytkownika.
account-delete-last = Nie ma innego administratora, który może się zalogować. Najpierw nadaj tę rolę komuś innemu.
account-deleted-title = Twoje konto zostało usunięte
account-deleted-what = Nastąpiło wylogowanie ze wszystkich urządzeń, a zapisane o Tobie dane zostały usunięte.
