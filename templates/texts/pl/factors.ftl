# Passkeys, authenticator apps and recovery codes.

## What is set up

security-title = Sposoby logowania
security-lead = To, co potwierdza, że to Ty, i to, co pomaga w razie utraty telefonu.
security-added = Dodano
security-used = Ostatnio użyto
security-never-used = Nigdy
security-change = Zmień
security-password-changed = Ostatnia zmiana

security-passkeys = Klucze dostępu
security-passkeys-what = Telefon, komputer lub klucz bezpieczeństwa potwierdza, że to Ty: odciskiem palca, twarzą lub kodem PIN. Klucza dostępu nikt nie ukradnie za pomocą fałszywej strony.
security-passkey-add = Dodaj klucz dostępu
security-no-passkeys-here = Nie można tu używać kluczy dostępu, bo adres tego serwera jest numerem, a nie nazwą.

security-app = Aplikacja uwierzytelniająca
security-app-what = Aplikacja w telefonie co pół minuty pokazuje nowy kod. Kod wpisuje się po haśle.
security-app-add = Skonfiguruj aplikację
security-app-remove = Usuń aplikację

security-codes = Kody zapasowe
security-codes-what = Każdy kod pozwala zalogować się jeden raz, gdy nie masz pod ręką klucza dostępu ani aplikacji.
security-codes-none-yet = Otrzymasz je z pierwszym kluczem dostępu lub aplikacją uwierzytelniającą.
security-codes-left = { $n ->
    [0] Nie masz już żadnego kodu.
    [one] Masz jeszcze jeden kod.
    [few] Masz jeszcze { $n } kody.
    [many] Masz jeszcze { $n } kodów.
   *[other] Masz jeszcze { $n } kodu.
}
security-codes-make = Utwórz nowe kody

## What removing one means

security-means-one-less = Masz jeszcze inny drugi krok i on pozostanie.
security-means-password-alone = To jedyny drugi krok, jaki masz. Po jego usunięciu do zalogowania się na Twoje konto wystarczy samo hasło, a kody zapasowe przestaną działać.
security-means-elsewhere-alone = To jedyny drugi krok, jaki masz. Po jego usunięciu do zalogowania się na Twoje konto wystarczy samo konto u innego dostawcy, a kody zapasowe przestaną działać.
security-means-must-stay = To jedyny drugi krok, jaki masz, a konto musi mieć co najmniej jeden. Najpierw dodaj inny.
security-means-locked-out = Nie masz hasła: bez tego klucza dostępu nie dałoby się zalogować. Najpierw dodaj inny klucz dostępu.
security-end-others-help = Jeśli urządzenie zginęło albo może z niego korzystać ktoś inny, zostanie w ten sposób wylogowane.

## A passkey

security-passkey-new-title = Dodaj klucz dostępu
security-passkey-new-what = Przeglądarka poprosi o potwierdzenie odciskiem palca, twarzą lub kodem PIN. Może też zaproponować telefon lub klucz bezpieczeństwa.
security-passkey-name = Nazwa
security-passkey-name-help = Aby łatwo rozpoznać go na liście.
security-passkey-unnamed = Mój klucz dostępu
security-passkey-title = Twój klucz dostępu
security-passkey-rename = Zapisz nazwę
security-passkey-remove-title = Usunąć ten klucz dostępu?
security-passkey-remove-there = Usuń go też na swoim urządzeniu, aby już się tam nie pojawiał.
security-passkey-remove = Usuń
security-passkey-refused = Nie udało się. Może trwało to zbyt długo. Spróbuj jeszcze raz.
security-passkey-known = Ten klucz dostępu już tu jest.
security-passkey-too-many = Masz już największą możliwą liczbę kluczy dostępu. Najpierw usuń któryś.
security-passkey-bad-name = Nazwa musi mieć od 1 do 60 widocznych znaków.

## An authenticator app

security-app-title = Skonfiguruj aplikację uwierzytelniającą
security-app-new-what = Nadaje się każda aplikacja do kodów jednorazowych.
security-app-scan = Zeskanuj to aplikacją albo <a>otwórz aplikację na tym urządzeniu</a>.
security-app-qr = Kod QR z kluczem, który jest podany niżej
security-app-type = Albo wpisz w niej ten klucz.
security-app-code = Wpisz kod, który pokazuje aplikacja
security-app-code-help = Sześć cyfr. Nowy kod pojawia się co pół minuty.
security-app-wrong = To nie jest oczekiwany kod. Wpisz najnowszy i sprawdź, czy zegar urządzenia wskazuje właściwy czas.
security-app-confirm = Skonfiguruj
security-app-remove-title = Usunąć aplikację uwierzytelniającą?
security-app-remove-there = Usuń też wpis w samej aplikacji: jego kody nie będą już działać.

## Recovery codes

security-codes-title = Utworzyć nowe kody zapasowe?
security-codes-make-what = Po utworzeniu nowych kodów poprzednie przestaną działać.
security-codes-shown-title = Twoje kody zapasowe
security-codes-shown-what = Każdy pozwala zalogować się jeden raz. Zapisz, wydrukuj lub przepisz je teraz: nie pokażemy ich ponownie.
security-codes-of = { $username } w serwisie { $installation }
security-codes-copy = Kopiuj
security-codes-save = Zapisz w pliku
security-codes-print = Drukuj
security-codes-copied = Kody zostały skopiowane.
security-codes-shown-keep = Przechowuj je tam, gdzie znajdziesz je bez telefonu. Kto ma Twoje hasło i jeden z tych kodów, może zalogować się na Twoje konto.
security-codes-kept = Kody są już zachowane

## What was done

security-done-passkey = Dodano klucz dostępu „{ $name }”.
security-done-first-passkey = Dodano klucz dostępu.
security-done-renamed = Klucz dostępu nazywa się teraz „{ $name }”.
security-done-passkey-removed = Usunięto klucz dostępu „{ $name }”.
security-done-app = Aplikacja uwierzytelniająca jest skonfigurowana.
security-done-app-removed = Usunięto aplikację uwierzytelniającą.

## At sign-in

passkey-sign-in = Zaloguj się kluczem dostępu
passkey-or = lub
passkey-cancelled = Nie było potwierdzenia albo czas minął. Można spróbować jeszcze raz.
passkey-known = To urządzenie ma już klucz dostępu do Twojego konta.
passkey-failed = Przeglądarka nie mogła tego zrobić. Spróbuj na innym urządzeniu albo w inny sposób.
passkey-unsupported = Ta przeglądarka nie obsługuje kluczy dostępu. Spróbuj w innej albo na innym urządzeniu.
passkey-no-script = Klucze dostępu wymagają JavaScriptu, który jest wyłączony w tej przeglądarce. Wszystko inne działa tu bez niego.
passkey-refused-title = Ten klucz dostępu nie zadziałał
passkey-refused-what = Nie jest tu znany albo trwało to zbyt długo. Może usunięto go z Twojego konta.
passkey-refused-other = Zaloguj się inaczej
