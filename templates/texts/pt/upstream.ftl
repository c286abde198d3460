# Signing in with an account elsewhere.

## On the sign-in page

upstream-continue = Continuar com { $provider }

## When it does not work

upstream-failed-title = Não foi possível entrar com { $provider }
upstream-not-linked-title = Sua conta em { $provider } não foi vinculada
upstream-what-denied = Você cancelou em { $provider }, ou não pôde continuar lá.
upstream-what-unavailable = No momento não é possível acessar { $provider }, ou a resposta não é a esperada.
upstream-what-refused = { $provider } não aceitou o pedido de { $installation }. Provavelmente há uma configuração errada, lá ou aqui. A culpa não é sua.
upstream-what-untrusted = O que veio de { $provider } não passou nas verificações, por isso ninguém entrou.
upstream-what-not-anew = { $provider } não consegue confirmar de novo a sua identidade, e é isso que se pede aqui.
upstream-what-stale = Esta tentativa já tinha sido concluída, demorou mais de dez minutos ou começou em outro navegador.
upstream-what-throttled = Houve tentativas demais sem sucesso. Tente de novo em { $n ->
    [one] { $n } minuto.
   *[other] { $n } minutos.
}
upstream-what-disabled = Sua conta em { $installation } não pode ser usada no momento.
upstream-what-domain = Só pessoas com certos endereços de e-mail podem entrar aqui com { $provider }. O seu não é um deles, ou { $provider } não o verificou.
upstream-what-taken = Já existe em { $installation } uma conta com o endereço de e-mail informado por { $provider }.
upstream-what-unknown = Nenhuma conta em { $installation } está vinculada à sua conta em { $provider }.
upstream-what-anothers = Essa conta em { $provider } está vinculada a outra conta em { $installation }.
upstream-what-session = A pessoa que fez este pedido não está mais com a sessão aberta aqui.
upstream-do-again = Tente de novo ou escolha outra maneira.
upstream-do-wait = Espere alguns minutos e tente de novo.
upstream-do-tell = Se isso não resolver, avise os responsáveis por { $installation }.
upstream-do-link = Se você tem uma conta aqui, entre com sua senha ou chave de acesso. Depois vincule { $provider } na sua conta, em “Segurança”.
upstream-do-create = Se você ainda não tem uma conta aqui, pode criar uma na página de login.
upstream-do-other = Use outra conta em { $provider }.
upstream-back = Voltar à página de login
upstream-back-account = Voltar à sua conta

## In one's account

upstream-heading = Contas em outros provedores
upstream-lead = Com uma conta vinculada em outro provedor, você também pode entrar aqui, sem senha.
upstream-address = Endereço de e-mail lá
upstream-link = Vincular { $provider }
upstream-link-another = Vincular outra conta em { $provider }
upstream-link-title = Vincular sua conta em { $provider }?
upstream-link-what = Você vai a { $provider } e entra lá. A partir daí, quem puder usar aquela conta poderá entrar na sua conta em { $installation }.
upstream-link-go = Continuar para { $provider }
upstream-unlink = Remover o vínculo
upstream-unlink-title = Remover o vínculo com { $provider }?
upstream-unlink-what = Depois disso você não poderá mais entrar em { $installation } com aquela conta. A conta em { $provider } continua como está.
upstream-unlink-last = Você não tem outra forma de entrar. Primeiro defina uma senha ou adicione uma chave de acesso.
upstream-done-linked = Sua conta em { $name } está vinculada.
upstream-done-unlinked = O vínculo com { $name } foi removido.
account-event-upstream-linked = Uma conta em outro provedor foi vinculada
account-event-upstream-unlinked = O vínculo com uma conta em outro provedor foi removido
account-event-upstream-failed = Tentativa de login com uma conta em outro provedor sem sucesso

## In mails

mail-upstream-linked-what = Uma conta em { $provider } foi vinculada à conta de { $name } em { $installation }. Agora ela pode ser usada para entrar.
mail-upstream-unlinked-what = O vínculo entre uma conta em { $provider } e a conta de { $name } em { $installation } foi removido.
