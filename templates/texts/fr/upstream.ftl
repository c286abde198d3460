# Signing in with an account elsewhere.

## On the sign-in page

upstream-continue = Continuer avec { $provider }

## When it does not work

upstream-failed-title = La connexion avec { $provider } n’a pas abouti
upstream-not-linked-title = Votre compte { $provider } n’a pas été associé
upstream-what-denied = Vous avez annulé chez { $provider }, ou { $provider } ne vous a pas laissé continuer.
upstream-what-unavailable = { $provider } est injoignable pour le moment, ou ne répond pas comme prévu.
upstream-what-refused = { $provider } n’a pas accepté la demande de { $installation }. Un réglage est sans doute incorrect, là-bas ou ici. Ce n’est pas votre faute.
upstream-what-untrusted = La réponse de { $provider } n’a pas passé les vérifications : personne n’a été connecté.
upstream-what-not-anew = { $provider } ne peut pas vérifier à nouveau votre identité, or c’est ce qui est demandé ici.
upstream-what-stale = Cette tentative était déjà terminée, a duré plus de dix minutes ou a commencé dans un autre navigateur.
upstream-what-throttled = Il y a eu trop de tentatives infructueuses. Veuillez réessayer dans { $n ->
    [one] { $n } minute.
   *[other] { $n } minutes.
}
upstream-what-disabled = Votre compte { $installation } ne peut pas être utilisé actuellement.
upstream-what-domain = Seules les personnes ayant certaines adresses e-mail peuvent se connecter ici avec { $provider }. La vôtre n’en fait pas partie, ou { $provider } ne l’a pas vérifiée.
upstream-what-taken = Il existe déjà sur { $installation } un compte avec l’adresse e-mail indiquée par { $provider }.
upstream-what-unknown = Aucun compte { $installation } n’est associé à votre compte { $provider }.
upstream-what-anothers = Ce compte { $provider } est associé à un autre compte { $installation }.
upstream-what-session = La personne qui a fait cette demande n’est plus celle qui est connectée.
upstream-do-again = Réessayez, ou choisissez un autre moyen.
upstream-do-wait = Patientez quelques minutes, puis réessayez.
upstream-do-tell = Si cela ne suffit pas, prévenez les responsables de { $installation }.
upstream-do-link = Si vous avez un compte ici, connectez-vous avec votre mot de passe ou votre clé d’accès. Associez ensuite { $provider } dans votre compte, sous « Sécurité ».
upstream-do-create = Si vous n’avez pas encore de compte ici, vous pouvez en créer un depuis la page de connexion.
upstream-do-other = Utilisez un autre compte { $provider }.
upstream-back = Retour à la page de connexion
upstream-back-account = Retour à votre compte

## In one's account

upstream-heading = Comptes chez d’autres fournisseurs
upstream-lead = Avec un compte associé chez un autre fournisseur, vous pouvez aussi vous connecter ici, sans mot de passe.
upstream-address = Adresse e-mail là-bas
upstream-link = Associer { $provider }
upstream-link-another = Associer un autre compte { $provider }
upstream-link-title = Associer votre compte { $provider } ?
upstream-link-what = Vous allez chez { $provider } et vous y connectez. Dès lors, quiconque peut utiliser ce compte peut se connecter à votre compte { $installation }.
upstream-link-go = Continuer vers { $provider }
upstream-unlink = Supprimer l’association
upstream-unlink-title = Supprimer l’association avec { $provider } ?
upstream-unlink-what = Vous ne pourrez plus vous connecter à { $installation } avec ce compte. Le compte { $provider } reste tel quel.
upstream-unlink-last = Vous n’avez aucun autre moyen de vous connecter. Définissez d’abord un mot de passe ou ajoutez une clé d’accès.
upstream-done-linked = Votre compte { $name } a été associé.
upstream-done-unlinked = L’association avec { $name } a été supprimée.
account-event-upstream-linked = Un compte chez un autre fournisseur a été associé
account-event-upstream-unlinked = L’association avec un compte chez un autre fournisseur a été supprimée
account-event-upstream-failed = Une connexion avec un compte chez un autre fournisseur a échoué

## In mails

mail-upstream-linked-what = Un compte { $provider } a été associé au compte de { $name } sur { $installation }. Il peut désormais servir à se connecter.
mail-upstream-unlinked-what = L’association entre un compte { $provider } et le compte de { $name } sur { $installation } a été supprimée.
