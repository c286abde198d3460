# What mails say.

mail-link-plain = Si cela ne fonctionne pas, copiez cette adresse dans votre navigateur :
mail-link-label = { $label } :
mail-username = Nom d’utilisateur : { $username }

## A link to set a new password

mail-reset-subject = Choisir un nouveau mot de passe pour { $installation }
mail-reset-asked = Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour { $name } sur { $installation }.
mail-reset-by-admin = Les responsables de { $installation } envoient à { $name } ce lien pour choisir un mot de passe.
mail-reset-button = Choisir un nouveau mot de passe
mail-reset-lasts = { $n ->
    [one] Le lien ne sert qu’une fois et reste valable { $n } minute.
   *[other] Le lien ne sert qu’une fois et reste valable { $n } minutes.
}
mail-reset-not-you = Si ce n’était pas vous, ne faites rien : le mot de passe reste le même, et personne d’autre n’a ce lien.

## A link that shows whose an address is

mail-verify-subject = Est-ce votre adresse sur { $installation } ?
mail-verify-asked = Quelqu’un, sans doute vous, a donné cette adresse sur { $installation }.
mail-verify-button = Oui, c’est la mienne
mail-verify-lasts = { $n ->
    [one] Le lien ne sert qu’une fois et reste valable { $n } heure.
   *[other] Le lien ne sert qu’une fois et reste valable { $n } heures.
}
mail-verify-not-you = Si vous ne savez pas pourquoi vous recevez ceci, ne faites rien : l’adresse ne sera pas utilisée.

## What happened to an account

mail-device-subject = Nouvelle connexion sur { $installation }
mail-device-what = Quelqu’un s’est connecté au compte de { $name } sur { $installation }, avec un navigateur jamais utilisé pour cela auparavant.
mail-password-subject = Votre mot de passe sur { $installation } a été changé
mail-password-what = Le mot de passe de { $name } sur { $installation } a été changé.
mail-app-subject = Une nouvelle application peut utiliser votre compte sur { $installation }
mail-app-what = { $app } peut maintenant utiliser le compte de { $name } sur { $installation }.
mail-app-checked = Cette application a été vérifiée par { $installation }.
mail-app-unchecked = Cette application n’a pas été vérifiée par { $installation } : n’importe qui a pu choisir ce nom. Si vous ne lui faites pas confiance, déconnectez-la.
mail-factor-added-subject = Un moyen de connexion a été ajouté sur { $installation }
mail-factor-added-what = { $factor ->
    [passkey] Une clé d’accès a été ajoutée au compte de { $name } sur { $installation }.
   *[totp] Une application d’authentification a été ajoutée au compte de { $name } sur { $installation }.
}
mail-factor-removed-subject = Un moyen de connexion a été retiré sur { $installation }
mail-factor-removed-what = { $factor ->
    [passkey] Une clé d’accès a été retirée du compte de { $name } sur { $installation }.
    [totp] L’application d’authentification a été retirée du compte de { $name } sur { $installation }.
   *[all] Toutes les clés d’accès, l’application d’authentification et les codes de secours ont été retirés du compte de { $name } sur { $installation }.
}
mail-codes-renewed-subject = De nouveaux codes de secours ont été créés sur { $installation }
mail-codes-renewed-what = De nouveaux codes de secours ont été créés pour le compte de { $name } sur { $installation }. Les précédents ne fonctionnent plus.
mail-code-used-subject = Un code de secours a été utilisé sur { $installation }
mail-code-used-what = Un code de secours de { $name } a été utilisé sur { $installation } à la place d’une clé d’accès ou de l’application d’authentification. Ce code ne peut plus servir.
mail-codes-throttled-subject = Trop de codes incorrects sur { $installation }
mail-codes-throttled-what = Quelqu’un a passé la première étape de la connexion au compte de { $name } sur { $installation }, en général le mot de passe, puis a saisi trop de codes incorrects. Aucun code n’y est accepté pendant un moment.
mail-address-subject = Votre adresse sur { $installation } a été changée
mail-address-what = L’adresse e-mail de { $name } sur { $installation } est maintenant une autre. Plus rien n’arrivera à celle-ci.
mail-when = Quand : { $time }
mail-from-address = Depuis l’adresse IP : { $address }
mail-browser = Avec le navigateur : { $browser }
mail-look = Voir votre compte
mail-was-you = Si c’était vous, il n’y a rien à faire.
mail-was-not-you = Si ce n’était pas vous, changez tout de suite de mot de passe et déconnectez-vous partout ailleurs. Si vous ne pouvez plus vous connecter, adressez-vous aux responsables de { $installation }.

## A mail that tries out whether mail arrives

mail-test-subject = Un e-mail de { $installation }
mail-test-what = Cet e-mail sert à vérifier que les e-mails de { $installation } arrivent bien. C’est le cas.

## Signing up, and being invited

mail-sign-up-subject = Votre nouveau compte sur { $installation }
mail-sign-up-asked = Quelqu’un, sans doute vous, veut créer un compte sur { $installation } avec cette adresse.
mail-sign-up-button = Créer le compte
mail-sign-up-not-you = Si ce n’était pas vous, ne faites rien : aucun compte ne sera créé.
mail-known-subject = Vous avez un compte sur { $installation }
mail-known-asked = Quelqu’un, sans doute vous, a voulu créer un compte sur { $installation } avec cette adresse. Il en existe déjà un.
mail-known-forgot = Si vous avez oublié le mot de passe, vous pouvez en choisir un nouveau ici : { $address }
mail-known-not-you = Si ce n’était pas vous, il n’y a rien à faire : rien n’a été modifié.
mail-invitation-subject = Invitation à rejoindre { $installation }
mail-invitation-what = Les responsables de { $installation } vous invitent à y créer un compte.
mail-invitation-lasts = Le lien ne sert qu’une fois et reste valable jusqu’au { $time }.
mail-invitation-not-you = Si vous ne savez pas pourquoi vous recevez ceci, ne faites rien : aucun compte ne sera créé.
