# Signing in, choosing an account, signing out, setting up.

sign-in-not-checked = Nie udało się sprawdzić tej strony. Zaloguj się jeszcze raz; pliki cookie muszą być dozwolone.
sign-in-busy = W tej chwili loguje się bardzo wiele osób. Spróbuj ponownie za kilka sekund.
login-heading-app = Zaloguj się, aby przejść do aplikacji { $app }
login-unchecked = Serwis { $installation } nie sprawdził tej aplikacji: taką nazwę mógł wybrać każdy. Przejdź dalej tylko wtedy, gdy ufasz stronie lub aplikacji, z której przychodzisz.
login-username = Nazwa użytkownika
login-name = Nazwa użytkownika lub adres e-mail
login-password = Hasło
password-show = Pokaż hasło
login-again = Zaloguj się jeszcze raz, aby potwierdzić, że to Ty.
login-mismatch = Nazwa użytkownika i hasło nie pasują do siebie.
login-throttled = Było zbyt wiele błędnych prób. Spróbuj ponownie za { $n ->
    [one] { $n } minutę.
    [few] { $n } minuty.
    [many] { $n } minut.
   *[other] { $n } minuty.
}
login-foot = Twoje hasło zostaje w serwisie { $installation }. Aplikacja { $app } nigdy go nie widzi.
app-about = O aplikacji:
app-privacy = Prywatność
app-terms = Warunki korzystania
new-tab = (otwiera się w nowej karcie)
# After the label of a button: which one it is for.
the-one = : { $what }

## Which account

choose-title = Które konto?
choose-app = Aby przejść do aplikacji { $app }
choose-current = Kontynuuj jako { $name }
choose-other = Użyj innego konta

## Back to an app, by a form

form-post-title = Powrót: { $app }
# Which app it is, is not known.
form-post-title-unknown = Powrót do aplikacji
form-post-wait = Jeśli nic się nie dzieje, naciśnij przycisk.
form-post-go-on = Dalej

## Signing out

logout-title = Wylogować się?
logout-heading = Wylogować się z serwisu { $installation }?
logout-app-asks = Aplikacja { $app } prosi o wylogowanie. Inne aplikacje, z których tu korzystasz, też mogą Cię wylogować.
logout-others = Aplikacje, z których tu korzystasz, też mogą Cię wylogować.
logout-who = Zalogowano jako { $name }
logout-who-username = Zalogowano jako { $name } ({ $username })
logout-then = Po wylogowaniu przejdziesz do <strong>{ $host }</strong>.
logout-stay = Nie wylogowuj
logout-sign-out = Wyloguj się
signed-out-title = Wylogowano
signed-out-heading = Wylogowano z konta
signed-out-telling = Trwa wylogowywanie z innych aplikacji. Za chwilę przejdziesz do <strong>{ $host }</strong>.
signed-out-go-on = Przejdź do { $host }
signed-out-others = W aplikacjach, z których tu korzystasz, sesja może nadal trwać. Jeśli komputera używają też inni, wyloguj się także z nich.
signed-out-again = Zaloguj się ponownie
signed-out-frame = Wylogowywanie z aplikacji { $app }

## Setting up

