# Pages that say what is wrong.

problem-to-do = Ce que vous pouvez faire
problem-technical = Pour la personne qui vous aide
problem-id = Si vous demandez de l’aide, donnez cet identifiant :
problem-wait-and-reload = Attendez un instant, puis rechargez la page.

problem-link-title = Ce lien de connexion ne fonctionne pas
problem-link-what = L’application qui vous a envoyé ici n’a pas fait sa demande correctement ; nous ne pouvons donc pas vous y connecter.
problem-link-fault = Ce n’est pas votre faute : l’erreur est dans l’application ou dans un lien.
problem-link-again = Retournez dans l’application et recommencez.
problem-link-tell = Si cela ne suffit pas, prévenez les responsables de l’application et donnez-leur l’identifiant ci-dessous.

problem-ours-title = Un problème est survenu ici
problem-ours-what = Nous n’avons pas pu terminer ce que vous demandiez. Rien n’a été modifié.
problem-ours-fault = Ce n’est pas votre faute.

problem-unread-title = L’envoi n’est pas arrivé
problem-unread-what = Nous n’avons pas pu lire ce qui a été envoyé. Rien n’a été modifié. Ce n’est pas votre faute.
problem-unread-again = Revenez en arrière et essayez encore une fois.

problem-nowhere-title = Cette page n’existe pas
problem-nowhere-what = Cette adresse ne mène nulle part ici.
problem-nowhere-check = Vérifiez l’adresse, ou repartez du début.
problem-nowhere-start = Aller à la page d’accueil

problem-http-title = Cette connexion n’est pas sûre
problem-http-what = Cette page doit être ouverte en https, pour que personne en chemin ne puisse lire votre mot de passe.
problem-http-https = Ouvrez l’adresse en commençant par https://
problem-http-open = Ouvrir en toute sécurité

problem-before-title = C’est déjà fait
problem-before-what = Cette connexion est déjà terminée, peut-être dans un autre onglet. Rien n’a été fait deux fois.
problem-before-back = Retournez dans l’application. Si elle ne vous reconnaît pas, recommencez la connexion à partir de là.

problem-stale-title = Veuillez recommencer
problem-stale-unreadable = Le lien vers cette page est incomplet ou vient d’ailleurs. Ce n’est pas votre faute.
problem-stale-changed = L’application qui vous a envoyé ici a changé entre-temps. Ce n’est pas votre faute.
problem-stale-old = Cette page est restée longtemps ouverte ; pour votre sécurité, elle ne fonctionne plus. Rien n’a été modifié. Ce n’est pas votre faute.
problem-stale-again = Retournez dans l’application et connectez-vous à partir de là. Cela ne prend qu’un instant.
problem-stale-back = Retour à { $app }

problem-logout-title = Ce lien de déconnexion ne fonctionne pas
problem-logout-what = L’application qui vous a envoyé ici n’a pas fait sa demande correctement, et rien n’a été fait : si votre session était ouverte, elle l’est encore. Ce n’est pas votre faute.
problem-logout-all = Pour vous déconnecter de tout ici, utilisez le bouton ci-dessous.
problem-logout-tell = Prévenez les responsables de l’application et donnez-leur l’identifiant ci-dessous.

problem-setup-title = Ce n’est pas le lien de configuration
problem-setup-what = Pour la configuration, il faut le lien que le serveur a affiché au démarrage.
problem-setup-look = Regardez ce que le serveur a affiché au démarrage, et ouvrez le lien qui s’y trouve après « set up ».
problem-set-up-title = La configuration est déjà faite
problem-set-up-what = Il y a déjà un administrateur ; le lien de configuration ne fonctionne donc plus.
problem-set-up-sign-in = Connectez-vous, ou demandez un compte à un administrateur.

problem-decide-title = Veuillez décider à nouveau
problem-decide-what = Nous n’avons pas pu vérifier que la décision venait de vous : quelqu’un d’autre s’est peut-être connecté ici entre-temps. Rien n’a été autorisé. Ce n’est pas votre faute.
problem-decide-look = Relisez la question et vérifiez de quel compte il s’agit.
problem-decide-back = Revenir à la question
