# Words that many pages share.

month = { $month ->
    [1] janeiro
    [2] fevereiro
    [3] março
    [4] abril
    [5] maio
    [6] junho
    [7] julho
    [8] agosto
    [9] setembro
    [10] outubro
    [11] novembro
   *[12] dezembro
}
date = { $day ->
    [1] 1º de { $month } de { $year }
   *[other] { $day } de { $month } de { $year }
}
date-time = { $day ->
    [1] 1º de { $month } de { $year }, { $time } UTC
   *[other] { $day } de { $month } de { $year }, { $time } UTC
}

sign-in = Entrar
cancel = Cancelar

## The installation's own links

foot-privacy = Privacidade
foot-terms = Termos de uso
foot-help = Ajuda

## The page at the root

home-title = Servidor de login
home-heading = Entrar em { $installation }
home-what = Os aplicativos que usam { $installation } trazem você até aqui para entrar, perguntam o que podem fazer e levam você de volta.
home-setup-heading = Configurar { $installation }
home-needs-setup = Ainda não há administrador. Abra o link de configuração que o servidor mostrou ao iniciar.
home-demo = Fazer a visita guiada de um minuto
home-developers = Para desenvolvedores
home-issuer = Emissor
home-discovery = Descoberta

# Used by a test alone: values, marks and a link.
test-only = Veja <i> { $app } em <a>Apps</a>.
