# Signing in, choosing an account, signing out, setting up.

sign-in-not-checked = Não foi possível verificar esta página. Entre outra vez; os cookies precisam estar permitidos.
sign-in-busy = Há muita gente entrando neste momento. Tente de novo em alguns segundos.
login-heading-app = Entre para continuar em { $app }
login-unchecked = { $installation } não verificou este aplicativo: qualquer pessoa poderia ter escolhido este nome. Continue somente se você confia no site ou aplicativo de onde veio.
login-username = Nome de usuário
login-name = Nome de usuário ou endereço de e-mail
login-password = Senha
password-show = Mostrar a senha
login-again = Entre outra vez para confirmar que é você.
login-mismatch = O nome de usuário e a senha não correspondem.
login-throttled = Houve tentativas erradas demais. Tente de novo em { $n ->
    [one] { $n } minuto.
   *[other] { $n } minutos.
}
login-foot = Sua senha fica em { $installation }. { $app } nunca a vê.
app-about = Sobre o aplicativo:
app-privacy = Privacidade
app-terms = Termos de uso
new-tab = (abre em uma nova aba)
# After the label of a button: which one it is for.
the-one = : { $what }

## Which account

choose-title = Qual conta?
choose-app = Para continuar em { $app }
choose-current = Continuar como { $name }
choose-other = Usar outra conta

## Back to an app, by a form

form-post-title = De volta para { $app }
# Which app it is, is not known.
form-post-title-unknown = De volta para o aplicativo
form-post-wait = Se nada acontecer, pressione o botão.
form-post-go-on = Continuar

## Signing out

logout-title = Sair?
logout-heading = Sair de { $installation }?
logout-app-asks = { $app } pede que você saia. Outros aplicativos que você usa a partir daqui também podem encerrar sua sessão.
logout-others = Os aplicativos que você usa a partir daqui também podem encerrar sua sessão.
logout-who = Você entrou como { $name }
logout-who-username = Você entrou como { $name } ({ $username })
logout-then = Depois de sair, você irá para <strong>{ $host }</strong>.
logout-stay = Manter a sessão
logout-sign-out = Sair
signed-out-title = Você saiu
signed-out-heading = Você saiu da sua conta
signed-out-telling = Você está saindo dos outros aplicativos que usou. Em instantes você irá para <strong>{ $host }</strong>.
signed-out-go-on = Continuar para { $host }
signed-out-others = Sua sessão pode continuar aberta em aplicativos que você usou a partir daqui. Se outras pessoas usam este computador, saia deles também.
signed-out-again = Entrar de novo
signed-out-frame = Saindo de { $app }

## Setting up

setup-title = Configuração
setup-heading = Quem cuida deste servidor?
setup-what = Aqui se cria o primeiro administrador. Só funciona uma vez; outras pessoas são adicionadas depois.
setup-problems = Ainda falta algo:
setup-not-checked = Não foi possível verificar a página. Envie outra vez; os cookies precisam estar permitidos.
setup-name = Nome
setup-email = E-mail
setup-optional = (opcional)
setup-wrong-username = Um nome de usuário tem de 1 a 100 caracteres, sem @ e sem espaços no início ou no fim.
setup-taken = Esse nome de usuário ou endereço já está em uso. Escolha outro.
setup-password-help = Pelo menos { $count } caracteres. Algumas palavras seguidas são fáceis de lembrar e difíceis de adivinhar.
setup-make = Criar administrador
setup-done-title = Pronto
setup-done-heading = O servidor está pronto
setup-done-who = Agora quem o administra é <strong>{ $username }</strong>, e o link de configuração não funciona mais.
setup-done-next = Agora: registre o primeiro aplicativo
setup-done-console = Entre: o console pergunta que tipo de aplicativo é, propõe ajustes seguros e mostra o que copiar para o aplicativo.
setup-done-command = Ou, na máquina em que o servidor funciona, diga como o aplicativo se chama e para onde se volta depois de entrar:
setup-done-command-label = Comando
setup-done-prints = Ele mostra o identificador e o segredo do aplicativo; o segredo, só desta vez.
setup-done-then = Depois: diga ao aplicativo onde está este servidor
setup-done-address = Para a maioria das bibliotecas, basta este endereço:

## The second step of signing in

verify-title = Mais um passo
verify-heading = Digite o código do seu aplicativo autenticador
verify-heading-recovery = Digite um código de recuperação
verify-heading-passkey = Use sua chave de acesso
verify-who = Entrando como { $account }
verify-code = Código
verify-code-help = Os 6 dígitos que seu aplicativo autenticador mostra agora
verify-recovery-code = Código de recuperação
verify-recovery-help = Um dos códigos que você guardou ao configurar o segundo passo. Cada um vale uma única vez.
verify-use-recovery = Usar um código de recuperação em vez disso
verify-use-app = Usar o aplicativo autenticador em vez disso
verify-use-passkey = Usar uma chave de acesso em vez disso
verify-passkey-only = Se este navegador não puder usar sua chave de acesso, entre com outro navegador que possa.
verify-passkey-or-recovery = Se este navegador não puder usar sua chave de acesso, entre com outro navegador que possa ou use um código de recuperação.
verify-go-on = Continuar
verify-wrong = Esse código está errado ou já foi usado. Espere o próximo código do aplicativo autenticador e digite-o.
verify-recovery-wrong = Esse código está errado ou já foi usado. Tente outro dos seus códigos.
verify-throttled = Houve códigos errados demais. Tente de novo em { $n ->
    [one] { $n } minuto.
   *[other] { $n } minutos.
}
verify-app = Depois disso você continua em { $app }.

## More is wanted than the person has set up

enrol-title = É preciso um segundo passo
enrol-heading = Configure primeiro um segundo passo
enrol-app-wants = { $app } pede mais do que uma senha.
enrol-we-want = { $installation } pede a você mais do que uma senha.
enrol-what = O segundo passo pode ser uma chave de acesso ou um aplicativo no telefone que mostra códigos. Leva um minuto para configurar e será pedido quando você entrar.
enrol-passkey = É preciso uma chave de acesso: seu telefone, seu computador ou uma chave de segurança confirma que é você.
enrol-set-up = Configurar
enrol-new-tab = Abre em uma nova aba. Volte aqui quando terminar.
enrol-done = Pronto, continuar
