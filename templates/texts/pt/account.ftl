# A person's own account.

## The frame

account-heading = Sua conta
account-skip = Ir para o conteúdo
account-signed-in-as = Você entrou como
account-sign-out = Sair
account-console = Administração
account-profile = Perfil
account-security = Segurança
account-sessions = Sessões
account-apps = Aplicativos conectados
account-events = Atividade
account-data = Seus dados

account-stale-title = Não foi possível verificar este formulário
account-stale-what = Ele era de outra sessão ou não veio daqui. Nada foi alterado. A culpa não é sua.
account-stale-do = Carregue a página de novo e envie o formulário outra vez.
account-stale-back = Carregar a página de novo

account-optional = (opcional)
account-save = Salvar
account-managed = Os responsáveis por este servidor definem esta conta em um arquivo, por isso ela não pode ser alterada aqui.

## Profile

account-profile-title = Perfil
account-profile-lead = Destes dados, os aplicativos só veem o que você permite.
account-name = Nome
account-username = Nome de usuário
account-email = E-mail
account-email-verified = verificado
account-email-unverified = ainda não verificado
account-roles = Funções
account-signed-in = Início da sessão
account-language = Idioma
account-language-browser = O do navegador
account-given-name = Primeiro nome
account-family-name = Sobrenome
account-nickname = Apelido
account-website = Site
account-picture = Endereço da sua imagem
account-birthdate = Data de nascimento
account-birthdate-help = Ano, mês, dia: 1990-12-31. Com 0000 no lugar do ano, o ano não é informado.
account-zone = Fuso horário
account-zone-help = Por exemplo, America/Sao_Paulo
account-wrong-text = É longo demais ou tem caracteres que não podem ser mostrados.
account-wrong-link = Não é o endereço de uma página ou imagem: deve começar com https://
account-wrong-date = Não é uma data escrita como 1990-12-31.
account-wrong-zone = Não é o nome de um fuso horário, como America/Sao_Paulo.
account-done-profile = Seu perfil foi alterado.

## Password

account-password-title = Senha
account-password-change = Alterar senha
account-password-current = Senha atual
account-password-new = Nova senha
account-password-repeated = Nova senha outra vez
account-password-help = { $n ->
    [one] Pelo menos { $n } caractere. Algumas palavras seguidas são fáceis de lembrar e difíceis de adivinhar.
   *[other] Pelo menos { $n } caracteres. Algumas palavras seguidas são fáceis de lembrar e difíceis de adivinhar.
}
account-password-end-others = Sair de todos os outros lugares
account-password-end-others-help = Se outra pessoa souber sua senha, isto tira o acesso dela.
account-password-wrong = Essa não é sua senha atual.
account-password-differ = As duas senhas novas não são iguais.
account-password-throttled = Foram muitas tentativas erradas. Espere um pouco antes da próxima.
account-password-busy = Há muita gente entrando neste momento. Tente de novo em alguns segundos.
account-done-password = Sua senha foi alterada. Os aplicativos que podem usar sua conta continuam podendo: <a>confira quais são</a> se não confiar em algum.

## Sessions

account-sessions-title = Onde sua conta está aberta
account-sessions-lead = Cada navegador em que você entrou e do qual não saiu. O dispositivo é o que o próprio navegador informa.
account-sessions-this = Este navegador
account-sessions-address = Endereço IP
account-sessions-seen = Última atividade
account-sessions-since = Início da sessão
account-sessions-end = Encerrar
account-sessions-end-others = Encerrar todas as outras
account-sessions-no-others = Você não tem nenhuma outra sessão aberta.
account-done-session = Essa sessão foi encerrada.
account-done-others = Todas as outras sessões foram encerradas.

# A browser and a system, by their names.
account-device = { $browser } no { $system }
account-device-browser = { $browser }
account-device-system = Um navegador no { $system }
account-device-unknown = Um navegador

## Connected apps

account-apps-title = Aplicativos conectados
account-apps-lead = Estes aplicativos podem usar sua conta. Ao desconectar um deles, ele perde na hora tudo o que você permitiu; ele pode pedir de novo.
account-apps-none = Nenhum aplicativo pode usar sua conta. Quando você permitir algo a um deles, ele aparecerá aqui.
account-apps-may = O aplicativo pode
account-apps-at = Em { $resource }, o aplicativo pode
account-apps-since = Desde
account-apps-used = Último uso
account-apps-until = Termina
account-apps-always = Quando você retirar a permissão
account-apps-disconnect = Desconectar
account-done-disconnected = O aplicativo { $name } foi desconectado.

## Activity

account-events-title = Atividade
account-events-lead = O que aconteceu com sua conta. Se não foi você que fez algo daqui, altere sua senha e encerre as outras sessões.
account-events-none = Ainda não há nada.
account-events-by-others = Por um administrador
account-events-pager = Mais antigas e mais recentes
account-events-newest = Mais recentes
account-events-older = Mais antigas

account-event-added = A conta foi criada
account-event-signed-in = Login
account-event-signed-in-to = Login em { $app }
account-event-failed = Tentativa de login sem sucesso
account-event-failed-at = Tentativa de login em { $app } sem sucesso
account-event-throttled = Novos logins tiveram de esperar, após muitas tentativas erradas
account-event-signed-out = Saída da conta
account-event-ended = Uma sessão foi encerrada
account-event-updated = O perfil foi alterado
account-event-disabled = A conta foi desativada
account-event-enabled = A conta foi ativada de novo
account-event-password = Uma nova senha foi definida
account-event-allowed = Você permitiu algo a { $app }
account-event-denied = Você recusou algo a { $app }
account-event-withdrawn = O que { $app } podia fazer foi retirado
account-event-connected = { $app } recebeu acesso
account-event-revoked = { $app } perdeu o acesso
account-event-replayed = { $app } apresentou uma chave já usada, por isso perdeu o acesso
account-event-factor-added = Um segundo passo foi adicionado
account-event-factor-removed = Um segundo passo foi removido
account-event-codes-made = Códigos de recuperação novos foram criados
account-event-code-used = Um código de recuperação foi usado
account-event-reset-asked = Foi pedido um link para definir uma nova senha
account-event-sign-up-asked = Alguém quis criar outra conta com este endereço de e-mail
account-event-address-asked = Foi pedida uma mudança do endereço de e-mail
account-event-address = O endereço de e-mail foi verificado
account-event-other = Algo foi alterado

## Your data

account-data-title = Seus dados
account-data-what = Tudo o que está guardado aqui sobre você, em um único arquivo que programas podem ler (JSON): perfil, sessões, aplicativos e atividade. Ele não contém senhas nem chaves.
account-data-download = Baixar meus dados
account-data-delete = Depois disso, tudo o que está guardado aqui sobre você some para sempre.

account-delete-title = Excluir minha conta
account-delete-effect-out = Todas as suas sessões são encerradas.
account-delete-effect-apps = Todos os aplicativos em que você entra com esta conta perdem o acesso, e você não poderá mais entrar neles desta maneira.
account-delete-effect-gone = Ninguém pode trazer a conta de volta.
account-delete-type = Para continuar, digite seu nome de usuário: { $username }
account-delete-wrong = Esse não é seu nome de usuário.
account-delete-last = Não há outro administrador que possa entrar. Dê antes essa função a outra pessoa.
account-delete-cancel = Cancelar
account-deleted-title = Sua conta foi excluída
account-deleted-what = Todas as suas sessões foram encerradas, e o que estava guardado sobre você foi apagado.
