# Pages that say what is wrong.

problem-to-do = Qué puede hacer
problem-technical = Para quien le ayude
problem-id = Si pide ayuda, indique este identificador:
problem-wait-and-reload = Espere un momento y vuelva a cargar la página.

problem-link-title = Este enlace de inicio de sesión no funciona
problem-link-what = La aplicación que le ha traído aquí no lo pidió correctamente, así que no podemos iniciar su sesión en ella.
problem-link-fault = No es culpa suya: es un error de la aplicación o de un enlace.
problem-link-again = Vuelva a la aplicación y empiece de nuevo.
problem-link-tell = Si eso no ayuda, avise a los responsables de la aplicación e indíqueles el identificador de abajo.

problem-ours-title = Algo ha fallado aquí
problem-ours-what = No pudimos terminar lo que pidió. No se ha cambiado nada.
problem-ours-fault = No es culpa suya.

problem-unread-title = Los datos no han llegado bien
problem-unread-what = No pudimos leer lo que se envió. No se ha cambiado nada. No es culpa suya.
problem-unread-again = Vuelva atrás e inténtelo otra vez.

problem-nowhere-title = Esta página no existe
problem-nowhere-what = La dirección no lleva aquí a ninguna página.
problem-nowhere-check = Revise la dirección o empiece desde el principio.
problem-nowhere-start = Ir al inicio

problem-http-title = Esta conexión no es segura
problem-http-what = Esta página debe abrirse con https, para que nadie pueda leer su contraseña por el camino.
problem-http-https = Abra la dirección con https:// delante.
problem-http-open = Abrirla de forma segura

problem-before-title = Esto ya está hecho
problem-before-what = Este inicio de sesión ya se completó, quizá en otra pestaña. No se ha hecho nada dos veces.
problem-before-back = Vuelva a la aplicación. Si no le reconoce, inicie sesión allí otra vez.

problem-stale-title = Empiece de nuevo, por favor
problem-stale-unreadable = El enlace a esta página está incompleto o viene de otro sitio. No es culpa suya.
problem-stale-changed = Entretanto ha cambiado la aplicación que le ha traído aquí. No es culpa suya.
problem-stale-old = Esta página llevaba mucho tiempo abierta; por su seguridad, ya no funciona. No se ha cambiado nada. No es culpa suya.
problem-stale-again = Vuelva a la aplicación e inicie sesión desde allí. Es solo un momento.
problem-stale-back = Volver a { $app }

problem-logout-title = Este enlace para cerrar sesión no funciona
problem-logout-what = La aplicación que le ha traído aquí no lo pidió correctamente, así que no se ha hecho nada: si tenía la sesión abierta, sigue abierta. No es culpa suya.
problem-logout-all = Para cerrar aquí la sesión por completo, use el botón de abajo.
problem-logout-tell = Avise a los responsables de la aplicación e indíqueles el identificador de abajo.

problem-setup-title = Este no es el enlace de configuración
problem-setup-what = Para la configuración hace falta el enlace que el servidor mostró al arrancar.
problem-setup-look = Mire lo que el servidor mostró al arrancar y abra el enlace que aparece después de «set up».
problem-set-up-title = Esto ya está configurado
problem-set-up-what = Ya hay un administrador, así que el enlace de configuración ya no funciona.
problem-set-up-sign-in = Inicie sesión o pida una cuenta a un administrador.

problem-decide-title = Decida otra vez, por favor
problem-decide-what = No pudimos comprobar que la decisión fuera suya: quizá otra persona inició sesión aquí entretanto. No se ha permitido nada. No es culpa suya.
problem-decide-look = Vuelva a leer la pregunta y compruebe de qué cuenta se trata.
problem-decide-back = Volver a la pregunta
