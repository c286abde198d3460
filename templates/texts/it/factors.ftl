# Passkeys, authenticator apps and recovery codes.

## What is set up

security-title = Come accedi
security-lead = Ciò che dimostra che sei tu e ciò che ti aiuta se perdi il telefono.
security-added = Aggiunta
security-used = Ultimo uso
security-never-used = Mai
security-change = Modifica
security-password-changed = Ultima modifica

security-passkeys = Passkey
security-passkeys-what = Il telefono, il computer o una chiave di sicurezza conferma che sei tu, con l’impronta, il volto o il PIN. Nessuno può rubare una passkey con una pagina falsa.
security-passkey-add = Aggiungi una passkey
security-no-passkeys-here = Qui non si possono usare le passkey, perché l’indirizzo di questo server è un numero e non un nome.

security-app = App di autenticazione
security-app-what = Un’app sul telefono mostra un codice nuovo ogni mezzo minuto. Lo inserisci dopo la password.
security-app-add = Configura un’app
security-app-remove = Rimuovi l’app

security-codes = Codici di recupero
security-codes-what = Ogni codice ti fa entrare una volta, quando non hai a portata di mano la passkey o l’app.
security-codes-none-yet = Li ricevi con la prima passkey o app di autenticazione.
security-codes-left = { $n ->
    [0] Non ti resta nessun codice.
    [one] Ti resta un codice.
   *[other] Ti restano { $n } codici.
}
security-codes-make = Crea nuovi codici

## What removing one means

security-means-one-less = Hai un altro secondo passaggio, che rimane.
security-means-password-alone = È l’unico secondo passaggio che ti resta. Dopo, per accedere al tuo posto basterà la password, e i codici di recupero non varranno più.
security-means-elsewhere-alone = È l’unico secondo passaggio che ti resta. Dopo, per accedere al tuo posto basterà un account presso un altro fornitore, e i codici di recupero non varranno più.
security-means-must-stay = È l’unico secondo passaggio che ti resta e il tuo account deve averne uno. Prima aggiungine un altro.
security-means-locked-out = Non hai una password: senza questa passkey non potresti accedere. Prima aggiungi un’altra passkey.
security-end-others-help = Se un dispositivo è andato perso, o può usarlo qualcun altro, così la sessione viene chiusa.

## A passkey

security-passkey-new-title = Aggiungi una passkey
security-passkey-new-what = Il browser ti chiede di confermare con l’impronta, il volto o il PIN. Può anche proporti il telefono o una chiave di sicurezza.
security-passkey-name = Nome
security-passkey-name-help = Così la riconosci nell’elenco.
security-passkey-unnamed = La mia passkey
security-passkey-title = La tua passkey
security-passkey-rename = Salva il nome
security-passkey-remove-title = Rimuovere questa passkey?
security-passkey-remove-there = Eliminala anche sul tuo dispositivo, così non la propone più.
security-passkey-remove = Rimuovi
security-passkey-refused = Non ha funzionato. Forse è passato troppo tempo. Prova ancora una volta.
security-passkey-known = Questa passkey è già qui.
security-passkey-too-many = Hai già il numero massimo di passkey. Prima rimuovine una.
security-passkey-bad-name = Il nome deve avere da 1 a 60 caratteri visibili.

## An authenticator app

security-app-title = Configura un’app di autenticazione
security-app-new-what = Va bene qualsiasi app per codici monouso.
security-app-scan = Inquadra questa immagine con l’app, oppure <a>apri un’app su questo dispositivo</a>.
security-app-qr = Codice QR con la chiave indicata sotto
security-app-type = Oppure inserisci questa chiave nell’app.
security-app-code = Inserisci il codice mostrato dall’app
security-app-code-help = Sei cifre. Ne arriva uno nuovo ogni mezzo minuto.
security-app-wrong = Non è il codice che ci aspettavamo. Usa il più recente e controlla che l’ora del tuo dispositivo sia giusta.
security-app-confirm = Configura
security-app-remove-title = Rimuovere l’app di autenticazione?
security-app-remove-there = Elimina anche la voce nell’app: i suoi codici non servono più a nulla.

## Recovery codes

security-codes-title = Creare nuovi codici di recupero?
security-codes-make-what = Quando ne crei di nuovi, i codici precedenti non valgono più.
security-codes-shown-title = I tuoi codici di recupero
security-codes-shown-what = Ognuno ti fa entrare una volta. Salvali, stampali o annotali adesso: non saranno mostrati di nuovo.
security-codes-of = { $username } su { $installation }
security-codes-copy = Copia
security-codes-save = Salva in un file
security-codes-print = Stampa
security-codes-copied = I codici sono stati copiati.
security-codes-shown-keep = Conservali dove li trovi anche senza il telefono. Chi ha la tua password e uno di questi codici può accedere al tuo posto.
security-codes-kept = Li ho conservati

## What was done

security-done-passkey = La passkey { $name } è stata aggiunta.
security-done-first-passkey = La passkey è stata aggiunta.
security-done-renamed = Ora la passkey si chiama { $name }.
security-done-passkey-removed = La passkey { $name } è stata rimossa.
security-done-app = L’app di autenticazione è configurata.
security-done-app-removed = L’app di autenticazione è stata rimossa.

## At sign-in

passkey-sign-in = Accedi con una passkey
passkey-or = oppure
passkey-cancelled = Non hai confermato, o il tempo è scaduto. Puoi riprovare.
passkey-known = Questo dispositivo ha già una passkey per il tuo account.
passkey-failed = Il tuo browser non ci è riuscito. Prova con un altro dispositivo o in un altro modo.
passkey-unsupported = Questo browser non supporta le passkey. Provane un altro, o un altro dispositivo.
passkey-no-script = Le passkey richiedono JavaScript, che in questo browser è disattivato. Tutto il resto qui funziona anche senza.
passkey-refused-title = Questa passkey non ha funzionato
passkey-refused-what = Qui non è riconosciuta, o è passato troppo tempo. Forse è stata rimossa dal tuo account.
passkey-refused-other = Accedi in un altro modo
