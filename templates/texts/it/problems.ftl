# Pages that say what is wrong.

problem-to-do = Che cosa puoi fare
problem-technical = Per chi ti aiuta
problem-id = Se chiedi aiuto, comunica questo codice:
problem-wait-and-reload = Aspetta un momento e ricarica la pagina.

problem-link-title = Questo link di accesso non funziona
problem-link-what = L’app che ti ha mandato qui non ha fatto la richiesta nel modo giusto, quindi non possiamo farti accedere.
problem-link-fault = Non è colpa tua: l’errore è nell’app o in un link.
problem-link-again = Torna all’app e ricomincia.
problem-link-tell = Se non basta, avvisa chi gestisce l’app e comunica il codice qui sotto.

problem-ours-title = Qui qualcosa è andato storto
problem-ours-what = Non siamo riusciti a completare quello che hai chiesto. Non è cambiato nulla.
problem-ours-fault = Non è colpa tua.

problem-unread-title = L’invio non è arrivato
problem-unread-what = Non siamo riusciti a leggere quello che è stato inviato. Non è cambiato nulla. Non è colpa tua.
problem-unread-again = Torna indietro e prova ancora una volta.

problem-nowhere-title = Questa pagina non esiste
problem-nowhere-what = Questo indirizzo qui non porta da nessuna parte.
problem-nowhere-check = Controlla l’indirizzo, oppure riparti dall’inizio.
problem-nowhere-start = Vai alla pagina iniziale

problem-http-title = Questa connessione non è sicura
problem-http-what = Questa pagina va aperta con https, così nessuno lungo il percorso può leggere la tua password.
problem-http-https = Apri l’indirizzo con https:// all’inizio.
problem-http-open = Apri in modo sicuro

problem-before-title = L’hai già fatto
problem-before-what = Questo accesso è già stato completato, forse in un’altra scheda. Nulla è stato fatto due volte.
problem-before-back = Torna all’app. Se non ti riconosce, ricomincia da lì l’accesso.

problem-stale-title = Ricomincia da capo
problem-stale-unreadable = Il link a questa pagina è incompleto o viene da un’altra parte. Non è colpa tua.
problem-stale-changed = L’app che ti ha mandato qui nel frattempo è cambiata. Non è colpa tua.
problem-stale-old = Questa pagina è rimasta aperta a lungo, quindi per la tua sicurezza non funziona più. Non è cambiato nulla. Non è colpa tua.
problem-stale-again = Torna all’app e accedi da lì. Basta un attimo.
problem-stale-back = Torna a { $app }

problem-logout-title = Questo link di uscita non funziona
problem-logout-what = L’app che ti ha mandato qui non ha fatto la richiesta nel modo giusto, quindi non è successo nulla: se il tuo accesso era attivo, lo è ancora. Non è colpa tua.
problem-logout-all = Per uscire da tutto qui, usa il pulsante qui sotto.
problem-logout-tell = Avvisa chi gestisce l’app e comunica il codice qui sotto.

problem-setup-title = Questo non è il link di configurazione
problem-setup-what = Per la configurazione serve il link che il server ha mostrato all’avvio.
problem-setup-look = Guarda che cosa ha mostrato il server all’avvio e apri il link che si trova dopo “set up”.
problem-set-up-title = La configurazione è già stata fatta
problem-set-up-what = C’è già un amministratore, quindi il link di configurazione non funziona più.
problem-set-up-sign-in = Accedi, oppure chiedi un account a un amministratore.

problem-decide-title = Decidi di nuovo
problem-decide-what = Non siamo riusciti a verificare che la decisione fosse tua: forse nel frattempo qui ha effettuato l’accesso qualcun altro. Non è stato consentito nulla. Non è colpa tua.
problem-decide-look = Rileggi la domanda e controlla di quale account si tratta.
problem-decide-back = Torna alla domanda
