# Making an account, and getting back into one.

login-trouble = ¿Problemas para iniciar sesión?

## Asking for a link

forgot-heading = ¿Problemas para iniciar sesión?
forgot-what = Enviaremos a la dirección de correo de su cuenta un enlace para crear una contraseña nueva.
forgot-send = Enviar el enlace
forgot-back = Volver al inicio de sesión
forgot-sent-heading = Revise su correo
forgot-sent-what = Si hay una cuenta con ese nombre y tiene dirección de correo, el enlace ya está en camino. Sirve durante media hora.
forgot-sent-nothing = ¿No ha llegado nada tras unos minutos? Mire en la carpeta de correo no deseado, pruebe con el otro dato (nombre de usuario o dirección de correo) o pregunte a quien le dio la cuenta.
forgot-empty = Escriba su nombre de usuario o su dirección de correo electrónico.
forgot-stale = No se pudo comprobar esta página. Envíela otra vez; las cookies deben estar permitidas.
forgot-throttled = Esto se ha pedido demasiadas veces desde aquí. Vuelva a intentarlo dentro de { $n ->
    [one] { $n } minuto.
   *[other] { $n } minutos.
}

## Setting a new password

reset-heading = Cree una contraseña nueva
reset-for = Para la cuenta { $username }.
reset-password = Contraseña nueva
reset-password-help = { $n ->
    [one] Al menos { $n } carácter. Unas cuantas palabras seguidas son fáciles de recordar y difíciles de adivinar.
   *[other] Al menos { $n } caracteres. Unas cuantas palabras seguidas son fáciles de recordar y difíciles de adivinar.
}
reset-end-sessions = Cerrar todas las sesiones que esta cuenta tiene abiertas ahora
reset-set = Guardar contraseña
reset-stale = No se pudo comprobar esta página. Envíela otra vez; las cookies deben estar permitidas.
reset-busy = En este momento hay muchísima actividad. Inténtelo de nuevo en unos segundos.
reset-done-heading = La contraseña nueva está guardada
reset-done-ended = Se han cerrado todas las sesiones de la cuenta. Inicie sesión con la contraseña nueva.
reset-done-kept = Las sesiones que la cuenta tenía abiertas siguen abiertas. A partir de ahora, inicie sesión con la contraseña nueva.
reset-done-apps = Las aplicaciones que pueden usar su cuenta siguen pudiendo hacerlo. <a>Revíselas</a> si no confía en alguna.
reset-done-security = Si otra persona ha podido entrar en su cuenta, revise también <a>cómo se inicia sesión</a>: las llaves de acceso, la aplicación y los códigos de recuperación siguen siendo los mismos.

password-too-short = { $n ->
    [one] Esa contraseña es demasiado corta: debe tener al menos { $n } carácter.
   *[other] Esa contraseña es demasiado corta: debe tener al menos { $n } caracteres.
}
password-too-long = Esa contraseña es demasiado larga.
password-is-name = Esa contraseña es el nombre de usuario: es lo primero que probaría cualquiera.
password-guessable = Esa contraseña se adivinaría pronto: es muy común o está hecha de partes comunes. Use varias palabras que no tengan relación entre sí.

## A link that no longer works

link-dead-heading = Este enlace ya no funciona
link-dead-what = Ya se usó, es demasiado antiguo o después se envió uno más nuevo. No se ha cambiado nada.
link-dead-withdrawn = Los responsables de { $installation } han retirado esta invitación. No se ha cambiado nada. Si es un error, pídales otra.
link-dead-again = Pedir otro enlace
link-dead-account = Ir a su cuenta

## The page for another address

account-email-title = Dirección de correo electrónico
account-email-now = Su dirección es { $email }.
account-email-unproved = Todavía no la ha confirmado.
account-email-none = Su cuenta no tiene dirección de correo electrónico.
account-email-pending = Se ha enviado un enlace a { $email }. Mientras no se abra, no cambia nada; el enlace sirve durante un día.
account-email-label = Dirección
account-email-help = Enviaremos allí un enlace. Su dirección cambiará cuando lo abra, y avisaremos a la anterior.
account-email-help-first = Enviaremos allí un enlace. La dirección valdrá cuando lo abra.
account-email-send = Enviar el enlace
account-email-bad = Eso no es una dirección de correo electrónico. Escríbala así: nombre@example.com.
account-email-throttled = Esto se ha pedido demasiadas veces. Vuelva a intentarlo dentro de { $n ->
    [one] { $n } minuto.
   *[other] { $n } minutos.
}
account-done-address = Hay un enlace en camino a { $name }. Mientras no se abra, no cambia nada; sirve durante un día.

## An address that is to be proved

verify-email-heading = ¿Es suya esta dirección?
verify-email-what = <strong>{ $email }</strong> será la dirección de la cuenta { $username }.
verify-email-yes = Sí, es mía
verify-email-no = No, no es mía
verify-email-no-heading = No se ha cambiado nada
verify-email-no-what = Su cuenta conserva la dirección que tenía. El enlace del mensaje dejará de funcionar en un día como máximo.
verify-email-taken = Mientras tanto, esa dirección ha pasado a ser de otra cuenta.
verify-email-taken-heading = Esta dirección no se puede usar
verify-email-other = Este enlace es de otra cuenta. Aquí ha iniciado sesión como { $username } y no se ha cambiado nada. Inicie sesión con la cuenta para la que es la dirección y abra de nuevo el enlace.
verify-email-done-heading = La dirección está confirmada
verify-email-done-what = { $email } es ahora la dirección de la cuenta { $username }.
account-email-change = Cambiar o confirmar la dirección de correo
account-email-other = Cambiar la dirección de correo
account-email-add = Añadir una dirección de correo

## Making an account of one's own

login-no-account = ¿Aún no tiene cuenta?
login-sign-up = Crear una cuenta
sign-up-heading = Cree una cuenta
sign-up-what = Enviaremos un enlace a su dirección de correo. Allí elegirá un nombre de usuario y una contraseña.
sign-up-have-one = Ya tengo una cuenta
sign-up-sent-what = Hay un mensaje en camino a la dirección que ha escrito. Abra su enlace antes de que pase un día.
sign-up-sent-app = Ábralo en este navegador y después continuará en { $app }.
sign-up-sent-nothing = ¿No ha llegado nada tras unos minutos? Mire en la carpeta de correo no deseado, o compruebe la dirección e inténtelo de nuevo.
sign-up-domain = Aquí solo se pueden crear cuentas con direcciones que terminen en: { $domains }
sign-up-invited-heading = Invitación a { $installation }
sign-up-invited-what = Los responsables de { $installation } han invitado a { $email }. Elija con qué quiere iniciar sesión.
sign-up-username-help = Con él inicia sesión, o con su dirección de correo.
sign-up-username-odd = Eso no puede ser un nombre de usuario. Debe tener de 1 a 100 caracteres, sin @ y sin espacios al principio ni al final.
sign-up-username-taken = Ese nombre de usuario ya está en uso. Elija otro.
sign-up-name-odd = Ese nombre es demasiado largo o tiene caracteres que no se pueden mostrar.
sign-up-make = Crear cuenta

## Where nobody creates an account

sign-up-closed-title = Aquí no se puede crear una cuenta
sign-up-closed-off = Por ahora no se pueden crear cuentas en { $installation }. Mientras tanto, tampoco funciona un enlace que haya recibido.
sign-up-closed-invited = Las cuentas de { $installation } se crean solo por invitación. Si tiene una, abra el enlace que contiene.
sign-up-closed-ask = Pregunte a los responsables de { $installation }.