setup-title = Konfiguracja
setup-heading = Kto opiekuje się tym serwerem?
setup-what = Tutaj powstaje konto pierwszego administratora. Można to zrobić tylko raz; kolejne osoby dodaje się później.
setup-problems = Trzeba jeszcze coś poprawić:
setup-not-checked = Nie udało się sprawdzić strony. Wyślij ją jeszcze raz; pliki cookie muszą być dozwolone.
setup-name = Imię i nazwisko
setup-email = E-mail
setup-optional = (opcjonalnie)
setup-wrong-username = Nazwa użytkownika ma od 1 do 100 znaków, bez @ i bez spacji na początku i na końcu.
setup-taken = Ta nazwa użytkownika lub ten adres są już zajęte. Wybierz inne.
setup-password-help = { $count ->
    [one] Co najmniej { $count } znak. Kilka słów z rzędu łatwo zapamiętać, a trudno odgadnąć.
    [few] Co najmniej { $count } znaki. Kilka słów z rzędu łatwo zapamiętać, a trudno odgadnąć.
    [many] Co najmniej { $count } znaków. Kilka słów z rzędu łatwo zapamiętać, a trudno odgadnąć.
   *[other] Co najmniej { $count } znaku. Kilka słów z rzędu łatwo zapamiętać, a trudno odgadnąć.
}
setup-make = Utwórz konto administratora
setup-done-title = Gotowe
setup-done-heading = Serwer jest gotowy
setup-done-who = Administratorem jest teraz <strong>{ $username }</strong>, a link konfiguracyjny już nie działa.
setup-done-next = Teraz: zarejestruj pierwszą aplikację
setup-done-console = Zaloguj się: konsola zapyta, jaka to aplikacja, zaproponuje bezpieczne ustawienia i pokaże, co do niej skopiować.
setup-done-command = Albo podaj na komputerze, na którym działa serwer, jak nazywa się aplikacja i dokąd wraca się po zalogowaniu:
setup-done-command-label = Polecenie
setup-done-prints = Polecenie wyświetli identyfikator i sekret aplikacji; sekret tylko ten jeden raz.
setup-done-then = Potem: wskaż aplikacji ten serwer
setup-done-address = Większości bibliotek wystarczy ten adres:

## The second step of signing in

verify-title = Jeszcze jeden krok
verify-heading = Wpisz kod z aplikacji uwierzytelniającej
verify-heading-recovery = Wpisz kod zapasowy
verify-heading-passkey = Użyj klucza dostępu
verify-who = Logowanie jako { $account }
verify-code = Kod
verify-code-help = 6 cyfr, które pokazuje teraz aplikacja uwierzytelniająca
verify-recovery-code = Kod zapasowy
verify-recovery-help = Jeden z kodów zachowanych przy konfigurowaniu drugiego kroku. Każdy działa tylko raz.
verify-use-recovery = Użyj zamiast tego kodu zapasowego
verify-use-app = Użyj zamiast tego aplikacji uwierzytelniającej
verify-use-passkey = Użyj zamiast tego klucza dostępu
verify-passkey-only = Jeśli ta przeglądarka nie może użyć Twojego klucza dostępu, zaloguj się w innej przeglądarce.
verify-passkey-or-recovery = Jeśli ta przeglądarka nie może użyć Twojego klucza dostępu, zaloguj się w innej przeglądarce albo użyj kodu zapasowego.
verify-go-on = Dalej
verify-wrong = Ten kod jest błędny lub był już użyty. Poczekaj na następny kod w aplikacji uwierzytelniającej i wpisz go.
verify-recovery-wrong = Ten kod jest błędny lub był już użyty. Spróbuj innego ze swoich kodów.
verify-throttled = Było zbyt wiele błędnych kodów. Spróbuj ponownie za { $n ->
    [one] { $n } minutę.
    [few] { $n } minuty.
    [many] { $n } minut.
   *[other] { $n } minuty.
}
verify-app = Potem przejdziesz do aplikacji { $app }.

## More is wanted than the person has set up

enrol-title = Potrzebny jest drugi krok
enrol-heading = Najpierw skonfiguruj drugi krok
enrol-app-wants = Aplikacji { $app } samo hasło nie wystarcza.
enrol-we-want = Serwisowi { $installation } samo hasło nie wystarcza.
enrol-what = Drugim krokiem może być klucz dostępu albo aplikacja w telefonie, która pokazuje kody. Konfiguracja trwa minutę, a drugi krok będzie potrzebny przy logowaniu.
enrol-passkey = Potrzebny jest klucz dostępu: telefon, komputer lub klucz bezpieczeństwa potwierdza, że to Ty.
enrol-set-up = Skonfiguruj
enrol-new-tab = Otworzy się nowa karta. Po zakończeniu wróć tutaj.
enrol-done = Gotowe, dalej
