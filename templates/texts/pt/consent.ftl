# The question whether an app may use the account.

consent-title = Permitir { $app }?
consent-heading = Permitir que { $app } use sua conta?
consent-app = Aplicativo
consent-account = Conta
consent-signed-in-as = Você entrou como
consent-switch = Não é você?
# The app's own name for itself is an address; this is its host.
consent-id-host = conhecido pelo seu endereço em { $host }
consent-checked = verificado por { $installation }
consent-unchecked = não verificado por { $installation }: qualquer pessoa poderia ter escolhido este nome
# A list follows: "know that you have an account here", "see your e-mail address".
consent-able = O aplicativo poderá
# The same, where some of it was allowed before.
consent-also-able = O aplicativo agora também poderá
consent-untick = Desmarque o que você não quer permitir.
consent-your-account = Sua conta
# After one thing of the list.
consent-required = sempre incluído
consent-new = novo
consent-since = desde a última vez
consent-offline = O aplicativo continuará usando o que você permitir aqui mesmo depois que você o fechar ou sair, até a permissão terminar ou você a retirar.
consent-only-account = O aplicativo só saberá que você tem uma conta aqui.
# One of the list, where an app asks to come into a service and for nothing there.
consent-entry = mostrar lá que age em seu nome
# Opens a list of what was allowed before.
consent-already = Você já permite
# A list follows.
consent-left-out = Não incluído, porque sua conta não tem permissão para isso
consent-never = O aplicativo nunca recebe sua senha e não pode fazer com sua conta nada que não esteja listado aqui.
consent-goes = Depois você irá para <strong>{ $host }</strong>
consent-goes-app = Depois você irá para um aplicativo neste dispositivo: <strong>{ $host }</strong>
consent-this-device = Esse endereço é este próprio computador, e qualquer programa nele poderia responder. Só permita se você acabou de abrir { $app } aqui.
consent-app-on-device = Outro aplicativo neste dispositivo poderia responder no lugar dele. Só permita se você acabou de abrir { $app }.
consent-deny = Recusar
consent-allow = Permitir
consent-take-back = Você pode retirar esta permissão quando quiser em <a>Aplicativos conectados</a>.
consent-take-back-ask = Você pode retirar esta permissão quando quiser: peça aos responsáveis por { $installation }.

## For how long

consent-how-long = Por quanto tempo?
consent-lasts-always = Até eu retirar a permissão
# Until { $date } was chosen last time.
consent-lasts-always-all = Isto também prolonga o que você tinha permitido até { $date }.
consent-lasts-limited = { $days ->
    [one] { $days } dia
   *[other] { $days } dias
}
consent-lasts-limited-help = Termina em { $date }; então você verá a pergunta de novo.
# The same, where some of it was allowed before.
consent-lasts-limited-all = Termina em { $date }, junto com o que você já permite; então você verá a pergunta de novo.
consent-lasts-once = Só desta vez
consent-lasts-once-help = Na próxima vez você verá a pergunta de novo. Termina quando você sair daqui, no mais tardar em { $date }.
consent-lasts-once-offline = O aplicativo não continuará conectado quando você não estiver.

## What an app may do: each follows "It will be able to"

scope-openid = saber que você tem uma conta aqui
scope-profile = ver seu nome e seu perfil
scope-email = ver seu endereço de e-mail
scope-address = ver seu endereço postal
scope-phone = ver seu número de telefone
scope-offline-access = continuar conectado quando você não estiver
scope-admin = alterar tudo o que um administrador pode alterar
scope-admin-read = ver tudo o que um administrador pode ver
resource-administration = Administração
