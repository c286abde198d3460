# What mails say.

mail-link-plain = Jeśli to nie działa, skopiuj ten adres do przeglądarki:
mail-link-label = { $label }:
mail-username = Nazwa użytkownika: { $username }

## A link to set a new password

mail-reset-subject = Ustaw nowe hasło w serwisie { $installation }
mail-reset-asked = Ktoś, prawdopodobnie Ty, poprosił o nowe hasło do konta { $name } w serwisie { $installation }.
mail-reset-by-admin = Osoby prowadzące serwis { $installation } przesyłają ten link, aby można było ustawić hasło do konta { $name }.
mail-reset-button = Ustaw nowe hasło
mail-reset-lasts = { $n ->
    [one] Link działa jeden raz i tylko przez { $n } minutę.
    [few] Link działa jeden raz i tylko przez { $n } minuty.
    [many] Link działa jeden raz i tylko przez { $n } minut.
   *[other] Link działa jeden raz i tylko przez { $n } minuty.
}
mail-reset-not-you = Jeśli to nie Ty, nie rób nic: hasło pozostanie bez zmian i nikt inny nie ma tego linku.

## A link that shows whose an address is

mail-verify-subject = Czy to Twój adres w serwisie { $installation }?
mail-verify-asked = Ktoś, prawdopodobnie Ty, podał ten adres w serwisie { $installation }.
mail-verify-button = Tak, to mój adres
mail-verify-lasts = { $n ->
    [one] Link działa jeden raz i tylko przez { $n } godzinę.
    [few] Link działa jeden raz i tylko przez { $n } godziny.
    [many] Link działa jeden raz i tylko przez { $n } godzin.
   *[other] Link działa jeden raz i tylko przez { $n } godziny.
}
mail-verify-not-you = Jeśli nie wiesz, skąd ta wiadomość, nie rób nic: adres nie zostanie użyty.

## What happened to an account

mail-device-subject = Nowe logowanie w serwisie { $installation }
mail-device-what = Ktoś zalogował się jako { $name } w serwisie { $installation }, w przeglądarce, której wcześniej do tego nie używano.
mail-password-subject = Zmieniono Twoje hasło w serwisie { $installation }
mail-password-what = Zmieniono hasło do konta { $name } w serwisie { $installation }.
mail-app-subject = Nowa aplikacja może korzystać z Twojego konta w serwisie { $installation }
mail-app-what = Aplikacja { $app } może teraz korzystać z konta { $name } w serwisie { $installation }.
mail-app-checked = Serwis { $installation } sprawdził tę aplikację.
mail-app-unchecked = Serwis { $installation } nie sprawdził tej aplikacji: taką nazwę mógł wybrać każdy. Jeśli jej nie ufasz, odłącz ją.
mail-factor-added-subject = Dodano sposób logowania w serwisie { $installation }
mail-factor-added-what = { $factor ->
    [passkey] Do konta { $name } w serwisie { $installation } dodano klucz dostępu.
   *[totp] Do konta { $name } w serwisie { $installation } dodano aplikację uwierzytelniającą.
}
mail-factor-removed-subject = Usunięto sposób logowania w serwisie { $installation }
mail-factor-removed-what = { $factor ->
    [passkey] Z konta { $name } w serwisie { $installation } usunięto klucz dostępu.
    [totp] Z konta { $name } w serwisie { $installation } usunięto aplikację uwierzytelniającą.
   *[all] Z konta { $name } w serwisie { $installation } usunięto wszystkie klucze dostępu, aplikację uwierzytelniającą i kody zapasowe.
}
mail-codes-renewed-subject = Utworzono nowe kody zapasowe w serwisie { $installation }
mail-codes-renewed-what = Utworzono nowe kody zapasowe do konta { $name } w serwisie { $installation }. Poprzednie już nie działają.
mail-code-used-subject = Użyto kodu zapasowego w serwisie { $installation }
mail-code-used-what = W serwisie { $installation } użyto kodu zapasowego do konta { $name } zamiast klucza dostępu lub aplikacji uwierzytelniającej. Ten kod już nie działa.
mail-codes-throttled-subject = Zbyt wiele błędnych kodów w serwisie { $installation }
mail-codes-throttled-what = Ktoś przeszedł pierwszy krok logowania na konto { $name } w serwisie { $installation }, zwykle hasło, a potem wpisał zbyt wiele błędnych kodów. Przez pewien czas kody nie będą tam przyjmowane.
mail-address-subject = Zmieniono Twój adres w serwisie { $installation }
mail-address-what = Konto { $name } w serwisie { $installation } ma teraz inny adres e-mail. Na ten adres nic więcej nie przyjdzie.
mail-when = Kiedy: { $time }
mail-from-address = Z adresu IP: { $address }
mail-browser = W przeglądarce: { $browser }
mail-look = Przejdź do konta
mail-was-you = Jeśli to Ty, nie trzeba nic robić.
mail-was-not-you = Jeśli to nie Ty, od razu zmień hasło i wyloguj się wszędzie indziej. Jeśli nie możesz się już zalogować, zwróć się do osób prowadzących serwis { $installation }.

## A mail that tries out whether mail arrives

mail-test-subject = Wiadomość z serwisu { $installation }
mail-test-what = Tę wiadomość wysłano, aby sprawdzić, czy poczta z serwisu { $installation } dochodzi. Jak widać, dochodzi.

## Signing up, and being invited

mail-sign-up-subject = Twoje nowe konto w serwisie { $installation }
mail-sign-up-asked = Ktoś, prawdopodobnie Ty, chce utworzyć konto w serwisie { $installation } z tym adresem.
mail-sign-up-button = Utwórz konto
mail-sign-up-not-you = Jeśli to nie Ty, nie rób nic: konto nie zostanie utworzone.
mail-known-subject = Masz konto w serwisie { $installation }
mail-known-asked = Ktoś, prawdopodobnie Ty, chciał utworzyć konto w serwisie { $installation } z tym adresem. Takie konto już istnieje.
mail-known-forgot = Jeśli nie pamiętasz hasła, możesz ustawić nowe tutaj: { $address }
mail-known-not-you = Jeśli to nie Ty, nie trzeba nic robić: nic się nie zmieniło.
mail-invitation-subject = Zaproszenie do serwisu { $installation }
mail-invitation-what = Osoby prowadzące serwis { $installation } zapraszają Cię do utworzenia w nim konta.
mail-invitation-lasts = Link działa jeden raz, do { $time }.
mail-invitation-not-you = Jeśli nie wiesz, skąd ta wiadomość, nie rób nic: konto nie zostanie utworzone.
