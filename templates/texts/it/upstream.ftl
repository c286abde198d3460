# Signing in with an account elsewhere.

## On the sign-in page

upstream-continue = Continua con { $provider }

## When it does not work

upstream-failed-title = Non è stato possibile accedere con { $provider }
upstream-not-linked-title = Il tuo account { $provider } non è stato collegato
upstream-what-denied = Hai annullato presso { $provider }, oppure lì non ti è stato permesso di continuare.
upstream-what-unavailable = Al momento { $provider } non è raggiungibile o non risponde come dovrebbe.
upstream-what-refused = { $provider } non ha accettato la richiesta di { $installation }. Probabilmente un’impostazione è sbagliata, lì o qui. Non è colpa tua.
upstream-what-untrusted = La risposta di { $provider } non ha superato i controlli, quindi nessuno ha effettuato l’accesso.
upstream-what-not-anew = { $provider } non può verificare di nuovo la tua identità, ed è proprio ciò che qui viene richiesto.
upstream-what-stale = Questo tentativo era già concluso, è durato più di dieci minuti oppure è iniziato in un altro browser.
upstream-what-throttled = Ci sono stati troppi tentativi falliti. Riprova tra { $n ->
    [one] { $n } minuto.
   *[other] { $n } minuti.
}
upstream-what-disabled = Il tuo account su { $installation } al momento non può essere usato.
upstream-what-domain = Con { $provider } possono accedere qui solo persone con determinati indirizzi e-mail. Il tuo non è tra questi, oppure { $provider } non lo ha verificato.
upstream-what-taken = Su { $installation } esiste già un account con l’indirizzo e-mail indicato da { $provider }.
upstream-what-unknown = Nessun account su { $installation } è collegato al tuo account { $provider }.
upstream-what-anothers = Quell’account { $provider } è collegato a un altro account su { $installation }.
upstream-what-session = L’accesso attuale non è più quello della persona che lo aveva chiesto.
upstream-do-again = Riprova, oppure scegli un altro modo.
upstream-do-wait = Aspetta qualche minuto, poi riprova.
upstream-do-tell = Se non basta, avvisa chi gestisce { $installation }.
upstream-do-link = Se hai un account qui, accedi con la password o la passkey. Poi collega { $provider } nel tuo account, sotto “Sicurezza”.
upstream-do-create = Se non hai ancora un account qui, puoi crearne uno dalla pagina di accesso.
upstream-do-other = Usa un altro account { $provider }.
upstream-back = Torna alla pagina di accesso
upstream-back-account = Torna al tuo account

## In one's account

upstream-heading = Account presso altri fornitori
upstream-lead = Con un account collegato presso un altro fornitore puoi accedere anche qui, senza password.
upstream-address = Indirizzo e-mail lì
upstream-link = Collega { $provider }
upstream-link-another = Collega un altro account { $provider }
upstream-link-title = Collegare il tuo account { $provider }?
upstream-link-what = Vai su { $provider } e accedi lì. Da quel momento, chiunque possa usare quell’account può accedere al tuo account su { $installation }.
upstream-link-go = Continua verso { $provider }
upstream-unlink = Rimuovi il collegamento
upstream-unlink-title = Rimuovere il collegamento con { $provider }?
upstream-unlink-what = Dopo non potrai più accedere a { $installation } con quell’account. L’account { $provider } resta com’è.
upstream-unlink-last = Non hai nessun altro modo di accedere. Prima imposta una password o aggiungi una passkey.
upstream-done-linked = Il tuo account { $name } è collegato.
upstream-done-unlinked = Il collegamento con { $name } è stato rimosso.
account-event-upstream-linked = È stato collegato un account presso un altro fornitore
account-event-upstream-unlinked = È stato rimosso il collegamento con un account presso un altro fornitore
account-event-upstream-failed = Un accesso con un account presso un altro fornitore non è riuscito

## In mails

mail-upstream-linked-what = Un account { $provider } è stato collegato all’account di { $name } su { $installation }. Ora può essere usato per accedere.
mail-upstream-unlinked-what = Il collegamento tra un account { $provider } e l’account di { $name } su { $installation } è stato rimosso.
