# Making an account, and getting back into one.

login-trouble = Problem z logowaniem?

## Asking for a link

forgot-heading = Problem z logowaniem?
forgot-what = Na adres e-mail Twojego konta wyślemy link, który pozwala ustawić nowe hasło.
forgot-send = Wyślij link
forgot-back = Wróć do logowania
forgot-sent-heading = Sprawdź pocztę
forgot-sent-what = Jeśli istnieje konto o tej nazwie i ma adres e-mail, link jest już w drodze. Działa przez pół godziny.
forgot-sent-nothing = Po kilku minutach nadal nic? Zajrzyj do folderu ze spamem, podaj nazwę użytkownika zamiast adresu e-mail albo odwrotnie, lub zwróć się do osób, od których masz konto.
forgot-empty = Wpisz nazwę użytkownika lub adres e-mail.
forgot-stale = Nie udało się sprawdzić tej strony. Wyślij ją jeszcze raz; pliki cookie muszą być dozwolone.
forgot-throttled = Było stąd zbyt wiele takich próśb. Spróbuj ponownie za { $n ->
    [one] { $n } minutę.
    [few] { $n } minuty.
    [many] { $n } minut.
   *[other] { $n } minuty.
}

## Setting a new password

reset-heading = Ustaw nowe hasło
reset-for = Dla konta { $username }.
reset-password = Nowe hasło
reset-password-help = { $n ->
    [one] Co najmniej { $n } znak. Kilka słów z rzędu łatwo zapamiętać, a trudno odgadnąć.
    [few] Co najmniej { $n } znaki. Kilka słów z rzędu łatwo zapamiętać, a trudno odgadnąć.
    [many] Co najmniej { $n } znaków. Kilka słów z rzędu łatwo zapamiętać, a trudno odgadnąć.
   *[other] Co najmniej { $n } znaku. Kilka słów z rzędu łatwo zapamiętać, a trudno odgadnąć.
}
reset-end-sessions = Wyloguj to konto wszędzie, gdzie jest teraz zalogowane
reset-set = Ustaw hasło
reset-stale = Nie udało się sprawdzić tej strony. Wyślij ją jeszcze raz; pliki cookie muszą być dozwolone.
reset-busy = W tej chwili panuje tu bardzo duży ruch. Spróbuj ponownie za kilka sekund.
reset-done-heading = Nowe hasło jest ustawione
reset-done-ended = Konto zostało wszędzie wylogowane. Zaloguj się nowym hasłem.
reset-done-kept = Tam, gdzie konto było zalogowane, pozostało zalogowane. Od teraz loguj się nowym hasłem.
reset-done-apps = Aplikacje, które mogą korzystać z konta, nadal mają dostęp. <a>Przejrzyj je</a>, jeśli którejś nie ufasz.
reset-done-security = Jeśli ktoś inny mógł mieć dostęp do konta, sprawdź też <a>sposoby logowania</a>: klucze dostępu, aplikacja i kody zapasowe pozostały te same.

password-too-short = { $n ->
    [one] To hasło jest za krótkie: musi mieć co najmniej { $n } znak.
    [few] To hasło jest za krótkie: musi mieć co najmniej { $n } znaki.
    [many] To hasło jest za krótkie: musi mieć co najmniej { $n } znaków.
   *[other] To hasło jest za krótkie: musi mieć co najmniej { $n } znaku.
}
password-too-long = To hasło jest za długie.
password-is-name = To hasło jest takie jak nazwa użytkownika: każdy spróbowałby tego najpierw.
password-guessable = To hasło można szybko odgadnąć: jest popularne albo złożone z popularnych części. Użyj kilku słów, które do siebie nie pasują.

## A link that no longer works

link-dead-heading = Ten link już nie działa
link-dead-what = Został już użyty, jest zbyt stary albo później wysłano nowszy. Nic się nie zmieniło.
link-dead-withdrawn = Osoby prowadzące serwis { $installation } wycofały to zaproszenie. Nic się nie zmieniło. Jeśli to pomyłka, poproś je o nowe.
link-dead-again = Poproś o nowy link
link-dead-account = Przejdź do konta

## The page for another address

