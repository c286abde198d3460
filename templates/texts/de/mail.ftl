# What mails say.

mail-link-plain = Wenn das nicht geht, kopieren Sie diese Adresse in Ihren Browser:
mail-link-label = { $label }:
mail-username = Benutzername: { $username }

## A link to set a new password

mail-reset-subject = Neues Passwort für { $installation } festlegen
mail-reset-asked = Jemand, wahrscheinlich Sie, möchte ein neues Passwort für { $name } bei { $installation } festlegen.
mail-reset-by-admin = Die Betreiber von { $installation } senden { $name } diesen Link, um ein Passwort festzulegen.
mail-reset-button = Neues Passwort festlegen
mail-reset-lasts = { $n ->
    [one] Der Link funktioniert nur einmal und gilt { $n } Minute.
   *[other] Der Link funktioniert nur einmal und gilt { $n } Minuten.
}
mail-reset-not-you = Wenn Sie es nicht waren, tun Sie nichts: Das Passwort bleibt, wie es ist, und niemand sonst hat diesen Link.

## A link that shows whose an address is

mail-verify-subject = Ist das Ihre Adresse bei { $installation }?
mail-verify-asked = Jemand, wahrscheinlich Sie, hat bei { $installation } diese Adresse angegeben.
mail-verify-button = Ja, das ist meine
mail-verify-lasts = { $n ->
    [one] Der Link funktioniert nur einmal und gilt { $n } Stunde.
   *[other] Der Link funktioniert nur einmal und gilt { $n } Stunden.
}
mail-verify-not-you = Wenn Sie nicht wissen, warum Sie das bekommen, tun Sie nichts: Die Adresse wird dann nicht verwendet.

## What happened to an account

mail-device-subject = Neue Anmeldung bei { $installation }
mail-device-what = Jemand hat sich als { $name } bei { $installation } angemeldet, mit einem Browser, der dafür noch nie verwendet wurde.
mail-password-subject = Ihr Passwort bei { $installation } wurde geändert
mail-password-what = Das Passwort von { $name } bei { $installation } wurde geändert.
mail-app-subject = Eine neue App darf Ihr Konto bei { $installation } verwenden
mail-app-what = { $app } darf jetzt das Konto von { $name } bei { $installation } verwenden.
mail-app-checked = { $installation } hat diese App geprüft.
mail-app-unchecked = { $installation } hat diese App nicht geprüft: Den Namen kann sich jeder ausgedacht haben. Wenn Sie ihr nicht vertrauen, trennen Sie sie.
mail-factor-added-subject = Bei { $installation } ist ein Weg zum Anmelden hinzugekommen
mail-factor-added-what = { $factor ->
    [passkey] Zum Konto von { $name } bei { $installation } wurde ein Passkey hinzugefügt.
   *[totp] Zum Konto von { $name } bei { $installation } wurde eine Authenticator-App hinzugefügt.
}
mail-factor-removed-subject = Bei { $installation } wurde ein Weg zum Anmelden entfernt
mail-factor-removed-what = { $factor ->
    [passkey] Aus dem Konto von { $name } bei { $installation } wurde ein Passkey entfernt.
    [totp] Aus dem Konto von { $name } bei { $installation } wurde die Authenticator-App entfernt.
   *[all] Aus dem Konto von { $name } bei { $installation } wurden alle Passkeys, die Authenticator-App und die Notfallcodes entfernt.
}
mail-codes-renewed-subject = Bei { $installation } wurden neue Notfallcodes erstellt
mail-codes-renewed-what = Für das Konto von { $name } bei { $installation } wurden neue Notfallcodes erstellt. Die bisherigen gelten nicht mehr.
mail-code-used-subject = Bei { $installation } wurde ein Notfallcode verwendet
mail-code-used-what = Ein Notfallcode von { $name } wurde bei { $installation } anstelle eines Passkeys oder der Authenticator-App verwendet. Dieser Code gilt nun nicht mehr.
mail-codes-throttled-subject = Zu viele falsche Codes bei { $installation }
mail-codes-throttled-what = Jemand hat bei { $installation } den ersten Schritt der Anmeldung als { $name } geschafft, in der Regel das Passwort, und dann zu viele falsche Codes eingegeben. Eine Zeit lang wird dort kein Code angenommen.
mail-address-subject = Ihre Adresse bei { $installation } wurde geändert
mail-address-what = Die E-Mail-Adresse von { $name } bei { $installation } ist jetzt eine andere. An diese hier kommt nichts mehr.
mail-when = Wann: { $time }
mail-from-address = Von der IP-Adresse: { $address }
mail-browser = Mit dem Browser: { $browser }
mail-look = Konto ansehen
mail-was-you = Wenn Sie das waren, brauchen Sie nichts zu tun.
mail-was-not-you = Wenn Sie es nicht waren, ändern Sie sofort Ihr Passwort, und melden Sie sich überall sonst ab. Wenn Sie sich nicht mehr anmelden können, wenden Sie sich an die Betreiber von { $installation }.

## A mail that tries out whether mail arrives

mail-test-subject = Eine E-Mail von { $installation }
mail-test-what = Diese E-Mail soll zeigen, ob E-Mails von { $installation } ankommen. Sie ist angekommen.

## Signing up, and being invited

mail-sign-up-subject = Ihr neues Konto bei { $installation }
mail-sign-up-asked = Jemand, wahrscheinlich Sie, möchte mit dieser Adresse ein Konto bei { $installation } erstellen.
mail-sign-up-button = Konto erstellen
mail-sign-up-not-you = Wenn Sie es nicht waren, tun Sie nichts: Dann wird kein Konto erstellt.
mail-known-subject = Sie haben ein Konto bei { $installation }
mail-known-asked = Jemand, wahrscheinlich Sie, wollte mit dieser Adresse ein Konto bei { $installation } erstellen. Es gibt schon eines.
mail-known-forgot = Wenn Sie das Passwort vergessen haben, können Sie hier ein neues festlegen: { $address }
mail-known-not-you = Wenn Sie es nicht waren, brauchen Sie nichts zu tun: Es wurde nichts geändert.
mail-invitation-subject = Sie sind zu { $installation } eingeladen
mail-invitation-what = Die Betreiber von { $installation } laden Sie ein, dort ein Konto zu erstellen.
mail-invitation-lasts = Der Link funktioniert nur einmal und gilt bis zum { $time }.
mail-invitation-not-you = Wenn Sie nicht wissen, warum Sie das bekommen, tun Sie nichts: Dann wird kein Konto erstellt.
