# Making an account, and getting back into one.

login-trouble = Un problème pour vous connecter ?

## Asking for a link

forgot-heading = Un problème pour vous connecter ?
forgot-what = Nous envoyons à l’adresse e-mail de votre compte un lien pour choisir un nouveau mot de passe.
forgot-send = Envoyer le lien
forgot-back = Retour à la connexion
forgot-sent-heading = Consultez vos e-mails
forgot-sent-what = S’il existe un compte de ce nom avec une adresse e-mail, un lien est en route vers elle. Il fonctionne pendant une demi-heure.
forgot-sent-nothing = Toujours rien après quelques minutes ? Regardez dans les courriers indésirables, essayez l’adresse au lieu du nom d’utilisateur ou l’inverse, ou adressez-vous à ceux qui vous ont donné le compte.
forgot-empty = Veuillez saisir votre nom d’utilisateur ou votre adresse e-mail.
forgot-stale = Cette page n’a pas pu être vérifiée. Veuillez l’envoyer à nouveau ; les cookies doivent être autorisés.
forgot-throttled = Il y a eu trop de demandes à partir d’ici. Veuillez réessayer dans { $n ->
    [one] { $n } minute.
   *[other] { $n } minutes.
}

## Setting a new password

reset-heading = Choisir un nouveau mot de passe
reset-for = Pour le compte { $username }.
reset-password = Nouveau mot de passe
reset-password-help = { $n ->
    [one] Au moins { $n } caractère. Quelques mots à la suite sont faciles à retenir et difficiles à deviner.
   *[other] Au moins { $n } caractères. Quelques mots à la suite sont faciles à retenir et difficiles à deviner.
}
reset-end-sessions = Fermer toutes les sessions ouvertes avec ce compte
reset-set = Enregistrer le mot de passe
reset-stale = Cette page n’a pas pu être vérifiée. Veuillez l’envoyer à nouveau ; les cookies doivent être autorisés.
reset-busy = Il y a énormément d’activité ici en ce moment. Veuillez réessayer dans quelques secondes.
reset-done-heading = Le nouveau mot de passe est enregistré
reset-done-ended = Toutes les sessions du compte sont fermées. Connectez-vous avec le nouveau mot de passe.
reset-done-kept = Les sessions déjà ouvertes le restent. Désormais, connectez-vous avec le nouveau mot de passe.
reset-done-apps = Les applications autorisées à utiliser votre compte le peuvent toujours. <a>Vérifiez-les</a> si l’une d’elles vous paraît douteuse.
reset-done-security = Si quelqu’un d’autre a pu entrer dans votre compte, vérifiez aussi <a>les moyens de connexion</a> : clés d’accès, application et codes de secours sont restés les mêmes.

password-too-short = { $n ->
    [one] Ce mot de passe est trop court : il lui faut au moins { $n } caractère.
   *[other] Ce mot de passe est trop court : il lui faut au moins { $n } caractères.
}
password-too-long = Ce mot de passe est trop long.
password-is-name = Ce mot de passe est le nom d’utilisateur : c’est ce qu’on essaierait en premier.
password-guessable = Ce mot de passe serait vite deviné : il est courant, ou formé d’éléments courants. Prenez plusieurs mots sans rapport entre eux.

## A link that no longer works

link-dead-heading = Ce lien ne fonctionne plus
link-dead-what = Il a déjà servi, il est trop ancien, ou un plus récent a été envoyé ensuite. Rien n’a été modifié.
link-dead-withdrawn = Les responsables de { $installation } ont retiré cette invitation. Rien n’a été modifié. S’il s’agit d’une erreur, demandez-leur une autre invitation.
link-dead-again = Demander un autre lien
link-dead-account = Vers votre compte

## The page for another address