account-email-title = Adres e-mail
account-email-now = Twój adres to { $email }.
account-email-unproved = Adres nie został jeszcze potwierdzony.
account-email-none = Twoje konto nie ma adresu e-mail.
account-email-pending = Na adres { $email } wysłano link. Dopóki nie zostanie otwarty, nic się nie zmieni; link działa przez jeden dzień.
account-email-label = Adres
account-email-help = Wyślemy tam link. Adres zmieni się po jego otwarciu, a na poprzedni wyślemy wiadomość.
account-email-help-first = Wyślemy tam link. Adres zacznie obowiązywać po jego otwarciu.
account-email-send = Wyślij link
account-email-bad = To nie jest adres e-mail. Wpisz go tak: nazwa@example.com.
account-email-throttled = Było zbyt wiele takich próśb. Spróbuj ponownie za { $n ->
    [one] { $n } minutę.
    [few] { $n } minuty.
    [many] { $n } minut.
   *[other] { $n } minuty.
}
account-done-address = Link na adres { $name } jest w drodze. Dopóki nie zostanie otwarty, nic się nie zmieni; działa przez jeden dzień.

## An address that is to be proved

verify-email-heading = Czy to Twój adres?
verify-email-what = <strong>{ $email }</strong> będzie adresem konta { $username }.
verify-email-yes = Tak, to mój adres
verify-email-no = Nie, to nie mój adres
verify-email-no-heading = Nic się nie zmieniło
verify-email-no-what = Konto zachowuje dotychczasowy adres. Link z wiadomości przestanie działać najpóźniej po jednym dniu.
verify-email-taken = Ten adres należy tu już do innego konta.
verify-email-taken-heading = Tego adresu nie można użyć
verify-email-other = Ten link należy do innego konta. Tutaj otwarte jest konto { $username } i nic się nie zmieniło. Zaloguj się na konto, którego ma dotyczyć adres, i otwórz link ponownie.
verify-email-done-heading = Adres jest potwierdzony
verify-email-done-what = { $email } jest teraz adresem konta { $username }.
account-email-change = Zmień lub potwierdź adres e-mail
account-email-other = Zmień adres e-mail
account-email-add = Dodaj adres e-mail

## Making an account of one's own

login-no-account = Nie masz jeszcze konta?
login-sign-up = Utwórz konto
sign-up-heading = Utwórz konto
sign-up-what = Wyślemy link na Twój adres e-mail. Tam wybierzesz nazwę użytkownika i hasło.
sign-up-have-one = Mam już konto
sign-up-sent-what = Wiadomość na podany adres jest w drodze. Otwórz zawarty w niej link w ciągu jednego dnia.
sign-up-sent-app = Otwórz go w tej przeglądarce, a potem przejdziesz do aplikacji { $app }.
sign-up-sent-nothing = Po kilku minutach nadal nic? Zajrzyj do folderu ze spamem albo sprawdź adres i spróbuj ponownie.
sign-up-domain = Konto można tu utworzyć tylko z adresem, który kończy się na: { $domains }
sign-up-invited-heading = Zaproszenie do serwisu { $installation }
sign-up-invited-what = Osoby prowadzące serwis { $installation } zaprosiły { $email }. Wybierz, czym chcesz się logować.
sign-up-username-help = Służy do logowania. Zalogować się można też adresem e-mail.
sign-up-username-odd = To nie może być nazwa użytkownika. Musi mieć od 1 do 100 znaków, bez @ i bez spacji na początku i na końcu.
sign-up-username-taken = Ta nazwa użytkownika jest już zajęta. Wybierz inną.
sign-up-name-odd = Imię i nazwisko są za długie albo zawierają znaki, których nie da się pokazać.
sign-up-make = Utwórz konto

## Where nobody creates an account

sign-up-closed-title = Nie można tu utworzyć konta
sign-up-closed-off = Tworzenie kont w serwisie { $installation } jest obecnie wyłączone. Otrzymany link też na razie nie działa.
sign-up-closed-invited = Konto w serwisie { $installation } można utworzyć tylko na zaproszenie. Jeśli je masz, otwórz zawarty w nim link.
sign-up-closed-ask = Zapytaj osoby prowadzące serwis { $installation }.
