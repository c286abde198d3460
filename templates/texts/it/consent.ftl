# The question whether an app may use the account.

consent-title = Autorizzare { $app }?
consent-heading = Vuoi autorizzare { $app } a usare il tuo account?
consent-app = App
consent-account = Account
consent-signed-in-as = Accesso effettuato come
consent-switch = Non sei tu?
# The app's own name for itself is an address; this is its host.
consent-id-host = conosciuta dal suo indirizzo su { $host }
consent-checked = verificata da { $installation }
consent-unchecked = non verificata da { $installation }: chiunque potrebbe aver scelto questo nome
# A list follows: "know that you have an account here", "see your e-mail address".
consent-able = L’app potrà
# The same, where some of it was allowed before.
consent-also-able = D’ora in poi l’app potrà anche
consent-untick = Togli la spunta a ciò che non vuoi.
consent-your-account = Il tuo account
# After one thing of the list.
consent-required = sempre compreso
consent-new = nuovo
consent-since = dall’ultima volta
consent-offline = L’app continua a usare ciò che autorizzi qui anche dopo che l’hai chiusa o hai effettuato l’uscita, finché l’autorizzazione non scade o non la revochi.
consent-only-account = L’app saprà solo che hai un account qui.
# One of the list, where an app asks to come into a service and for nothing there.
consent-entry = mostrare lì che agisce per te
# Opens a list of what was allowed before.
consent-already = Autorizzi già
# A list follows.
consent-left-out = Non compreso, perché il tuo account non può farlo
consent-never = L’app non riceve mai la tua password e con il tuo account non può fare nulla che non sia indicato qui.
consent-goes = Poi passerai a <strong>{ $host }</strong>
consent-goes-app = Poi passerai a un’app su questo dispositivo: <strong>{ $host }</strong>
consent-this-device = Quell’indirizzo porta a questo stesso computer, e qualsiasi programma installato potrebbe rispondere. Autorizza solo se qui hai appena avviato { $app } di persona.
consent-app-on-device = Un’altra app su questo dispositivo potrebbe rispondere al suo posto. Autorizza solo se hai appena aperto { $app } di persona.
consent-deny = Rifiuta
consent-allow = Autorizza
consent-take-back = Puoi revocare l’autorizzazione in qualsiasi momento in <a>App collegate</a>.
consent-take-back-ask = Puoi revocare l’autorizzazione in qualsiasi momento: rivolgiti a chi gestisce { $installation }.

## For how long

consent-how-long = Per quanto tempo?
consent-lasts-always = Finché non revoco l’autorizzazione
# Until { $date } was chosen last time.
consent-lasts-always-all = Questo prolunga anche ciò che avevi autorizzato con scadenza { $date }.
consent-lasts-limited = { $days ->
    [one] { $days } giorno
   *[other] { $days } giorni
}
consent-lasts-limited-help = Scadenza: { $date }; poi te lo chiederemo di nuovo.
# The same, where some of it was allowed before.
consent-lasts-limited-all = Scadenza: { $date }, insieme a ciò che autorizzi già; poi te lo chiederemo di nuovo.
consent-lasts-once = Solo questa volta
consent-lasts-once-help = La prossima volta te lo chiederemo di nuovo. L’autorizzazione finisce quando esci da qui; scadenza ultima: { $date }.
consent-lasts-once-offline = L’app non resta collegata quando non ci sei.

## What an app may do: each follows "It will be able to"

scope-openid = sapere che hai un account qui
scope-profile = vedere il tuo nome e il tuo profilo
scope-email = vedere il tuo indirizzo e-mail
scope-address = vedere il tuo indirizzo postale
scope-phone = vedere il tuo numero di telefono
scope-offline-access = restare collegata quando non ci sei
scope-admin = modificare tutto ciò che può modificare un amministratore
scope-admin-read = vedere tutto ciò che può vedere un amministratore
resource-administration = Amministrazione
