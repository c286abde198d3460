# Making an account, and getting back into one.

login-trouble = Problemi di accesso?

## Asking for a link

forgot-heading = Problemi di accesso?
forgot-what = Inviamo all’indirizzo e-mail del tuo account un link con cui puoi impostare una nuova password.
forgot-send = Invia il link
forgot-back = Torna all’accesso
forgot-sent-heading = Controlla la posta
forgot-sent-what = Se esiste un account con quel nome e un indirizzo e-mail, il link è in arrivo. Funziona per mezz’ora.
forgot-sent-nothing = Dopo qualche minuto non c’è ancora nulla? Guarda nella posta indesiderata, prova con l’indirizzo al posto del nome utente o viceversa, oppure rivolgiti a chi ti ha dato l’account.
forgot-empty = Inserisci il tuo nome utente o il tuo indirizzo e-mail.
forgot-stale = Non è stato possibile verificare questa pagina. Inviala di nuovo; i cookie devono essere consentiti.
forgot-throttled = Da qui sono arrivate troppe richieste. Riprova tra { $n ->
    [one] { $n } minuto.
   *[other] { $n } minuti.
}

## Setting a new password

reset-heading = Imposta una nuova password
reset-for = Per l’account { $username }.
reset-password = Nuova password
reset-password-help = { $n ->
    [one] Almeno { $n } carattere. Alcune parole di seguito sono facili da ricordare e difficili da indovinare.
   *[other] Almeno { $n } caratteri. Alcune parole di seguito sono facili da ricordare e difficili da indovinare.
}
reset-end-sessions = Chiudi tutte le sessioni aperte con questo account
reset-set = Imposta la password
reset-stale = Non è stato possibile verificare questa pagina. Inviala di nuovo; i cookie devono essere consentiti.
reset-busy = In questo momento qui c’è moltissimo traffico. Riprova tra qualche secondo.
reset-done-heading = La nuova password è impostata
reset-done-ended = Tutte le sessioni dell’account sono state chiuse. Accedi con la nuova password.
reset-done-kept = Le sessioni già aperte restano aperte. D’ora in poi accedi con la nuova password.
reset-done-apps = Le app che possono usare il tuo account possono farlo ancora. <a>Controllale</a> se non ti fidi di una di loro.
reset-done-security = Se pensi che qualcun altro sia entrato nel tuo account, controlla anche <a>come si accede</a>: passkey, app e codici di recupero sono rimasti gli stessi.

password-too-short = { $n ->
    [one] Questa password è troppo corta: deve avere almeno { $n } carattere.
   *[other] Questa password è troppo corta: deve avere almeno { $n } caratteri.
}
password-too-long = Questa password è troppo lunga.
password-is-name = Questa password è il nome utente: è la prima che chiunque proverebbe.
password-guessable = Questa password si indovinerebbe presto: è comune o fatta di parti comuni. Usa più parole che non c’entrano tra loro.

## A link that no longer works

link-dead-heading = Questo link non funziona più
link-dead-what = È già stato usato, è troppo vecchio, oppure dopo ne è stato inviato uno più recente. Non è cambiato nulla.
link-dead-withdrawn = Chi gestisce { $installation } ha ritirato questo invito. Non è cambiato nulla. Se è un errore, chiedi un altro invito.
link-dead-again = Chiedi un altro link
link-dead-account = Vai al tuo account

## The page for another address

account-email-title = Indirizzo e-mail
account-email-change = Cambia o conferma l’indirizzo e-mail
account-email-other = Cambia l’indirizzo e-mail
account-email-add = Aggiungi un indirizzo e-mail
account-email-now = Il tuo indirizzo è { $email }.
account-email-unproved = Non l’hai ancora confermato.
account-email-none = Il tuo account non ha un indirizzo e-mail.
account-email-pending = Abbiamo inviato un link a { $email }. Finché non viene aperto, non cambia nulla; il link funziona per un giorno.
account-email-label = Indirizzo
account-email-help = Vi invieremo un link. Il tuo indirizzo cambia quando lo apri, e avvisiamo quello precedente.
account-email-help-first = Vi invieremo un link. L’indirizzo vale quando lo apri.
account-email-send = Invia il link
account-email-bad = Questo non è un indirizzo e-mail. Scrivilo così: nome@example.com.
account-email-throttled = Ci sono state troppe richieste. Riprova tra { $n ->
    [one] { $n } minuto.
   *[other] { $n } minuti.
}
account-done-address = Un link è in arrivo a { $name }. Finché non viene aperto, non cambia nulla; funziona per un giorno.

## An address that is to be proved

verify-email-heading = È tuo questo indirizzo?
verify-email-what = <strong>{ $email }</strong> diventa l’indirizzo dell’account { $username }.
verify-email-yes = Sì, è mio
verify-email-no = No, non è mio
verify-email-no-heading = Non è cambiato nulla
verify-email-no-what = Il tuo account mantiene l’indirizzo di prima. Il link nel messaggio smette di funzionare entro un giorno.
verify-email-taken = Nel frattempo questo indirizzo è passato a un altro account.
verify-email-taken-heading = Questo indirizzo non si può usare
verify-email-other = Questo link è di un altro account. Qui hai effettuato l’accesso come { $username } e non è cambiato nulla. Accedi con l’account a cui è destinato l’indirizzo e apri di nuovo il link.
verify-email-done-heading = L’indirizzo è confermato
verify-email-done-what = Ora { $email } è l’indirizzo dell’account { $username }.

## Making an account of one's own

login-no-account = Non hai ancora un account?
login-sign-up = Crea un account
sign-up-heading = Crea un account
sign-up-what = Inviamo un link al tuo indirizzo e-mail. Lì scegli un nome utente e una password.
sign-up-have-one = Ho già un account
sign-up-sent-what = Un messaggio è in arrivo all’indirizzo che hai inserito. Apri entro un giorno il link che contiene.
sign-up-sent-app = Aprilo in questo browser: poi continuerai su { $app }.
sign-up-sent-nothing = Dopo qualche minuto non c’è ancora nulla? Guarda nella posta indesiderata, oppure controlla l’indirizzo e riprova.
sign-up-domain = Qui si possono creare account solo con indirizzi che finiscono con: { $domains }
sign-up-invited-heading = Hai ricevuto un invito a { $installation }
sign-up-invited-what = Chi gestisce { $installation } ha invitato { $email }. Scegli con che cosa vuoi accedere.
sign-up-username-help = Lo usi per accedere, oppure usi il tuo indirizzo e-mail.
sign-up-username-odd = Questo non può essere un nome utente. Deve avere da 1 a 100 caratteri, senza @ e senza spazi all’inizio o alla fine.
sign-up-username-taken = Questo nome utente è già in uso. Scegline un altro.
sign-up-name-odd = Questo nome è troppo lungo o contiene caratteri che non si possono mostrare.
sign-up-make = Crea account

## Where nobody creates an account

sign-up-closed-title = Qui non si può creare un account
sign-up-closed-off = Al momento su { $installation } non si possono creare account. Nel frattempo non funziona nemmeno un link che hai ricevuto.
sign-up-closed-invited = Un account su { $installation } si crea solo su invito. Se ne hai uno, apri il link che contiene.
sign-up-closed-ask = Rivolgiti a chi gestisce { $installation }.
