# A person's own account.

## The frame

account-heading = Il tuo account
account-skip = Vai al contenuto
account-signed-in-as = Accesso effettuato come
account-sign-out = Esci
account-console = Amministrazione
account-profile = Profilo
account-security = Sicurezza
account-sessions = Dispositivi
account-apps = App collegate
account-events = Attività
account-data = I tuoi dati

account-stale-title = Non è stato possibile verificare questo modulo
account-stale-what = Risale a un accesso precedente, o non veniva da qui. Non è cambiato nulla. Non è colpa tua.
account-stale-do = Ricarica la pagina e invia di nuovo il modulo.
account-stale-back = Ricarica la pagina

account-optional = (facoltativo)
account-save = Salva
account-managed = Questo account è definito in un file da chi gestisce questo server, quindi non può essere modificato qui.

## Profile

account-profile-title = Profilo
account-profile-about = Su di te
account-profile-lead = Le app ne vedono solo ciò che autorizzi.
account-name = Nome completo
account-username = Nome utente
account-email = E-mail
account-email-verified = verificata
account-email-unverified = non ancora verificata
account-roles = Ruoli
account-signed-in = Accesso
account-language = Lingua
account-language-browser = Quella del browser
account-given-name = Nome
account-family-name = Cognome
account-nickname = Soprannome
account-website = Sito web
account-picture = Indirizzo della tua immagine
account-birthdate = Data di nascita
account-birthdate-help = Anno, mese, giorno: 1990-12-31. Scrivi 0000 come anno se non vuoi rivelarlo.
account-zone = Fuso orario
account-zone-help = Per esempio Europe/Rome
account-wrong-text = È troppo lungo o contiene caratteri che non si possono mostrare.
account-wrong-link = Scrivi l’indirizzo completo di una pagina o di un’immagine, con https:// all’inizio.
account-wrong-date = Scrivi la data come anno-mese-giorno, per esempio 1990-12-31.
account-wrong-zone = Indica il fuso orario con il suo nome, per esempio Europe/Rome.
account-reach = Telefono e indirizzo postale
account-phone = Numero di telefono
account-phone-help = Con il prefisso del paese, per esempio +39 06 1234 5678.
account-phone-help-verified = Questo numero è verificato. Se lo cambi, quello nuovo non lo sarà.
account-phone-verified = verificato
account-wrong-phone = Scrivi il numero con + e il prefisso del paese all’inizio, per esempio +39 06 1234 5678.
account-street = Via e numero civico
account-postal-code = Codice postale
account-locality = Città
account-region = Provincia o regione
account-country = Paese
account-known = Conservato qui anche
account-known-lead = Le app vedono anche questi dati, se le autorizzi. Se qualcosa non è giusto, avvisa chi gestisce { $installation }.
account-preferred-username = Nome utente per le app
account-middle-name = Secondo nome
account-gender = Genere
account-profile-page = Pagina del profilo
account-locale = Lingua per le app
account-address = Indirizzo postale
account-done-profile = Il tuo profilo è stato salvato.

## Password

account-password-title = Password
account-password-change = Cambia password
account-password-set = Imposta una password
account-password-current = Password attuale
account-password-new = Nuova password
account-password-repeated = Ripeti la nuova password
account-password-help = { $n ->
    [one] Almeno { $n } carattere. Alcune parole di seguito sono facili da ricordare e difficili da indovinare.
   *[other] Almeno { $n } caratteri. Alcune parole di seguito sono facili da ricordare e difficili da indovinare.
}
account-password-end-others = Esci da tutti gli altri dispositivi
account-password-end-others-help = Se pensi che qualcun altro conosca la tua password, così si chiudono le sue sessioni.
account-password-wrong = Non è la tua password attuale.
account-password-differ = Le due nuove password non sono uguali.
account-password-throttled = Ci sono stati troppi tentativi errati. Riprova tra { $n ->
    [one] { $n } minuto.
   *[other] { $n } minuti.
}
account-password-busy = In questo momento stanno accedendo moltissime persone. Riprova tra qualche secondo.
account-done-password = La tua password è stata cambiata. Le app che possono usare il tuo account possono farlo ancora: <a>controllale</a> se non ti fidi di una di loro.

## Sessions

