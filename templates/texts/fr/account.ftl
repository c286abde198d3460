# A person's own account.

## The frame

account-heading = Votre compte
account-skip = Aller au contenu
account-signed-in-as = Compte connecté :
account-sign-out = Se déconnecter
account-console = Administration
account-profile = Profil
account-security = Sécurité
account-sessions = Appareils
account-apps = Applications connectées
account-events = Activité
account-data = Vos données

account-stale-title = Ce formulaire n’a pas pu être vérifié
account-stale-what = Il date d’une connexion précédente, ou ne venait pas d’ici. Rien n’a été modifié. Ce n’est pas votre faute.
account-stale-do = Rechargez la page, puis envoyez à nouveau le formulaire.
account-stale-back = Recharger la page

account-optional = (facultatif)
account-save = Enregistrer
account-managed = Ce compte est défini dans un fichier par les responsables de ce serveur ; il ne peut donc pas être modifié ici.

## Profile

account-profile-title = Profil
account-profile-about = À propos de vous
account-profile-lead = Les applications n’en voient que ce que vous leur autorisez.
account-name = Nom complet
account-username = Nom d’utilisateur
account-email = Adresse e-mail
account-email-verified = vérifiée
account-email-unverified = pas encore vérifiée
account-roles = Rôles
account-signed-in = Connexion
account-language = Langue
account-language-browser = Celle du navigateur
account-given-name = Prénom
account-family-name = Nom de famille
account-nickname = Surnom
account-website = Site web
account-picture = Adresse de votre photo
account-birthdate = Date de naissance
account-birthdate-help = Année, mois, jour : 1990-12-31. Saisissez 0000 comme année pour ne pas la révéler.
account-zone = Fuseau horaire
account-zone-help = Par exemple Europe/Paris
account-wrong-text = C’est trop long, ou il y a des caractères qui ne peuvent pas être affichés.
account-wrong-link = Saisissez l’adresse complète d’une page ou d’une image, avec https:// au début.
account-wrong-date = Écrivez la date sous la forme année-mois-jour, par exemple 1990-12-31.
account-wrong-zone = Indiquez le fuseau horaire par son nom, par exemple Europe/Paris.
account-reach = Téléphone et adresse postale
account-phone = Numéro de téléphone
account-phone-help = Avec l’indicatif du pays, par exemple +33 1 23 45 67 89.
account-phone-help-verified = Ce numéro est vérifié. Si vous le modifiez, le nouveau ne le sera pas.
account-phone-verified = vérifié
account-wrong-phone = Écrivez le numéro avec + et l’indicatif du pays au début, par exemple +33 1 23 45 67 89.
account-street = Numéro et rue
account-postal-code = Code postal
account-locality = Ville
account-region = Région ou État
account-country = Pays
account-known = Également conservé ici
account-known-lead = Les applications le voient aussi, si vous les y autorisez. Si quelque chose est inexact, prévenez les responsables de { $installation }.
account-preferred-username = Nom d’utilisateur pour les applications
account-middle-name = Deuxième prénom
account-gender = Genre
account-profile-page = Page de profil
account-locale = Langue pour les applications
account-address = Adresse postale
account-done-profile = Votre profil a été enregistré.

## Password

account-password-title = Mot de passe
account-password-change = Changer de mot de passe
account-password-set = Définir un mot de passe
account-password-current = Mot de passe actuel
account-password-new = Nouveau mot de passe
account-password-repeated = Confirmez le nouveau mot de passe
account-password-help = { $n ->
    [one] Au moins { $n } caractère. Quelques mots à la suite sont faciles à retenir et difficiles à deviner.
   *[other] Au moins { $n } caractères. Quelques mots à la suite sont faciles à retenir et difficiles à deviner.
}
account-password-end-others = Se déconnecter partout ailleurs
account-password-end-others-help = Si quelqu’un d’autre connaît peut-être votre mot de passe, cela ferme ses sessions.
account-password-wrong = Ce n’est pas votre mot de passe actuel.
account-password-differ = Les deux nouveaux mots de passe ne sont pas identiques.
account-password-throttled = Il y a eu trop d’essais incorrects. Veuillez réessayer dans { $n ->
    [one] { $n } minute.
   *[other] { $n } minutes.
}
account-password-busy = Un très grand nombre de personnes se connectent en ce moment. Veuillez réessayer dans quelques secondes.
account-done-password = Votre mot de passe a été changé. Les applications autorisées à utiliser votre compte le peuvent toujours : <a>vérifiez-les</a> si l’une d’elles vous paraît douteuse.

## Sessions

