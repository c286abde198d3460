# The question whether an app may use the account.

consent-title = Autoriser { $app } ?
consent-heading = Autoriser { $app } à utiliser votre compte ?
consent-app = Application
consent-account = Compte
consent-signed-in-as = Compte connecté :
consent-switch = Ce n’est pas vous ?
# The app's own name for itself is an address; this is its host.
consent-id-host = connue par son adresse sur { $host }
consent-checked = vérifiée par { $installation }
consent-unchecked = non vérifiée par { $installation } : n’importe qui a pu choisir ce nom
# A list follows: "know that you have an account here", "see your e-mail address".
consent-able = L’application pourra
# The same, where some of it was allowed before.
consent-also-able = L’application pourra aussi désormais
consent-untick = Décochez ce que vous ne voulez pas.
consent-your-account = Votre compte
# After one thing of the list.
consent-required = toujours inclus
consent-new = nouveau
consent-since = depuis la dernière fois
consent-offline = Elle continue d’utiliser ce que vous autorisez ici, même après sa fermeture ou votre déconnexion, jusqu’à ce que vous le lui retiriez.
consent-only-account = Elle saura seulement que vous avez un compte ici.
# One of the list, where an app asks to come into a service and for nothing there.
consent-entry = y montrer qu’elle agit pour vous
# Opens a list of what was allowed before.
consent-already = Vous autorisez déjà
# A list follows.
consent-left-out = Non inclus, car votre compte n’y a pas droit :
consent-never = Elle ne reçoit jamais votre mot de passe, et ne peut rien faire avec votre compte qui ne figure pas ici.
consent-goes = Vous irez ensuite vers <strong>{ $host }</strong>
consent-goes-app = Vous irez ensuite vers une application sur cet appareil : <strong>{ $host }</strong>
consent-this-device = Cette adresse mène à cet ordinateur lui-même, et n’importe quel programme qui s’y trouve pourrait répondre. N’autorisez que si vous venez vous-même de lancer { $app } ici.
consent-app-on-device = Une autre application de cet appareil pourrait répondre à sa place. N’autorisez que si vous venez vous-même d’ouvrir { $app }.
consent-deny = Refuser
consent-allow = Autoriser
consent-take-back = Vous pouvez retirer cette autorisation à tout moment sous <a>Applications connectées</a>.
consent-take-back-ask = Vous pouvez retirer cette autorisation à tout moment : adressez-vous aux responsables de { $installation }.

## For how long

consent-how-long = Pour combien de temps ?
consent-lasts-always = Jusqu’à ce que je retire mon accord
# Until { $date } was chosen last time.
consent-lasts-always-all = Y compris ce que vous aviez autorisé jusqu’au { $date }.
consent-lasts-limited = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}
consent-lasts-limited-help = L’autorisation prend fin le { $date } ; la question vous sera alors reposée.
# The same, where some of it was allowed before.
consent-lasts-limited-all = L’autorisation prend fin le { $date }, avec ce que vous autorisez déjà ; la question vous sera alors reposée.
consent-lasts-once = Cette fois-ci
consent-lasts-once-help = La question vous sera reposée la prochaine fois. L’autorisation prend fin quand vous vous déconnectez d’ici, au plus tard le { $date }.
consent-lasts-once-offline = L’application ne garde pas l’accès en votre absence.

## What an app may do: each follows "It will be able to"

scope-openid = savoir que vous avez un compte ici
scope-profile = voir votre nom et votre profil
scope-email = voir votre adresse e-mail
scope-address = voir votre adresse postale
scope-phone = voir votre numéro de téléphone
scope-offline-access = garder l’accès en votre absence
scope-admin = modifier tout ce qu’un administrateur peut modifier
scope-admin-read = voir tout ce qu’un administrateur peut voir
resource-administration = Administration
