# A person's own account.

## The frame

account-heading = Sua conta
account-skip = Ir para o conteúdo
account-signed-in-as = Você entrou como
account-sign-out = Sair
account-console = Administração
account-profile = Perfil
account-security = Segurança
account-sessions = Dispositivos
account-apps = Aplicativos conectados
account-events = Atividade
account-data = Seus dados

account-stale-title = Não foi possível verificar este formulário
account-stale-what = Ele era de um login anterior ou não veio daqui. Nada foi alterado. A culpa não é sua.
account-stale-do = Carregue a página de novo e envie o formulário outra vez.
account-stale-back = Carregar a página de novo

account-optional = (opcional)
account-save = Salvar
account-managed = Os responsáveis por este servidor definem esta conta em um arquivo, por isso ela não pode ser alterada aqui.

## Profile

account-profile-title = Perfil
account-profile-about = Sobre você
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
account-birthdate-help = Ano, mês, dia: 1990-12-31. Use 0000 no lugar do ano se não quiser informá-lo.
account-zone = Fuso horário
account-zone-help = Por exemplo, America/Sao_Paulo
account-wrong-text = É longo demais ou tem caracteres que não podem ser mostrados.
account-wrong-link = Escreva o endereço completo de uma página ou imagem, com https:// no início.
account-wrong-date = Escreva a data como ano-mês-dia, por exemplo 1990-12-31.
account-wrong-zone = Escreva o fuso horário pelo nome, por exemplo America/Sao_Paulo.
account-reach = Telefone e endereço postal
account-phone = Número de telefone
account-phone-help = Com o código do país, por exemplo +55 11 91234-5678.
account-phone-help-verified = Este número está verificado. Se você o alterar, o novo não estará.
account-phone-verified = verificado
account-wrong-phone = Escreva o número com + e o código do país no início, por exemplo +55 11 91234-5678.
account-street = Rua e número
account-postal-code = Código postal
account-locality = Cidade
account-region = Estado ou região
account-country = País
account-known = Também guardado aqui
account-known-lead = Os aplicativos também veem isto, se você permitir. Se algo estiver errado, avise os responsáveis por { $installation }.
account-preferred-username = Nome de usuário para aplicativos
account-middle-name = Nome do meio
account-gender = Gênero
account-profile-page = Página de perfil
account-locale = Idioma para aplicativos
account-address = Endereço postal
account-done-profile = Seu perfil foi salvo.

## Password

account-password-title = Senha
account-password-change = Alterar senha
account-password-set = Criar senha
account-password-current = Senha atual
account-password-new = Nova senha
account-password-repeated = Repita a nova senha
account-password-help = { $n ->
    [one] Pelo menos { $n } caractere. Algumas palavras seguidas são fáceis de lembrar e difíceis de adivinhar.
   *[other] Pelo menos { $n } caracteres. Algumas palavras seguidas são fáceis de lembrar e difíceis de adivinhar.
}
account-password-end-others = Sair de todos os outros lugares
account-password-end-others-help = Se for possível que outra pessoa saiba sua senha, isto encerra as sessões dela.
account-password-wrong = Essa não é sua senha atual.
account-password-differ = As duas senhas novas não são iguais.
account-password-throttled = Houve tentativas erradas demais. Tente de novo em { $n ->
    [one] { $n } minuto.
   *[other] { $n } minutos.
}
account-password-busy = Há muita gente entrando neste momento. Tente de novo em alguns segundos.
account-done-password = Sua senha foi alterada. Os aplicativos que podem usar sua conta continuam podendo: <a>confira quais são</a> se não confiar em algum.

## Sessions

account-sessions-title = Onde sua conta está aberta
account-sessions-lead = Cada navegador em que você entrou e do qual não saiu. O dispositivo é o que o próprio navegador informa.
account-sessions-this = Este navegador
account-sessions-address = Endereço IP
account-sessions-seen = Última atividade
account-sessions-since = Início da sessão
account-sessions-end = Sair
account-sessions-the-one = : { $device }, { $time }
account-sessions-end-others = Sair de todos os outros lugares
account-sessions-no-others = Sua conta não está aberta em nenhum outro lugar.
account-done-session = A sessão nesse dispositivo foi encerrada.
account-done-others = As sessões em todos os outros lugares foram encerradas.

