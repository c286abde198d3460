# Words that many pages share.

month = { $month ->
    [1] gennaio
    [2] febbraio
    [3] marzo
    [4] aprile
    [5] maggio
    [6] giugno
    [7] luglio
    [8] agosto
    [9] settembre
    [10] ottobre
    [11] novembre
   *[12] dicembre
}
date = { $day ->
    [1] 1º { $month } { $year }
   *[other] { $day } { $month } { $year }
}
date-time = { $day ->
    [1] 1º { $month } { $year }, { $time } UTC
   *[other] { $day } { $month } { $year }, { $time } UTC
}

sign-in = Accedi
cancel = Annulla

## The installation's own links

foot-privacy = Privacy
foot-terms = Condizioni d’uso
foot-help = Aiuto

## The page at the root

home-title = Server di accesso
home-heading = Accedi a { $installation }
home-what = Le app che usano { $installation } ti mandano qui per accedere, chiedono che cosa possono fare e ti riportano indietro.
home-setup-heading = Configura { $installation }
home-needs-setup = Non c’è ancora un amministratore. Apri il link di configurazione che il server ha mostrato all’avvio.
home-demo = Fai il giro guidato di un minuto
home-developers = Per gli sviluppatori
home-issuer = Emittente
home-discovery = Discovery

# Used by a test alone: values, marks and a link.
test-only = Vedi <i> { $app } in <a>Apps</a>.
