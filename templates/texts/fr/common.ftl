# Words that many pages share.

month = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
}
date = { $day ->
    [1] 1er { $month } { $year }
   *[other] { $day } { $month } { $year }
}
date-time = { $day ->
    [1] 1er { $month } { $year } à { $time } UTC
   *[other] { $day } { $month } { $year } à { $time } UTC
}

sign-in = Se connecter
cancel = Annuler

## The installation's own links

foot-privacy = Confidentialité
foot-terms = Conditions d’utilisation
foot-help = Aide

## The page at the root

home-title = Serveur de connexion
home-heading = Se connecter à { $installation }
home-what = Les applications qui utilisent { $installation } vous envoient ici pour vous connecter, demandent ce qu’elles ont le droit de faire, puis vous ramènent.
home-setup-heading = Configurer { $installation }
home-needs-setup = Il n’y a pas encore d’administrateur. Ouvrez le lien de configuration que le serveur a affiché au démarrage.
home-demo = Faire la visite d’une minute
home-developers = Pour les développeurs
home-issuer = Émetteur
home-discovery = Découverte

# Used by a test alone: values, marks and a link.
test-only = Voir <i> { $app } sous <a>Apps</a>.
