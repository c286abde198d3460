# Passkeys, authenticator apps and recovery codes.

## What is set up

security-title = Vos moyens de connexion
security-lead = Ce qui montre que c’est bien vous, et ce qui aide si vous perdez votre téléphone.
security-added = Date d’ajout
security-used = Dernière utilisation
security-never-used = Jamais
security-change = Modifier
security-password-changed = Dernière modification

security-passkeys = Clés d’accès
security-passkeys-what = Votre téléphone, votre ordinateur ou une clé de sécurité confirme que c’est bien vous, avec votre empreinte, votre visage ou un code PIN. Personne ne peut voler une clé d’accès avec une fausse page.
security-passkey-add = Ajouter une clé d’accès
security-no-passkeys-here = Les clés d’accès ne sont pas possibles ici, car l’adresse de ce serveur est un numéro et non un nom.

security-app = Application d’authentification
security-app-what = Une application sur votre téléphone affiche un nouveau code toutes les trente secondes. Vous le saisissez après votre mot de passe.
security-app-add = Configurer une application
security-app-remove = Retirer l’application

security-codes = Codes de secours
security-codes-what = Chaque code vous permet d’entrer une fois, quand vous n’avez pas votre clé d’accès ou votre application sous la main.
security-codes-none-yet = Vous les recevrez avec votre première clé d’accès ou application d’authentification.
security-codes-left = { $n ->
    [0] Il ne vous reste aucun code.
    [one] Il vous reste un code.
   *[other] Il vous reste { $n } codes.
}
security-codes-make = Créer de nouveaux codes

## What removing one means

security-means-one-less = Vous avez une autre deuxième étape, qui reste en place.
security-means-password-alone = Il ne vous reste que cette deuxième étape. Ensuite, votre mot de passe suffira pour se connecter à votre place, et vos codes de secours ne seront plus valables.
security-means-elsewhere-alone = Il ne vous reste que cette deuxième étape. Ensuite, un compte chez un autre fournisseur suffira pour se connecter à votre place, et vos codes de secours ne seront plus valables.
security-means-must-stay = Il ne vous reste que cette deuxième étape, et votre compte doit en avoir une. Ajoutez-en d’abord une autre.
security-means-locked-out = Vous n’avez pas de mot de passe : sans cette clé d’accès, vous ne pourriez plus vous connecter. Ajoutez d’abord une autre clé d’accès.
security-end-others-help = Si un appareil est perdu, ou si quelqu’un d’autre peut s’en servir, cela y ferme la session.

## A passkey

security-passkey-new-title = Ajouter une clé d’accès
security-passkey-new-what = Votre navigateur vous demande de confirmer avec votre empreinte, votre visage ou un code PIN. Il peut aussi proposer votre téléphone ou une clé de sécurité.
security-passkey-name = Nom
security-passkey-name-help = Pour la reconnaître dans la liste.
security-passkey-unnamed = Ma clé d’accès
security-passkey-title = Votre clé d’accès
security-passkey-rename = Enregistrer le nom
security-passkey-remove-title = Retirer cette clé d’accès ?
security-passkey-remove-there = Supprimez-la aussi sur votre appareil, pour qu’il ne la propose plus.
security-passkey-remove = Retirer
security-passkey-refused = Cela n’a pas fonctionné. L’opération a peut-être pris trop de temps. Veuillez réessayer.
security-passkey-known = Cette clé d’accès est déjà ici.
security-passkey-too-many = Vous avez déjà le nombre maximal de clés d’accès. Retirez-en d’abord une.
security-passkey-bad-name = Le nom doit avoir de 1 à 60 caractères visibles.

## An authenticator app

security-app-title = Configurer une application d’authentification
security-app-new-what = Toute application de codes à usage unique convient.
security-app-scan = Scannez cette image avec l’application, ou <a>ouvrez une application sur cet appareil</a>.
security-app-qr = Code QR contenant la clé indiquée au-dessous
security-app-type = Ou saisissez cette clé dans l’application.
security-app-code = Saisissez le code affiché par l’application
security-app-code-help = Six chiffres. Il change toutes les trente secondes.
security-app-wrong = Ce n’est pas le code attendu. Prenez le plus récent, et vérifiez que l’horloge de votre appareil est à l’heure.
security-app-confirm = Configurer
security-app-remove-title = Retirer l’application d’authentification ?
security-app-remove-there = Supprimez aussi l’entrée dans l’application : ses codes ne serviront plus à rien.

## Recovery codes

security-codes-title = Créer de nouveaux codes de secours ?
security-codes-make-what = Dès que vous en créez de nouveaux, les anciens codes ne sont plus valables.
security-codes-shown-title = Vos codes de secours
security-codes-shown-what = Chacun vous permet d’entrer une fois. Enregistrez-les, imprimez-les ou notez-les maintenant : ils ne seront plus affichés.
security-codes-of = { $username } sur { $installation }
security-codes-copy = Copier
security-codes-save = Enregistrer dans un fichier
security-codes-print = Imprimer
security-codes-copied = Les codes ont été copiés.
security-codes-shown-keep = Gardez-les là où vous les trouverez sans votre téléphone. Toute personne qui a votre mot de passe et l’un de ces codes peut se connecter à votre place.
security-codes-kept = Je les ai conservés

## What was done

security-done-passkey = La clé d’accès { $name } a été ajoutée.
security-done-first-passkey = La clé d’accès a été ajoutée.
security-done-renamed = La clé d’accès s’appelle maintenant { $name }.
security-done-passkey-removed = La clé d’accès { $name } a été retirée.
security-done-app = L’application d’authentification est configurée.
security-done-app-removed = L’application d’authentification a été retirée.

## At sign-in

passkey-sign-in = Se connecter avec une clé d’accès
passkey-or = ou
passkey-cancelled = Vous n’avez pas confirmé, ou le temps était écoulé. Vous pouvez essayer encore une fois.
passkey-known = Cet appareil a déjà une clé d’accès pour votre compte.
passkey-failed = Votre navigateur n’y est pas arrivé. Essayez un autre appareil, ou un autre moyen.
passkey-unsupported = Ce navigateur ne prend pas en charge les clés d’accès. Essayez-en un autre, ou un autre appareil.
passkey-no-script = Les clés d’accès ont besoin de JavaScript, qui est désactivé dans ce navigateur. Tout le reste ici fonctionne sans.
passkey-refused-title = Cette clé d’accès n’a pas fonctionné
passkey-refused-what = Elle n’est pas connue ici, ou l’opération a pris trop de temps. Elle a peut-être été retirée de votre compte.
passkey-refused-other = Se connecter autrement
