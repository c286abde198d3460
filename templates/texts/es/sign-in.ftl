# Signing in, choosing an account, signing out, setting up.

sign-in-not-checked = No se pudo comprobar esta página. Inicie sesión otra vez; las cookies deben estar permitidas.
sign-in-busy = En este momento están iniciando sesión muchísimas personas. Inténtelo de nuevo en unos segundos.
login-heading-app = Inicie sesión para continuar en { $app }
login-unchecked = { $installation } no ha verificado esta aplicación: cualquiera podría haber elegido este nombre. Continúe solo si confía en el sitio o la aplicación de donde viene.
login-username = Nombre de usuario
login-name = Nombre de usuario o dirección de correo
login-password = Contraseña
password-show = Mostrar la contraseña
login-again = Inicie sesión otra vez para confirmar que es usted.
login-mismatch = El nombre de usuario y la contraseña no coinciden.
login-throttled = Ha habido demasiados intentos fallidos. Vuelva a intentarlo dentro de { $n ->
    [one] { $n } minuto.
   *[other] { $n } minutos.
}
login-foot = Su contraseña se queda en { $installation }. { $app } nunca la ve.
app-about = Sobre la aplicación:
app-privacy = Privacidad
app-terms = Condiciones de uso
new-tab = (se abre en una pestaña nueva)
# After the label of a button: which one it is for.
the-one = : { $what }

## Which account

choose-title = ¿Con qué cuenta?
choose-app = Para continuar en { $app }
choose-current = Continuar como { $name }
choose-other = Usar otra cuenta

## Back to an app, by a form

form-post-title = De vuelta a { $app }
# Which app it is, is not known.
form-post-title-unknown = De vuelta a la aplicación
form-post-wait = Si no pasa nada, pulse el botón.
form-post-go-on = Continuar

## Signing out

logout-title = ¿Cerrar sesión?
logout-heading = ¿Cerrar sesión en { $installation }?
logout-app-asks = { $app } pide cerrar su sesión. Es posible que otras aplicaciones que usa desde aquí también la cierren.
logout-others = Es posible que las aplicaciones que usa desde aquí también cierren su sesión.
logout-who = Sesión iniciada como { $name }
logout-who-username = Sesión iniciada como { $name } ({ $username })
logout-then = Al cerrar la sesión, irá a <strong>{ $host }</strong>.
logout-stay = Mantener la sesión
logout-sign-out = Cerrar sesión
signed-out-title = Sesión cerrada
signed-out-heading = Se ha cerrado su sesión
signed-out-telling = Se está cerrando la sesión en las demás aplicaciones que usó. Enseguida irá a <strong>{ $host }</strong>.
signed-out-go-on = Continuar a { $host }
signed-out-others = Puede que su sesión siga abierta en aplicaciones que usó desde aquí. Si comparte este equipo, ciérrela también en ellas.
signed-out-again = Iniciar sesión de nuevo
signed-out-frame = Cerrando sesión en { $app }

## Setting up

setup-title = Configuración
setup-heading = ¿Quién se encarga de este servidor?
setup-what = Aquí se crea el primer administrador. Solo se puede hacer una vez; las demás personas se añaden después.
setup-problems = Todavía falta algo:
setup-not-checked = No se pudo comprobar la página. Envíela otra vez; las cookies deben estar permitidas.
setup-name = Nombre
setup-email = Correo electrónico
setup-optional = (opcional)
setup-wrong-username = Un nombre de usuario tiene de 1 a 100 caracteres, sin @ ni espacios al principio o al final.
setup-taken = Ese nombre de usuario o esa dirección ya están en uso. Elija otros.
setup-password-help = Al menos { $count } caracteres. Unas cuantas palabras seguidas son fáciles de recordar y difíciles de adivinar.
setup-make = Crear administrador
setup-done-title = Listo
setup-done-heading = El servidor está listo
setup-done-who = A partir de ahora lo administra <strong>{ $username }</strong>, y el enlace de configuración ya no funciona.
setup-done-next = Ahora: registre una primera aplicación
setup-done-console = Inicie sesión: la consola le preguntará qué tipo de aplicación es, propondrá ajustes seguros y mostrará lo que debe copiar en la aplicación.
setup-done-command = O bien, en el equipo donde funciona el servidor, indique cómo se llama la aplicación y adónde se vuelve después de iniciar sesión:
setup-done-command-label = Comando
setup-done-prints = Muestra el identificador y el secreto de la aplicación; el secreto, solo esta vez.
setup-done-then = Después: indique a la aplicación dónde está este servidor
setup-done-address = A la mayoría de las bibliotecas les basta con esta dirección:

## The second step of signing in

verify-title = Un paso más
verify-heading = Escriba el código de su aplicación de autenticación
verify-heading-recovery = Escriba un código de recuperación
verify-heading-passkey = Use su llave de acceso
verify-who = Inicio de sesión como { $account }
verify-code = Código
verify-code-help = Los 6 dígitos que muestra ahora su aplicación de autenticación
verify-recovery-code = Código de recuperación
verify-recovery-help = Uno de los códigos que guardó al configurar el segundo paso. Cada uno sirve una sola vez.
verify-use-recovery = Usar un código de recuperación en su lugar
verify-use-app = Usar la aplicación de autenticación en su lugar
verify-use-passkey = Usar una llave de acceso en su lugar
verify-passkey-only = Si este navegador no puede usar su llave de acceso, inicie sesión con otro navegador que sí pueda.
verify-passkey-or-recovery = Si este navegador no puede usar su llave de acceso, inicie sesión con otro navegador que sí pueda o use un código de recuperación.
verify-go-on = Continuar
verify-wrong = Ese código es incorrecto o ya se usó. Espere el siguiente código de su aplicación de autenticación y escríbalo.
verify-recovery-wrong = Ese código es incorrecto o ya se usó. Pruebe con otro de sus códigos.
verify-throttled = Ha habido demasiados códigos incorrectos. Vuelva a intentarlo dentro de { $n ->
    [one] { $n } minuto.
   *[other] { $n } minutos.
}
verify-app = Después continuará en { $app }.

## More is wanted than the person has set up

enrol-title = Hace falta un segundo paso
enrol-heading = Configure primero un segundo paso
enrol-app-wants = { $app } pide algo más que una contraseña.
enrol-we-want = { $installation } le pide algo más que una contraseña.
enrol-what = Un segundo paso puede ser una llave de acceso o una aplicación en su teléfono que muestra códigos. Se configura en un minuto y se le pedirá al iniciar sesión.
enrol-passkey = Hace falta una llave de acceso: su teléfono, su equipo o una llave de seguridad confirma que es usted.
enrol-set-up = Configurarlo
enrol-new-tab = Se abre en una pestaña nueva. Vuelva aquí cuando termine.
enrol-done = Ya está, continuar
