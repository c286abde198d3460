# Signing in, choosing an account, signing out, setting up.

sign-in-not-checked = Cette page n’a pas pu être vérifiée. Veuillez vous connecter à nouveau ; les cookies doivent être autorisés.
sign-in-busy = Un très grand nombre de personnes se connectent en ce moment. Veuillez réessayer dans quelques secondes.
login-heading-app = Connectez-vous pour continuer vers { $app }
login-unchecked = Cette application n’a pas été vérifiée par { $installation } : n’importe qui a pu choisir ce nom. Ne continuez que si vous faites confiance au site ou à l’application d’où vous venez.
login-username = Nom d’utilisateur
login-name = Nom d’utilisateur ou adresse e-mail
login-password = Mot de passe
password-show = Afficher le mot de passe
login-again = Veuillez vous connecter à nouveau pour confirmer que c’est bien vous.
login-mismatch = Ce nom d’utilisateur et ce mot de passe ne correspondent pas.
login-throttled = Il y a eu trop d’essais incorrects. Veuillez réessayer dans { $n ->
    [one] { $n } minute.
   *[other] { $n } minutes.
}
login-foot = Votre mot de passe reste chez { $installation }. { $app } ne le voit jamais.
app-about = À propos de l’application :
app-privacy = Confidentialité
app-terms = Conditions d’utilisation
new-tab = (s’ouvre dans un nouvel onglet)
# After the label of a button: which one it is for.
the-one =  : { $what }

## Which account

choose-title = Quel compte ?
choose-app = Pour continuer vers { $app }
choose-current = Continuer en tant que { $name }
choose-other = Utiliser un autre compte

## Back to an app, by a form

form-post-title = Retour à { $app }
# Which app it is, is not known.
form-post-title-unknown = Retour à l’application
form-post-wait = Si rien ne se passe, appuyez sur le bouton.
form-post-go-on = Continuer

## Signing out

logout-title = Se déconnecter ?
logout-heading = Se déconnecter de { $installation } ?
logout-app-asks = { $app } demande à vous déconnecter. D’autres applications que vous utilisez à partir d’ici peuvent aussi vous déconnecter.
logout-others = Les applications que vous utilisez à partir d’ici peuvent aussi vous déconnecter.
logout-who = Compte connecté : { $name }
logout-who-username = Compte connecté : { $name } ({ $username })
logout-then = Après la déconnexion, vous irez vers <strong>{ $host }</strong>.
logout-stay = Ne pas se déconnecter
logout-sign-out = Se déconnecter
signed-out-title = Déconnexion effectuée
signed-out-heading = Votre session est fermée
signed-out-telling = La déconnexion des autres applications est en cours. Dans un instant, vous irez vers <strong>{ $host }</strong>.
signed-out-go-on = Continuer vers { $host }
signed-out-others = Votre session est peut-être encore ouverte dans des applications que vous avez utilisées à partir d’ici. Sur un ordinateur partagé, déconnectez-vous aussi de celles-ci.
signed-out-again = Se reconnecter
signed-out-frame = Déconnexion de { $app }

## Setting up

setup-title = Configuration
setup-heading = Qui s’occupe de ce serveur ?
setup-what = Vous créez ici le premier compte d’administration. Cela ne marche qu’une fois ; les autres personnes seront ajoutées plus tard.
setup-problems = Il reste à corriger :
setup-not-checked = La page n’a pas pu être vérifiée. Veuillez l’envoyer à nouveau ; les cookies doivent être autorisés.
setup-name = Nom complet
setup-email = Adresse e-mail
setup-optional = (facultatif)
setup-wrong-username = Un nom d’utilisateur compte de 1 à 100 caractères, sans @ ni espace au début ou à la fin.
setup-taken = Ce nom d’utilisateur ou cette adresse sont déjà pris. Choisissez-en d’autres.
setup-password-help = Au moins { $count } caractères. Quelques mots à la suite sont faciles à retenir et difficiles à deviner.
setup-make = Créer le compte d’administration
setup-done-title = Terminé
setup-done-heading = Le serveur est prêt
setup-done-who = <strong>{ $username }</strong> administre maintenant ce serveur, et le lien de configuration ne fonctionne plus.
setup-done-next = Ensuite : enregistrer une première application
setup-done-console = Connectez-vous : l’administration demande de quelle application il s’agit, propose des réglages sûrs et montre ce qu’il faut copier dans l’application.
setup-done-command = Ou, sur la machine où tourne le serveur, indiquez le nom de l’application et l’adresse où l’on revient après la connexion :
setup-done-command-label = Commande
setup-done-prints = La commande affiche l’identifiant et le secret de l’application, le secret cette seule fois.
setup-done-then = Puis : indiquer à l’application où trouver ce serveur
setup-done-address = La plupart des bibliothèques n’ont besoin que de cette adresse :

## The second step of signing in

verify-title = Encore une étape
verify-heading = Saisissez le code de votre application d’authentification
verify-heading-recovery = Saisissez un code de secours
verify-heading-passkey = Utilisez votre clé d’accès
verify-who = Connexion en tant que { $account }
verify-code = Code
verify-code-help = Les 6 chiffres que votre application d’authentification affiche en ce moment
verify-recovery-code = Code de secours
verify-recovery-help = L’un des codes que vous avez conservés en configurant la deuxième étape. Chacun ne sert qu’une fois.
verify-use-recovery = Utiliser plutôt un code de secours
verify-use-app = Utiliser plutôt l’application d’authentification
verify-use-passkey = Utiliser plutôt une clé d’accès
verify-passkey-only = Si ce navigateur ne peut pas utiliser votre clé d’accès, connectez-vous avec un autre navigateur.
verify-passkey-or-recovery = Si ce navigateur ne peut pas utiliser votre clé d’accès, connectez-vous avec un autre navigateur ou utilisez un code de secours.
verify-go-on = Continuer
verify-wrong = Ce code est incorrect ou a déjà servi. Attendez le code suivant de votre application d’authentification et saisissez-le.
verify-recovery-wrong = Ce code est incorrect ou a déjà servi. Essayez un autre de vos codes.
verify-throttled = Il y a eu trop de codes incorrects. Veuillez réessayer dans { $n ->
    [one] { $n } minute.
   *[other] { $n } minutes.
}
verify-app = Vous continuerez ensuite vers { $app }.

## More is wanted than the person has set up

enrol-title = Une deuxième étape est nécessaire
enrol-heading = Configurez d’abord une deuxième étape
enrol-app-wants = { $app } demande plus qu’un mot de passe.
enrol-we-want = { $installation } vous demande plus qu’un mot de passe.
enrol-what = La deuxième étape peut être une clé d’accès, ou une application sur votre téléphone qui affiche des codes. La configurer prend une minute ; elle vous sera ensuite demandée à la connexion.
enrol-passkey = Il faut une clé d’accès : votre téléphone, votre ordinateur ou une clé de sécurité confirme que c’est bien vous.
enrol-set-up = Configurer
enrol-new-tab = La configuration s’ouvre dans un nouvel onglet. Revenez ici quand vous avez terminé.
enrol-done = C’est fait, continuer