account-sessions-title = Dove hai effettuato l’accesso
account-sessions-lead = Tutti i browser in cui la tua sessione è ancora aperta. Il dispositivo è quello che il browser dichiara.
account-sessions-this = Questo browser
account-sessions-address = Indirizzo IP
account-sessions-seen = Ultima attività
account-sessions-since = Accesso
account-sessions-end = Esci
account-sessions-the-one = : { $device }, { $time }
account-sessions-end-others = Esci da tutti gli altri dispositivi
account-sessions-no-others = Non hai altri accessi attivi.
account-done-session = La sessione su quel dispositivo è stata chiusa.
account-done-others = Le sessioni su tutti gli altri dispositivi sono state chiuse.

# A browser and a system, by their names.
account-device = { $browser } su { $system }
account-device-browser = { $browser }
account-device-system = Un browser su { $system }
account-device-unknown = Browser sconosciuto

## Connected apps

account-apps-title = App collegate
account-apps-lead = Queste app possono usare il tuo account. Se scolleghi un’app, perde subito tutto ciò che ha ricevuto; potrà chiedertelo di nuovo.
account-apps-none = Nessuna app può ancora usare il tuo account. Quelle che autorizzi compariranno qui.
account-apps-may = L’app può
account-apps-at = Per { $resource } l’app può
account-apps-since = Inizio
account-apps-used = Ultimo uso
account-apps-until = Scadenza
account-apps-always = Solo quando revochi l’autorizzazione
account-apps-disconnect = Scollega
account-done-disconnected = { $name } non è più collegata.

## Activity

account-events-title = Attività
account-events-lead = Che cosa è successo al tuo account. Se qualcosa non viene da te, cambia la password ed esci da tutti gli altri dispositivi.
account-events-none = Ancora niente.
account-events-by-others = Da un amministratore
account-events-pager = Meno recenti e più recenti
account-events-newest = Più recenti
account-events-older = Meno recenti

account-event-added = L’account è stato creato
account-event-signed-in = Accesso
account-event-signed-in-to = Accesso a { $app }
account-event-failed = Un accesso non è riuscito
account-event-failed-at = Un accesso a { $app } non è riuscito
account-event-throttled = Dopo troppi tentativi errati gli accessi sono stati sospesi per un po’
account-event-signed-out = Uscita
account-event-ended = È stata chiusa la sessione su un dispositivo
account-event-updated = Il profilo è stato modificato
account-event-disabled = L’account è stato disattivato
account-event-enabled = L’account è stato riattivato
account-event-password = È stata impostata una nuova password
account-event-allowed = Hai autorizzato { $app } a usare il tuo account
account-event-denied = Non hai concesso a { $app } ciò che chiedeva
account-event-withdrawn = { $app } è stata scollegata
account-event-connected = { $app } ha ottenuto l’accesso
account-event-revoked = { $app } ha perso l’accesso
account-event-replayed = { $app } ha presentato una chiave già usata e quindi ha perso l’accesso
account-event-factor-added = È stato aggiunto un secondo passaggio di accesso
account-event-factor-removed = È stato rimosso un secondo passaggio di accesso
account-event-codes-made = Sono stati creati nuovi codici di recupero
account-event-code-used = È stato usato un codice di recupero
account-event-reset-asked = È stato chiesto un link per impostare una nuova password
account-event-sign-up-asked = Qualcuno voleva creare un secondo account con questo indirizzo e-mail
account-event-address-asked = È stato chiesto di cambiare l’indirizzo e-mail
account-event-address = L’indirizzo e-mail è stato verificato
account-event-other = Qualcosa è stato modificato

## Your data

account-data-title = I tuoi dati
account-data-what = Tutto ciò che è conservato qui su di te, in un unico file leggibile dai programmi (JSON): profilo, dispositivi, app e attività. Non contiene password né chiavi.
account-data-download = Scarica i tuoi dati
account-data-end = Elimina il tuo account
account-data-delete = Tutto ciò che è conservato qui su di te viene eliminato per sempre.

account-delete-title = Eliminare il tuo account?
account-delete-go = Elimina l’account
account-delete-effects = Ecco che cosa succederà:
account-delete-effect-out = Uscirai da tutti i dispositivi.
account-delete-effect-apps = Ogni app a cui accedi con questo account perde l’accesso, e non potrai più accedervi in questo modo.
account-delete-effect-gone = Nessuno può ripristinare l’account.
account-delete-type = Per confermare, scrivi il tuo nome utente: <strong>{ $username }</strong>
account-delete-wrong = Non è il tuo nome utente.
account-delete-last = Nessun altro può accedere come amministratore. Prima assegna questo ruolo a un’altra persona.
account-deleted-title = Il tuo account è stato eliminato
account-deleted-what = Tutte le tue sessioni sono chiuse e ciò che era conservato su di te è stato eliminato.
