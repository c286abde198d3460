# What mails say.

mail-link-plain = Se non funziona, copia questo indirizzo nel browser:
mail-link-label = { $label }:
mail-username = Nome utente: { $username }

## A link to set a new password

mail-reset-subject = Imposta una nuova password per { $installation }
mail-reset-asked = Qualcuno, probabilmente tu, ha chiesto di impostare una nuova password per { $name } su { $installation }.
mail-reset-by-admin = Chi gestisce { $installation } manda a { $name } questo link per impostare una password.
mail-reset-button = Imposta una nuova password
mail-reset-lasts = { $n ->
    [one] Il link funziona una volta sola, per { $n } minuto.
   *[other] Il link funziona una volta sola, per { $n } minuti.
}
mail-reset-not-you = Se non eri tu, non fare nulla: la password resta com’è e nessun altro ha questo link.

## A link that shows whose an address is

mail-verify-subject = È tuo questo indirizzo su { $installation }?
mail-verify-asked = Qualcuno, probabilmente tu, ha indicato questo indirizzo su { $installation }.
mail-verify-button = Sì, è mio
mail-verify-lasts = { $n ->
    [one] Il link funziona una volta sola, per { $n } ora.
   *[other] Il link funziona una volta sola, per { $n } ore.
}
mail-verify-not-you = Se non sai perché ricevi questo messaggio, non fare nulla: l’indirizzo non sarà usato.

## What happened to an account

mail-device-subject = Nuovo accesso a { $installation }
mail-device-what = Qualcuno ha effettuato l’accesso come { $name } su { $installation }, con un browser mai usato prima per farlo.
mail-password-subject = La tua password su { $installation } è stata cambiata
mail-password-what = La password di { $name } su { $installation } è stata cambiata.
mail-app-subject = Una nuova app può usare il tuo account su { $installation }
mail-app-what = Ora { $app } può usare l’account di { $name } su { $installation }.
mail-app-checked = Questa app è stata verificata da { $installation }.
mail-app-unchecked = Questa app non è stata verificata da { $installation }: chiunque potrebbe aver scelto questo nome. Se non ti fidi, scollegala.
mail-factor-added-subject = È stato aggiunto un modo di accedere a { $installation }
mail-factor-added-what = { $factor ->
    [passkey] All’account di { $name } su { $installation } è stata aggiunta una passkey.
   *[totp] All’account di { $name } su { $installation } è stata aggiunta un’app di autenticazione.
}
mail-factor-removed-subject = È stato rimosso un modo di accedere a { $installation }
mail-factor-removed-what = { $factor ->
    [passkey] Dall’account di { $name } su { $installation } è stata rimossa una passkey.
    [totp] Dall’account di { $name } su { $installation } è stata rimossa l’app di autenticazione.
   *[all] Dall’account di { $name } su { $installation } sono stati rimossi tutte le passkey, l’app di autenticazione e i codici di recupero.
}
mail-codes-renewed-subject = Sono stati creati nuovi codici di recupero su { $installation }
mail-codes-renewed-what = Sono stati creati nuovi codici di recupero per l’account di { $name } su { $installation }. Quelli di prima non funzionano più.
mail-code-used-subject = È stato usato un codice di recupero su { $installation }
mail-code-used-what = Un codice di recupero di { $name } è stato usato su { $installation } al posto di una passkey o dell’app di autenticazione. Quel codice non funziona più.
mail-codes-throttled-subject = Troppi codici errati su { $installation }
mail-codes-throttled-what = Qualcuno ha superato il primo passaggio dell’accesso come { $name } su { $installation }, di solito la password, e poi ha inserito troppi codici errati. Per un po’ lì non sarà accettato alcun codice.
mail-address-subject = Il tuo indirizzo su { $installation } è stato cambiato
mail-address-what = L’indirizzo e-mail di { $name } su { $installation } ora è un altro. A questo non arriverà più nulla.
mail-when = Quando: { $time }
mail-from-address = Dall’indirizzo IP: { $address }
mail-browser = Con il browser: { $browser }
mail-look = Controlla il tuo account
mail-was-you = Se eri tu, non devi fare nulla.
mail-was-not-you = Se non eri tu, cambia subito la password ed esci da tutti gli altri dispositivi. Se non riesci più ad accedere, rivolgiti a chi gestisce { $installation }.

## A mail that tries out whether mail arrives

mail-test-subject = Un’e-mail da { $installation }
mail-test-what = Questa e-mail serve a verificare se le e-mail di { $installation } arrivano. È arrivata.

## Signing up, and being invited

mail-sign-up-subject = Il tuo nuovo account su { $installation }
mail-sign-up-asked = Qualcuno, probabilmente tu, vuole creare un account su { $installation } con questo indirizzo.
mail-sign-up-button = Crea l’account
mail-sign-up-not-you = Se non eri tu, non fare nulla: non sarà creato nessun account.
mail-known-subject = Hai un account su { $installation }
mail-known-asked = Qualcuno, probabilmente tu, voleva creare un account su { $installation } con questo indirizzo. Ne esiste già uno.
mail-known-forgot = Se hai dimenticato la password, puoi impostarne una nuova qui: { $address }
mail-known-not-you = Se non eri tu, non devi fare nulla: non è cambiato nulla.
mail-invitation-subject = Hai ricevuto un invito a { $installation }
mail-invitation-what = Chi gestisce { $installation } ti invita a crearvi un account.
mail-invitation-lasts = Il link funziona una volta sola; scadenza: { $time }.
mail-invitation-not-you = Se non sai perché ricevi questo messaggio, non fare nulla: non sarà creato nessun account.