# A browser and a system, by their names.
account-device = { $browser } no { $system }
account-device-browser = { $browser }
account-device-system = Um navegador no { $system }
account-device-unknown = Navegador desconhecido

## Connected apps

account-apps-title = Aplicativos conectados
account-apps-lead = Estes aplicativos podem usar sua conta. Quando você desconecta um deles, ele perde na hora tudo o que recebeu; depois pode pedir de novo.
account-apps-none = Nenhum aplicativo pode usar sua conta ainda. Os que você permitir aparecerão aqui.
account-apps-may = O aplicativo pode
account-apps-at = Em { $resource }, o aplicativo pode
account-apps-since = Desde
account-apps-used = Último uso
account-apps-until = Termina
account-apps-always = Só quando você retirar a permissão
account-apps-disconnect = Desconectar
account-done-disconnected = O aplicativo { $name } foi desconectado.

## Activity

account-events-title = Atividade
account-events-lead = O que aconteceu com sua conta. Se algo aqui não foi feito por você, altere sua senha e saia de todos os outros lugares.
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
account-event-throttled = O login foi bloqueado por um tempo, após tentativas erradas demais
account-event-signed-out = Saída da conta
account-event-ended = A sessão em um dispositivo foi encerrada
account-event-updated = O perfil foi alterado
account-event-disabled = A conta foi desativada
account-event-enabled = A conta foi ativada de novo
account-event-password = Uma nova senha foi definida
account-event-allowed = Você permitiu que { $app } use sua conta
account-event-denied = Você não permitiu a { $app } o que ele pedia
account-event-withdrawn = O aplicativo { $app } foi desconectado
account-event-connected = { $app } recebeu acesso
account-event-revoked = { $app } perdeu o acesso
account-event-replayed = { $app } apresentou uma chave já usada, por isso perdeu o acesso
account-event-factor-added = Um segundo passo para entrar foi adicionado
account-event-factor-removed = Um segundo passo para entrar foi removido
account-event-codes-made = Códigos de recuperação novos foram criados
account-event-code-used = Um código de recuperação foi usado
account-event-reset-asked = Foi pedido um link para definir uma nova senha
account-event-sign-up-asked = Alguém quis criar outra conta com este endereço de e-mail
account-event-address-asked = Foi pedida uma mudança do endereço de e-mail
account-event-address = O endereço de e-mail foi verificado
account-event-other = Algo foi alterado

## Your data

account-data-title = Seus dados
account-data-what = Tudo o que está guardado aqui sobre você, em um único arquivo que programas podem ler (JSON): perfil, dispositivos, aplicativos e atividade. Ele não contém senhas nem chaves.
account-data-download = Baixar seus dados
account-data-end = Excluir sua conta
account-data-delete = Tudo o que está guardado aqui sobre você é apagado para sempre.

account-delete-title = Excluir sua conta?
account-delete-go = Excluir a conta
account-delete-effects = O que acontece depois:
account-delete-effect-out = Todas as suas sessões são encerradas.
account-delete-effect-apps = Todos os aplicativos em que você entra com esta conta perdem o acesso, e você não poderá mais entrar neles desta maneira.
account-delete-effect-gone = Ninguém pode trazer a conta de volta.
account-delete-type = Para confirmar, digite seu nome de usuário: <strong>{ $username }</strong>
account-delete-wrong = Esse não é seu nome de usuário.
account-delete-last = Não há outro administrador que possa entrar. Dê antes essa função a outra pessoa.
account-deleted-title = Sua conta foi excluída
account-deleted-what = Todas as suas sessões foram encerradas, e o que estava guardado sobre você foi apagado.
