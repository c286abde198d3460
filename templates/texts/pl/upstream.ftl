# Signing in with an account elsewhere.

## On the sign-in page

upstream-continue = Kontynuuj z { $provider }

## When it does not work

upstream-failed-title = Logowanie przez { $provider } nie powiodło się
upstream-not-linked-title = Twoje konto w { $provider } nie zostało połączone
upstream-what-denied = Logowanie w { $provider } zostało przerwane albo { $provider } nie pozwala przejść dalej.
upstream-what-unavailable = Serwis { $provider } jest teraz niedostępny albo nie odpowiada tak, jak powinien.
upstream-what-refused = Serwis { $provider } nie przyjął prośby serwisu { $installation }. Najpewniej tam lub tutaj jest błędne ustawienie. To nie Twoja wina.
upstream-what-untrusted = Odpowiedź serwisu { $provider } nie przeszła kontroli, dlatego nikt nie został zalogowany.
upstream-what-not-anew = { $provider } nie może ponownie sprawdzić Twojej tożsamości, a właśnie tego tutaj potrzeba.
upstream-what-stale = Ta próba została już zakończona, trwała ponad dziesięć minut albo rozpoczęto ją w innej przeglądarce.
upstream-what-throttled = Było zbyt wiele nieudanych prób. Spróbuj ponownie za { $n ->
    [one] { $n } minutę.
    [few] { $n } minuty.
    [many] { $n } minut.
   *[other] { $n } minuty.
}
upstream-what-disabled = Z Twojego konta w serwisie { $installation } nie można obecnie korzystać.
upstream-what-domain = Przez { $provider } mogą się tu logować tylko osoby z określonymi adresami e-mail. Twój adres do nich nie należy albo nie został potwierdzony przez { $provider }.
upstream-what-taken = W serwisie { $installation } jest już konto z adresem e-mail podanym przez { $provider }.
upstream-what-unknown = Z Twoim kontem w { $provider } nie jest połączone żadne konto w serwisie { $installation }.
upstream-what-anothers = To konto w { $provider } jest połączone z innym kontem w serwisie { $installation }.
upstream-what-session = Osoba, która o to prosiła, nie jest już zalogowana.
upstream-do-again = Spróbuj ponownie albo wybierz inny sposób.
upstream-do-wait = Odczekaj kilka minut i spróbuj ponownie.
upstream-do-tell = Jeśli to nie pomoże, powiadom osoby prowadzące serwis { $installation }.
upstream-do-link = Jeśli masz tu konto, zaloguj się hasłem lub kluczem dostępu. Potem połącz { $provider } na swoim koncie, w części „Bezpieczeństwo”.
upstream-do-create = Jeśli nie masz tu jeszcze konta, możesz je utworzyć na stronie logowania.
upstream-do-other = Użyj innego konta w { $provider }.
upstream-back = Wróć do logowania
upstream-back-account = Wróć do swojego konta

## In one's account

upstream-heading = Konta u innych dostawców
upstream-lead = Połączone konto u innego dostawcy pozwala logować się tutaj także bez hasła.
upstream-address = Adres e-mail u dostawcy
upstream-link = Połącz { $provider }
upstream-link-another = Połącz inne konto w { $provider }
upstream-link-title = Połączyć Twoje konto w { $provider }?
upstream-link-what = Przejdziesz do { $provider } i tam się zalogujesz. Od tej chwili każdy, kto może użyć tamtego konta, może się zalogować na Twoje konto w serwisie { $installation }.
upstream-link-go = Przejdź do { $provider }
upstream-unlink = Usuń połączenie
upstream-unlink-title = Usunąć połączenie z { $provider }?
upstream-unlink-what = Potem tamtym kontem nie będzie można zalogować się w serwisie { $installation }. Konto w { $provider } pozostanie bez zmian.
upstream-unlink-last = Nie masz innego sposobu logowania. Najpierw ustaw hasło albo dodaj klucz dostępu.
upstream-done-linked = Twoje konto w { $name } jest połączone.
upstream-done-unlinked = Połączenie z { $name } zostało usunięte.
account-event-upstream-linked = Połączono konto u innego dostawcy
account-event-upstream-unlinked = Usunięto połączenie z kontem u innego dostawcy
account-event-upstream-failed = Logowanie kontem u innego dostawcy nie powiodło się

## In mails

mail-upstream-linked-what = Z kontem { $name } w serwisie { $installation } połączono konto w { $provider }. Można go teraz używać do logowania.
mail-upstream-unlinked-what = Usunięto połączenie między kontem w { $provider } a kontem { $name } w serwisie { $installation }.
