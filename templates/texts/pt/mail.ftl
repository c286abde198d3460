# What mails say.

mail-link-plain = Se isso não funcionar, copie este endereço para seu navegador:
mail-link-label = { $label }:
mail-username = Nome de usuário: { $username }

## A link to set a new password

mail-reset-subject = Crie uma nova senha para { $installation }
mail-reset-asked = Alguém, provavelmente você, pediu para criar uma nova senha para { $name } em { $installation }.
mail-reset-by-admin = Os responsáveis por { $installation } enviam a { $name } este link para criar uma senha.
mail-reset-button = Criar uma nova senha
mail-reset-lasts = { $n ->
    [one] O link funciona uma única vez e por { $n } minuto.
   *[other] O link funciona uma única vez e por { $n } minutos.
}
mail-reset-not-you = Se não foi você, não faça nada: a senha continua a mesma, e ninguém mais tem este link.

## A link that shows whose an address is

mail-verify-subject = Este é seu endereço em { $installation }?
mail-verify-asked = Alguém, provavelmente você, informou este endereço em { $installation }.
mail-verify-button = Sim, é meu
mail-verify-lasts = { $n ->
    [one] O link funciona uma única vez e por { $n } hora.
   *[other] O link funciona uma única vez e por { $n } horas.
}
mail-verify-not-you = Se você não sabe por que recebeu esta mensagem, não faça nada: o endereço não será usado.

## What happened to an account

mail-device-subject = Novo login em { $installation }
mail-device-what = Alguém entrou como { $name } em { $installation }, com um navegador que ainda não tinha sido usado para isso.
mail-password-subject = Sua senha em { $installation } foi alterada
mail-password-what = A senha de { $name } em { $installation } foi alterada.
mail-app-subject = Um novo aplicativo pode usar sua conta em { $installation }
mail-app-what = { $app } agora pode usar a conta de { $name } em { $installation }.
mail-app-checked = { $installation } verificou este aplicativo.
mail-app-unchecked = { $installation } não verificou este aplicativo: qualquer pessoa poderia ter escolhido este nome. Se você não confia nele, desconecte-o.
mail-factor-added-subject = Uma forma de entrar foi adicionada em { $installation }
mail-factor-added-what = { $factor ->
    [passkey] Uma chave de acesso foi adicionada à conta de { $name } em { $installation }.
   *[totp] Um aplicativo autenticador foi adicionado à conta de { $name } em { $installation }.
}
mail-factor-removed-subject = Uma forma de entrar foi removida em { $installation }
mail-factor-removed-what = { $factor ->
    [passkey] Uma chave de acesso foi removida da conta de { $name } em { $installation }.
    [totp] O aplicativo autenticador foi removido da conta de { $name } em { $installation }.
   *[all] Todas as chaves de acesso, o aplicativo autenticador e os códigos de recuperação foram removidos da conta de { $name } em { $installation }.
}
mail-codes-renewed-subject = Códigos de recuperação novos foram criados em { $installation }
mail-codes-renewed-what = Códigos de recuperação novos foram criados para a conta de { $name } em { $installation }. Os anteriores não funcionam mais.
mail-code-used-subject = Um código de recuperação foi usado em { $installation }
mail-code-used-what = Um código de recuperação de { $name } foi usado em { $installation }, no lugar de uma chave de acesso ou do aplicativo autenticador. Esse código não funciona mais.
mail-codes-throttled-subject = Códigos errados demais em { $installation }
mail-codes-throttled-what = Alguém passou pelo primeiro passo para entrar como { $name } em { $installation }, normalmente a senha, e depois digitou códigos errados demais. Por algum tempo, nenhum código será aceito ali.
mail-address-subject = Seu endereço em { $installation } foi alterado
mail-address-what = O endereço de e-mail de { $name } em { $installation } agora é outro. Nada mais chegará a este.
mail-when = Quando: { $time }
mail-from-address = Do endereço IP: { $address }
mail-browser = Com o navegador: { $browser }
mail-look = Ver sua conta
mail-was-you = Se foi você, não é preciso fazer nada.
mail-was-not-you = Se não foi você, altere a senha imediatamente e saia de todos os outros lugares. Se não conseguir mais entrar, fale com os responsáveis por { $installation }.

## A mail that tries out whether mail arrives

mail-test-subject = Uma mensagem de { $installation }
mail-test-what = Esta mensagem foi enviada para testar se os e-mails de { $installation } chegam. Como você vê, chegam.

## Signing up, and being invited

mail-sign-up-subject = Sua nova conta em { $installation }
mail-sign-up-asked = Alguém, provavelmente você, quer criar uma conta em { $installation } com este endereço.
mail-sign-up-button = Criar a conta
mail-sign-up-not-you = Se não foi você, não faça nada: nenhuma conta será criada.
mail-known-subject = Você tem uma conta em { $installation }
mail-known-asked = Alguém, provavelmente você, quis criar uma conta em { $installation } com este endereço. Já existe uma.
mail-known-forgot = Se você esqueceu a senha, pode criar uma nova aqui: { $address }
mail-known-not-you = Se não foi você, não é preciso fazer nada: nada foi alterado.
mail-invitation-subject = Você recebeu um convite para { $installation }
mail-invitation-what = Os responsáveis por { $installation } convidam você a criar uma conta lá.
mail-invitation-lasts = O link funciona uma única vez, até { $time }.
mail-invitation-not-you = Se você não sabe por que recebeu esta mensagem, não faça nada: nenhuma conta será criada.
