# Pages that say what is wrong.

problem-to-do = O que você pode fazer
problem-technical = Para quem for ajudar você
problem-id = Se pedir ajuda, informe este identificador:
problem-wait-and-reload = Espere um momento e carregue a página de novo.

problem-link-title = Este link de login não funciona
problem-link-what = O aplicativo que trouxe você até aqui não fez o pedido da maneira certa, por isso você não pode entrar nele agora.
problem-link-fault = A culpa não é sua: é um erro do aplicativo ou de um link.
problem-link-again = Volte ao aplicativo e comece de novo.
problem-link-tell = Se isso não resolver, avise os responsáveis pelo aplicativo e informe o identificador abaixo.

problem-ours-title = Algo deu errado aqui
problem-ours-what = Não conseguimos concluir o que você pediu. Nada foi alterado.
problem-ours-fault = A culpa não é sua.

problem-unread-title = Os dados não chegaram bem
problem-unread-what = Não conseguimos ler o que foi enviado. Nada foi alterado. A culpa não é sua.
problem-unread-again = Volte e tente mais uma vez.

problem-nowhere-title = Esta página não existe
problem-nowhere-what = O endereço não leva a nenhuma página aqui.
problem-nowhere-check = Confira o endereço ou comece do início.
problem-nowhere-start = Ir para o início

problem-http-title = Esta conexão não é segura
problem-http-what = Esta página precisa ser aberta com https, para que ninguém possa ler sua senha no caminho.
problem-http-https = Abra o endereço com https:// na frente.
problem-http-open = Abrir com segurança

problem-before-title = Isto já foi feito
problem-before-what = Este login já foi concluído antes, talvez em outra aba. Nada foi feito duas vezes.
problem-before-back = Volte ao aplicativo. Se ele não reconhecer você, entre por lá de novo.

problem-stale-title = Comece de novo, por favor
problem-stale-unreadable = O link para esta página está incompleto ou veio de outro lugar. A culpa não é sua.
problem-stale-changed = Nesse meio-tempo, o aplicativo que trouxe você até aqui mudou. A culpa não é sua.
problem-stale-old = Esta página ficou aberta por muito tempo e, para sua segurança, não funciona mais. Nada foi alterado. A culpa não é sua.
problem-stale-again = Volte ao aplicativo e entre por lá. É só um instante.
problem-stale-back = Voltar para { $app }

problem-logout-title = Este link para sair não funciona
problem-logout-what = O aplicativo que trouxe você até aqui não fez o pedido da maneira certa, por isso nada foi feito: se sua sessão estava aberta, ela continua aberta. A culpa não é sua.
problem-logout-all = Para sair de tudo aqui, use o botão abaixo.
problem-logout-tell = Avise os responsáveis pelo aplicativo e informe o identificador abaixo.

problem-setup-title = Este não é o link de configuração
problem-setup-what = Para configurar, é preciso o link que o servidor mostrou ao iniciar.
problem-setup-look = Veja o que o servidor mostrou ao iniciar e abra o link que aparece depois de “set up”.
problem-set-up-title = Isto já está configurado
problem-set-up-what = Já existe um administrador, por isso o link de configuração não funciona mais.
problem-set-up-sign-in = Entre ou peça uma conta a um administrador.

problem-decide-title = Decida de novo, por favor
problem-decide-what = Não conseguimos confirmar que a decisão foi sua: talvez outra pessoa tenha entrado aqui nesse meio-tempo. Nada foi permitido. A culpa não é sua.
problem-decide-look = Leia a pergunta de novo e veja de qual conta se trata.
problem-decide-back = Voltar à pergunta
