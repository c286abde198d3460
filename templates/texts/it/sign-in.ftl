# Signing in, choosing an account, signing out, setting up.

sign-in-not-checked = Non è stato possibile verificare questa pagina. Accedi di nuovo; i cookie devono essere consentiti.
sign-in-busy = In questo momento stanno accedendo moltissime persone. Riprova tra qualche secondo.
login-heading-app = Accedi per continuare su { $app }
login-unchecked = Questa app non è stata verificata da { $installation }: chiunque potrebbe aver scelto questo nome. Continua solo se ti fidi del sito o dell’app da cui arrivi.
login-username = Nome utente
login-name = Nome utente o indirizzo e-mail
login-password = Password
password-show = Mostra la password
login-again = Accedi di nuovo per confermare che sei tu.
login-mismatch = Il nome utente e la password non corrispondono.
login-throttled = Ci sono stati troppi tentativi errati. Riprova tra { $n ->
    [one] { $n } minuto.
   *[other] { $n } minuti.
}
login-foot = La tua password resta presso { $installation }. { $app } non la vede mai.
app-about = Informazioni sull’app:
app-privacy = Privacy
app-terms = Condizioni d’uso
new-tab = (si apre in una nuova scheda)
# After the label of a button: which one it is for.
the-one = : { $what }

## Which account

choose-title = Quale account?
choose-app = Per continuare su { $app }
choose-current = Continua come { $name }
choose-other = Usa un altro account

## Back to an app, by a form

form-post-title = Torna a { $app }
# Which app it is, is not known.
form-post-title-unknown = Torna all’app
form-post-wait = Se non succede nulla, premi il pulsante.
form-post-go-on = Continua

## Signing out

logout-title = Vuoi uscire?
logout-heading = Vuoi uscire da { $installation }?
logout-app-asks = { $app } chiede di farti uscire. Anche altre app che usi da qui potrebbero farti uscire.
logout-others = Anche le app che usi da qui potrebbero farti uscire.
logout-who = Accesso effettuato come { $name }
logout-who-username = Accesso effettuato come { $name } ({ $username })
logout-then = Dopo l’uscita passerai a <strong>{ $host }</strong>.
logout-stay = Non uscire
logout-sign-out = Esci
signed-out-title = Uscita effettuata
signed-out-heading = Hai chiuso la sessione
signed-out-telling = È in corso l’uscita dalle altre app. Tra un attimo passerai a <strong>{ $host }</strong>.
signed-out-go-on = Continua su { $host }
signed-out-others = Nelle app che hai usato da qui l’accesso potrebbe essere ancora attivo. Su un computer condiviso, esci anche da quelle.
signed-out-again = Accedi di nuovo
signed-out-frame = Uscita da { $app }

## Setting up

setup-title = Configurazione
setup-heading = Chi si occupa di questo server?
setup-what = Qui crei il primo amministratore. Funziona una volta sola; le altre persone si aggiungono in seguito.
setup-problems = Manca ancora qualcosa:
setup-not-checked = Non è stato possibile verificare la pagina. Inviala di nuovo; i cookie devono essere consentiti.
setup-name = Nome completo
setup-email = E-mail
setup-optional = (facoltativo)
setup-wrong-username = Un nome utente ha da 1 a 100 caratteri, senza @ e senza spazi all’inizio o alla fine.
setup-taken = Questo nome utente o indirizzo è già in uso. Scegline un altro.
setup-password-help = Almeno { $count } caratteri. Alcune parole di seguito sono facili da ricordare e difficili da indovinare.
setup-make = Crea l’amministratore
setup-done-title = Tutto pronto
setup-done-heading = Il server è pronto
setup-done-who = <strong>{ $username }</strong> ora amministra questo server e il link di configurazione non funziona più.
setup-done-next = Il prossimo passo: registra la prima app
setup-done-console = Accedi: l’amministrazione chiede di che app si tratta, propone impostazioni sicure e mostra che cosa copiare nell’app.
setup-done-command = Oppure, sul computer su cui gira il server, indica come si chiama l’app e dove si torna dopo l’accesso:
setup-done-command-label = Comando
setup-done-prints = Il comando mostra l’identificativo e il segreto dell’app, il segreto solo questa volta.
setup-done-then = Poi: indica all’app dove trovare questo server
setup-done-address = Alla maggior parte delle librerie basta questo indirizzo:

## The second step of signing in

verify-title = Ancora un passaggio
verify-heading = Inserisci il codice della tua app di autenticazione
verify-heading-recovery = Inserisci un codice di recupero
verify-heading-passkey = Usa la tua passkey
verify-who = Accesso come { $account }
verify-code = Codice
verify-code-help = Le 6 cifre che la tua app di autenticazione mostra ora
verify-recovery-code = Codice di recupero
verify-recovery-help = Uno dei codici che hai conservato quando hai configurato il secondo passaggio. Ognuno vale una volta.
verify-use-recovery = Usa invece un codice di recupero
verify-use-app = Usa invece l’app di autenticazione
verify-use-passkey = Usa invece una passkey
verify-passkey-only = Se questo browser non può usare la tua passkey, accedi con un altro browser.
verify-passkey-or-recovery = Se questo browser non può usare la tua passkey, accedi con un altro browser o usa un codice di recupero.
verify-go-on = Continua
verify-wrong = Questo codice è errato o è già stato usato. Aspetta il prossimo codice dell’app di autenticazione e inserisci quello.
verify-recovery-wrong = Questo codice è errato o è già stato usato. Prova con un altro dei tuoi codici.
verify-throttled = Ci sono stati troppi codici errati. Riprova tra { $n ->
    [one] { $n } minuto.
   *[other] { $n } minuti.
}
verify-app = Poi continuerai su { $app }.

## More is wanted than the person has set up

enrol-title = Serve un secondo passaggio
enrol-heading = Prima configura un secondo passaggio
enrol-app-wants = { $app } chiede più di una password.
enrol-we-want = { $installation } ti chiede più di una password.
enrol-what = Il secondo passaggio può essere una passkey, oppure un’app sul telefono che mostra dei codici. Ci vuole un minuto; poi ti sarà chiesto quando accedi.
enrol-passkey = Serve una passkey: il telefono, il computer o una chiave di sicurezza conferma che sei tu.
enrol-set-up = Configura
enrol-new-tab = Si apre in una nuova scheda. Torna qui quando hai finito.
enrol-done = Fatto, continua
