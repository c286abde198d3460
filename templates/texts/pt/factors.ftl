# Passkeys, authenticator apps and recovery codes.

## What is set up

security-title = Como você entra
security-lead = O que confirma que é você e o que ajuda se você perder o telefone.
security-added = Data de inclusão
security-used = Último uso
security-never-used = Nunca
security-change = Alterar
security-password-changed = Última alteração

security-passkeys = Chaves de acesso
security-passkeys-what = Seu telefone, seu computador ou uma chave de segurança confirma que é você, com a impressão digital, o rosto ou um PIN. Ninguém consegue roubar uma chave de acesso com uma página falsa.
security-passkey-add = Adicionar uma chave de acesso
security-no-passkeys-here = Não é possível usar chaves de acesso aqui, porque o endereço deste servidor é um número e não um nome.

security-app = Aplicativo autenticador
security-app-what = Um aplicativo no telefone mostra um código novo a cada meio minuto. Você o digita depois da senha.
security-app-add = Configurar um aplicativo
security-app-remove = Remover o aplicativo

security-codes = Códigos de recuperação
security-codes-what = Com cada código você entra uma vez, no lugar da chave de acesso ou do aplicativo, quando não os tiver à mão.
security-codes-none-yet = Você os recebe com a primeira chave de acesso ou o primeiro aplicativo autenticador.
security-codes-left = { $n ->
    [0] Você não tem mais nenhum código.
    [one] Você ainda tem um código.
   *[other] Você ainda tem { $n } códigos.
}
security-codes-make = Criar códigos novos

## What removing one means

security-means-one-less = Você tem outro segundo passo, que continua valendo.
security-means-password-alone = É o único segundo passo que você ainda tem. Depois disso, basta sua senha para entrar em seu nome, e seus códigos de recuperação deixam de valer.
security-means-elsewhere-alone = É o único segundo passo que você ainda tem. Depois disso, basta uma conta em outro provedor para entrar em seu nome, e seus códigos de recuperação deixam de valer.
security-means-must-stay = É o único segundo passo que você ainda tem, e sua conta precisa de um. Adicione outro antes.
security-means-locked-out = Você não tem senha: sem esta chave de acesso, não conseguiria entrar. Adicione outra chave de acesso antes.
security-end-others-help = Se um dispositivo foi perdido ou outra pessoa pode usá-lo, isto encerra a sessão nele.

## A passkey

security-passkey-new-title = Adicionar uma chave de acesso
security-passkey-new-what = Seu navegador pede que você confirme com a impressão digital, o rosto ou um PIN. Ele também pode oferecer seu telefone ou uma chave de segurança.
security-passkey-name = Nome
security-passkey-name-help = Para você reconhecê-la na lista.
security-passkey-unnamed = Minha chave de acesso
security-passkey-title = Sua chave de acesso
security-passkey-rename = Salvar o nome
security-passkey-remove-title = Remover esta chave de acesso?
security-passkey-remove-there = Apague-a também no seu dispositivo, para que não apareça mais lá.
security-passkey-remove = Remover
security-passkey-refused = Não funcionou. Talvez tenha demorado demais. Tente mais uma vez.
security-passkey-known = Essa chave de acesso já está aqui.
security-passkey-too-many = Você já tem o máximo de chaves de acesso. Remova uma antes.
security-passkey-bad-name = O nome deve ter de 1 a 60 caracteres visíveis.

## An authenticator app

security-app-title = Configurar um aplicativo autenticador
security-app-new-what = Serve qualquer aplicativo de códigos de uso único.
security-app-scan = Escaneie isto com o aplicativo ou <a>abra um aplicativo neste dispositivo</a>.
security-app-qr = Código QR com a chave que aparece abaixo
security-app-type = Ou digite esta chave nele.
security-app-code = Digite o código que o aplicativo mostra
security-app-code-help = Seis dígitos. Um novo aparece a cada meio minuto.
security-app-wrong = Esse não é o código esperado. Use o mais recente e veja se a hora do seu dispositivo está certa.
security-app-confirm = Configurar
security-app-remove-title = Remover o aplicativo autenticador?
security-app-remove-there = Apague também esta conta no aplicativo: os códigos dele não vão mais valer.

## Recovery codes

security-codes-title = Criar códigos de recuperação novos?
security-codes-make-what = Quando você cria códigos novos, os anteriores deixam de valer.
security-codes-shown-title = Seus códigos de recuperação
security-codes-shown-what = Com cada um você entra uma vez. Salve, imprima ou anote os códigos agora: eles não serão mostrados de novo.
security-codes-of = { $username } em { $installation }
security-codes-copy = Copiar
security-codes-save = Salvar em um arquivo
security-codes-print = Imprimir
security-codes-copied = Os códigos foram copiados.
security-codes-shown-keep = Guarde-os onde você os encontre sem o telefone. Quem tiver sua senha e um destes códigos pode entrar em seu nome.
security-codes-kept = Já guardei os códigos

## What was done

security-done-passkey = A chave de acesso “{ $name }” foi adicionada.
security-done-first-passkey = A chave de acesso foi adicionada.
security-done-renamed = A chave de acesso agora se chama “{ $name }”.
security-done-passkey-removed = A chave de acesso “{ $name }” foi removida.
security-done-app = O aplicativo autenticador está configurado.
security-done-app-removed = O aplicativo autenticador foi removido.

## At sign-in

passkey-sign-in = Entrar com chave de acesso
passkey-or = ou
passkey-cancelled = Você não confirmou ou o tempo acabou. Você pode tentar mais uma vez.
passkey-known = Este dispositivo já tem uma chave de acesso para sua conta.
passkey-failed = Seu navegador não conseguiu fazer isso. Tente com outro dispositivo ou de outra maneira.
passkey-unsupported = Este navegador não aceita chaves de acesso. Tente com outro navegador ou outro dispositivo.
passkey-no-script = As chaves de acesso precisam de JavaScript, que está desativado neste navegador. Todo o resto funciona sem ele.
passkey-refused-title = Essa chave de acesso não funcionou
passkey-refused-what = Ela não é reconhecida aqui, ou a operação demorou demais. Talvez tenha sido removida da sua conta.
passkey-refused-other = Entrar de outra maneira
