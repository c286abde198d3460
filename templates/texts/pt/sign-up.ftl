# Making an account, and getting back into one.

login-trouble = Problemas para entrar?

## Asking for a link

forgot-heading = Problemas para entrar?
forgot-what = Enviaremos ao endereço de e-mail da sua conta um link para você criar uma nova senha.
forgot-send = Enviar o link
forgot-back = Voltar ao login
forgot-sent-heading = Veja seu e-mail
forgot-sent-what = Se houver uma conta com esse nome e ela tiver um endereço de e-mail, o link já está a caminho. Ele vale por meia hora.
forgot-sent-nothing = Nada chegou depois de alguns minutos? Olhe na pasta de spam, tente o outro dado (nome de usuário ou e-mail) ou fale com quem deu a conta a você.
forgot-empty = Digite seu nome de usuário ou seu endereço de e-mail.
forgot-stale = Não foi possível verificar esta página. Envie outra vez; os cookies precisam estar permitidos.
forgot-throttled = Já houve pedidos demais a partir daqui. Tente de novo em { $n ->
    [one] { $n } minuto.
   *[other] { $n } minutos.
}

## Setting a new password

reset-heading = Crie uma nova senha
reset-for = Para a conta { $username }.
reset-password = Nova senha
reset-password-help = { $n ->
    [one] Pelo menos { $n } caractere. Algumas palavras seguidas são fáceis de lembrar e difíceis de adivinhar.
   *[other] Pelo menos { $n } caracteres. Algumas palavras seguidas são fáceis de lembrar e difíceis de adivinhar.
}
reset-end-sessions = Encerrar todas as sessões que esta conta tem abertas agora
reset-set = Salvar senha
reset-stale = Não foi possível verificar esta página. Envie outra vez; os cookies precisam estar permitidos.
reset-busy = Há muito movimento aqui neste momento. Tente de novo em alguns segundos.
reset-done-heading = A nova senha está salva
reset-done-ended = Todas as sessões da conta foram encerradas. Entre com a nova senha.
reset-done-kept = As sessões que a conta tinha abertas continuam abertas. A partir de agora, entre com a nova senha.
reset-done-apps = Os aplicativos que podem usar sua conta continuam podendo. <a>Confira quais são</a> se não confiar em algum.
reset-done-security = Se outra pessoa pode ter entrado em sua conta, confira também <a>como se entra nela</a>: as chaves de acesso, o aplicativo e os códigos de recuperação continuam os mesmos.

password-too-short = { $n ->
    [one] Essa senha é curta demais: ela precisa ter pelo menos { $n } caractere.
   *[other] Essa senha é curta demais: ela precisa ter pelo menos { $n } caracteres.
}
password-too-long = Essa senha é longa demais.
password-is-name = Essa senha é o nome de usuário: é a primeira coisa que qualquer pessoa tentaria.
password-guessable = Essa senha seria adivinhada logo: é comum ou feita de partes comuns. Use várias palavras que não tenham relação entre si.

## A link that no longer works

link-dead-heading = Este link não funciona mais
link-dead-what = Ele já foi usado, é antigo demais ou um mais novo foi enviado depois. Nada foi alterado.
link-dead-withdrawn = Os responsáveis por { $installation } retiraram este convite. Nada foi alterado. Se for um engano, peça outro a eles.
link-dead-again = Pedir outro link
link-dead-account = Ir para sua conta

## The page for another address

account-email-title = Endereço de e-mail
account-email-now = Seu endereço é { $email }.
account-email-unproved = Você ainda não o confirmou.
account-email-none = Sua conta não tem endereço de e-mail.
account-email-pending = Um link foi enviado para { $email }. Enquanto ele não for aberto, nada muda; o link vale por um dia.
account-email-label = Endereço
account-email-help = Enviaremos um link para lá. Seu endereço muda quando você o abrir, e avisaremos o anterior.
account-email-help-first = Enviaremos um link para lá. O endereço passa a valer quando você o abrir.
account-email-send = Enviar o link
account-email-bad = Isso não é um endereço de e-mail. Escreva assim: nome@example.com.
account-email-throttled = Já houve pedidos demais. Tente de novo em { $n ->
    [one] { $n } minuto.
   *[other] { $n } minutos.
}
account-done-address = Um link está a caminho de { $name }. Enquanto ele não for aberto, nada muda; ele vale por um dia.

## An address that is to be proved

verify-email-heading = Este endereço é seu?
verify-email-what = <strong>{ $email }</strong> será o endereço da conta { $username }.
verify-email-yes = Sim, é meu
verify-email-no = Não, não é meu
verify-email-no-heading = Nada foi alterado
verify-email-no-what = Sua conta continua com o endereço que tinha. O link da mensagem deixa de funcionar em no máximo um dia.
verify-email-taken = Nesse meio-tempo, esse endereço passou a pertencer a outra conta aqui.
verify-email-taken-heading = Este endereço não pode ser usado
verify-email-other = Este link é de outra conta. Aqui você entrou como { $username }, e nada foi alterado. Entre com a conta à qual o endereço se destina e abra o link de novo.
verify-email-done-heading = O endereço está confirmado
verify-email-done-what = { $email } agora é o endereço da conta { $username }.
account-email-change = Alterar ou confirmar o endereço de e-mail
account-email-other = Alterar o endereço de e-mail
account-email-add = Adicionar um endereço de e-mail

## Making an account of one's own

login-no-account = Ainda não tem uma conta?
login-sign-up = Criar uma conta
sign-up-heading = Crie uma conta
sign-up-what = Enviaremos um link ao seu endereço de e-mail. Nele você escolhe um nome de usuário e uma senha.
sign-up-have-one = Já tenho uma conta
sign-up-sent-what = Uma mensagem está a caminho do endereço que você digitou. Abra o link dela em até um dia.
sign-up-sent-app = Abra-o neste navegador e depois você continua em { $app }.
sign-up-sent-nothing = Nada chegou depois de alguns minutos? Olhe na pasta de spam, ou confira o endereço e tente de novo.
sign-up-domain = Aqui só é possível criar contas com endereços que terminam em: { $domains }
sign-up-invited-heading = Você recebeu um convite para { $installation }
sign-up-invited-what = Os responsáveis por { $installation } convidaram { $email }. Escolha com o que você quer entrar.
sign-up-username-help = Você entra com ele, ou com seu endereço de e-mail.
sign-up-username-odd = Isso não pode ser um nome de usuário. Ele tem de 1 a 100 caracteres, sem @ e sem espaços no começo ou no fim.
sign-up-username-taken = Esse nome de usuário já está em uso. Escolha outro.
sign-up-name-odd = Esse nome é longo demais ou tem caracteres que não podem ser mostrados.
sign-up-make = Criar conta

## Where nobody creates an account

sign-up-closed-title = Não é possível criar uma conta aqui
sign-up-closed-off = No momento não se criam contas em { $installation }. Enquanto isso, um link que você recebeu também não funciona.
sign-up-closed-invited = Uma conta em { $installation } só é criada com convite. Se você tem um, abra o link que está nele.
sign-up-closed-ask = Fale com os responsáveis por { $installation }.