account-email-title = Adresse e-mail
account-email-change = Modifier ou confirmer l’adresse e-mail
account-email-other = Modifier l’adresse e-mail
account-email-add = Ajouter une adresse e-mail
account-email-now = Votre adresse est { $email }.
account-email-unproved = Vous ne l’avez pas encore confirmée.
account-email-none = Votre compte n’a pas d’adresse e-mail.
account-email-pending = Un lien a été envoyé à { $email }. Tant qu’il n’est pas ouvert, rien ne change ; il fonctionne pendant un jour.
account-email-label = Adresse
account-email-help = Nous y enverrons un lien. Votre adresse change quand vous l’ouvrez, et nous prévenons l’ancienne.
account-email-help-first = Nous y enverrons un lien. L’adresse devient la vôtre ici quand vous l’ouvrez.
account-email-send = Envoyer le lien
account-email-bad = Ce n’est pas une adresse e-mail. Écrivez-la comme nom@example.com.
account-email-throttled = Il y a eu trop de demandes. Veuillez réessayer dans { $n ->
    [one] { $n } minute.
   *[other] { $n } minutes.
}
account-done-address = Un lien est en route vers { $name }. Tant qu’il n’est pas ouvert, rien ne change ; il fonctionne pendant un jour.

## An address that is to be proved

verify-email-heading = Est-ce votre adresse ?
verify-email-what = <strong>{ $email }</strong> devient l’adresse du compte { $username }.
verify-email-yes = Oui, c’est la mienne
verify-email-no = Non, ce n’est pas la mienne
verify-email-no-heading = Rien n’a été modifié
verify-email-no-what = Votre compte garde l’adresse qu’il avait. Le lien de l’e-mail cessera de fonctionner d’ici un jour au plus.
verify-email-taken = Cette adresse appartient désormais à un autre compte ici.
verify-email-taken-heading = Cette adresse ne peut pas être utilisée
verify-email-other = Ce lien appartient à un autre compte. La session ouverte ici est celle de { $username } ; rien n’a été modifié. Connectez-vous avec le compte auquel l’adresse est destinée, puis ouvrez de nouveau le lien.
verify-email-done-heading = L’adresse est confirmée
verify-email-done-what = { $email } est maintenant l’adresse du compte { $username }.

## Making an account of one's own

login-no-account = Pas encore de compte ?
login-sign-up = Créer un compte
sign-up-heading = Créer un compte
sign-up-what = Nous envoyons un lien à votre adresse e-mail. Vous y choisirez un nom d’utilisateur et un mot de passe.
sign-up-have-one = J’ai un compte
sign-up-sent-what = Un e-mail est en route vers l’adresse que vous avez saisie. Ouvrez dans les 24 heures le lien qu’il contient.
sign-up-sent-app = Ouvrez-le dans ce navigateur pour continuer ensuite vers { $app }.
sign-up-sent-nothing = Toujours rien après quelques minutes ? Regardez dans les courriers indésirables, ou vérifiez l’adresse et réessayez.
sign-up-domain = Ici, seules les adresses qui se terminent ainsi permettent de créer un compte : { $domains }
sign-up-invited-heading = Invitation à rejoindre { $installation }
sign-up-invited-what = Les responsables de { $installation } ont invité { $email }. Choisissez avec quoi vous voulez vous connecter.
sign-up-username-help = Il vous sert à vous connecter, tout comme votre adresse e-mail.
sign-up-username-odd = Cela ne peut pas être un nom d’utilisateur. Il compte de 1 à 100 caractères, sans @ ni espace au début ou à la fin.
sign-up-username-taken = Ce nom d’utilisateur est déjà pris. Veuillez en choisir un autre.
sign-up-name-odd = Ce nom est trop long, ou contient des caractères qui ne peuvent pas être affichés.
sign-up-make = Créer le compte

## Where nobody creates an account

sign-up-closed-title = Aucun compte ne peut être créé ici
sign-up-closed-off = La création de comptes est désactivée pour le moment sur { $installation }. Un lien que vous avez reçu ne fonctionne pas tant qu’elle l’est.
sign-up-closed-invited = Un compte { $installation } se crée uniquement sur invitation. Si vous en avez une, ouvrez le lien qu’elle contient.
sign-up-closed-ask = Adressez-vous aux responsables de { $installation }.