account-sessions-title = Où votre compte est ouvert
account-sessions-lead = Tous les navigateurs où votre session est encore ouverte. L’appareil est celui qu’indique le navigateur.
account-sessions-this = Ce navigateur
account-sessions-address = Adresse IP
account-sessions-seen = Dernière activité
account-sessions-since = Connexion
account-sessions-end = Déconnecter
account-sessions-the-one =  : { $device }, { $time }
account-sessions-end-others = Se déconnecter partout ailleurs
account-sessions-no-others = Votre compte n’est ouvert nulle part ailleurs.
account-done-session = Cet appareil est déconnecté.
account-done-others = Votre compte est déconnecté partout ailleurs.

# A browser and a system, by their names.
account-device = { $browser } sur { $system }
account-device-browser = { $browser }
account-device-system = Un navigateur sur { $system }
account-device-unknown = Navigateur inconnu

## Connected apps

account-apps-title = Applications connectées
account-apps-lead = Ces applications peuvent utiliser votre compte. En déconnecter une lui retire aussitôt tout ce qu’elle a reçu ; elle pourra vous le redemander.
account-apps-none = Aucune application ne peut encore utiliser votre compte. Celles que vous autorisez apparaîtront ici.
account-apps-may = L’application peut
account-apps-at = Pour { $resource }, l’application peut
account-apps-since = Depuis le
account-apps-used = Dernière utilisation
account-apps-until = Fin
account-apps-always = Pas avant que vous ne retiriez l’autorisation
account-apps-disconnect = Déconnecter
account-done-disconnected = { $name } n’a plus accès à votre compte.

## Activity

account-events-title = Activité
account-events-lead = Ce qui s’est passé sur votre compte. Si quelque chose ne vient pas de vous, changez de mot de passe et déconnectez-vous partout ailleurs.
account-events-none = Rien pour l’instant.
account-events-by-others = Par un administrateur
account-events-pager = Plus ancien et plus récent
account-events-newest = Les plus récents
account-events-older = Plus anciens

account-event-added = Le compte a été créé
account-event-signed-in = Connexion
account-event-signed-in-to = Connexion à { $app }
account-event-failed = Une connexion a échoué
account-event-failed-at = Une connexion à { $app } a échoué
account-event-throttled = Les connexions ont été suspendues un moment après trop d’essais incorrects
account-event-signed-out = Déconnexion
account-event-ended = Un appareil a été déconnecté
account-event-updated = Le profil a été modifié
account-event-disabled = Le compte a été désactivé
account-event-enabled = Le compte a été réactivé
account-event-password = Un nouveau mot de passe a été défini
account-event-allowed = Vous avez autorisé { $app } à utiliser votre compte
account-event-denied = Vous n’avez pas accordé à { $app } ce qu’elle demandait
account-event-withdrawn = { $app } a été déconnectée
account-event-connected = { $app } a reçu un accès
account-event-revoked = { $app } a perdu son accès
account-event-replayed = { $app } a présenté une clé qui avait déjà servi, et a donc perdu son accès
account-event-factor-added = Une deuxième étape de connexion a été ajoutée
account-event-factor-removed = Une deuxième étape de connexion a été retirée
account-event-codes-made = De nouveaux codes de secours ont été créés
account-event-code-used = Un code de secours a été utilisé
account-event-reset-asked = Un lien pour définir un nouveau mot de passe a été demandé
account-event-sign-up-asked = Quelqu’un a voulu créer un deuxième compte avec cette adresse e-mail
account-event-address-asked = Un changement d’adresse e-mail a été demandé
account-event-address = L’adresse e-mail a été vérifiée
account-event-other = Quelque chose a été modifié

## Your data

account-data-title = Vos données
account-data-what = Tout ce qui est conservé ici à votre sujet, dans un seul fichier que des programmes peuvent lire (JSON) : votre profil, vos appareils, vos applications et votre activité. Il ne contient ni mots de passe ni clés.
account-data-download = Télécharger vos données
account-data-end = Supprimer votre compte
account-data-delete = Tout ce qui est conservé ici à votre sujet est supprimé pour de bon.

account-delete-title = Supprimer votre compte ?
account-delete-go = Supprimer le compte
account-delete-effects = Ce qui se passera alors :
account-delete-effect-out = Toutes vos sessions sont fermées.
account-delete-effect-apps = Chaque application où vous vous connectez avec ce compte perd son accès, et vous ne pouvez plus vous y connecter de cette façon.
account-delete-effect-gone = Personne ne peut rétablir le compte.
account-delete-type = Pour confirmer, saisissez votre nom d’utilisateur : <strong>{ $username }</strong>
account-delete-wrong = Ce n’est pas votre nom d’utilisateur.
account-delete-last = Personne d’autre ne peut se connecter comme administrateur. Donnez d’abord ce rôle à quelqu’un d’autre.
account-deleted-title = Votre compte a été supprimé
account-deleted-what = Toutes vos sessions sont fermées, et ce qui était conservé à votre sujet a été supprimé.
