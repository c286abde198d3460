# A person's own account.

## The frame

account-heading = Su cuenta
account-skip = Ir al contenido
account-signed-in-as = Sesión iniciada como
account-sign-out = Cerrar sesión
account-console = Administración
account-profile = Perfil
account-security = Seguridad
account-sessions = Dispositivos
account-apps = Aplicaciones conectadas
account-events = Actividad
account-data = Sus datos

account-stale-title = No se pudo comprobar este formulario
account-stale-what = Era de un inicio de sesión anterior o no se envió desde aquí. No se ha cambiado nada. No es culpa suya.
account-stale-do = Vuelva a cargar la página y envíe el formulario otra vez.
account-stale-back = Volver a cargar la página

account-optional = (opcional)
account-save = Guardar
account-managed = Los responsables de este servidor definen esta cuenta en un archivo, así que aquí no se puede cambiar.

## Profile

account-profile-title = Perfil
account-profile-about = Sobre usted
account-profile-lead = De estos datos, las aplicaciones solo ven lo que usted les permite.
account-name = Nombre
account-username = Nombre de usuario
account-email = Correo electrónico
account-email-verified = verificado
account-email-unverified = aún sin verificar
account-roles = Roles
account-signed-in = Inicio de sesión
account-language = Idioma
account-language-browser = El del navegador
account-given-name = Nombre de pila
account-family-name = Apellidos
account-nickname = Apodo
account-website = Sitio web
account-picture = Dirección de su imagen
account-birthdate = Fecha de nacimiento
account-birthdate-help = Año, mes, día: 1990-12-31. Escriba 0000 como año si no quiere indicarlo.
account-zone = Zona horaria
account-zone-help = Por ejemplo, Europe/Madrid
account-wrong-text = Es demasiado largo o tiene caracteres que no se pueden mostrar.
account-wrong-link = Escriba la dirección completa de una página o imagen, con https:// al principio.
account-wrong-date = Escriba la fecha como año-mes-día, por ejemplo 1990-12-31.
account-wrong-zone = Escriba la zona horaria por su nombre, por ejemplo Europe/Madrid.
account-reach = Teléfono y dirección postal
account-phone = Número de teléfono
account-phone-help = Con el prefijo del país, por ejemplo +34 912 34 56 78.
account-phone-help-verified = Este número está verificado. Si lo cambia, el nuevo no lo estará.
account-phone-verified = verificado
account-wrong-phone = Escriba el número con + y el prefijo del país al principio, por ejemplo +34 912 34 56 78.
account-street = Calle y número
account-postal-code = Código postal
account-locality = Población
account-region = Provincia o región
account-country = País
account-known = También se guarda aquí
account-known-lead = Las aplicaciones también ven esto, si usted se lo permite. Si algo no es correcto, avise a los responsables de { $installation }.
account-preferred-username = Nombre de usuario para aplicaciones
account-middle-name = Segundo nombre
account-gender = Género
account-profile-page = Página de perfil
account-locale = Idioma para aplicaciones
account-address = Dirección postal
account-done-profile = Su perfil se ha guardado.

## Password

account-password-title = Contraseña
account-password-change = Cambiar contraseña
account-password-set = Crear una contraseña
account-password-current = Contraseña actual
account-password-new = Contraseña nueva
account-password-repeated = Repita la contraseña nueva
account-password-help = { $n ->
    [one] Al menos { $n } carácter. Unas cuantas palabras seguidas son fáciles de recordar y difíciles de adivinar.
   *[other] Al menos { $n } caracteres. Unas cuantas palabras seguidas son fáciles de recordar y difíciles de adivinar.
}
account-password-end-others = Cerrar sesión en todos los demás sitios
account-password-end-others-help = Si es posible que otra persona conozca su contraseña, así pierde el acceso.
account-password-wrong = Esa no es su contraseña actual.
account-password-differ = Las dos contraseñas nuevas no son iguales.
account-password-throttled = Ha habido demasiados intentos fallidos. Vuelva a intentarlo dentro de { $n ->
    [one] { $n } minuto.
   *[other] { $n } minutos.
}
account-password-busy = En este momento están iniciando sesión muchísimas personas. Inténtelo de nuevo en unos segundos.
account-done-password = Su contraseña se ha cambiado. Las aplicaciones que pueden usar su cuenta siguen pudiendo hacerlo: <a>revíselas</a> si no confía en alguna.

## Sessions

account-sessions-title = Dónde tiene la sesión abierta
account-sessions-lead = Todos los navegadores en los que ha iniciado sesión y no la ha cerrado. El dispositivo es el que indica el propio navegador.
account-sessions-this = Este navegador
account-sessions-address = Dirección IP
account-sessions-seen = Última actividad
account-sessions-since = Inicio de sesión
account-sessions-end = Cerrar sesión
account-sessions-the-one = : { $device }, { $time }
account-sessions-end-others = Cerrar sesión en todos los demás sitios
account-sessions-no-others = No tiene la sesión abierta en ningún otro sitio.
account-done-session = Se ha cerrado la sesión en ese dispositivo.
account-done-others = Se ha cerrado la sesión en todos los demás sitios.

# A browser and a system, by their names.
account-device = { $browser } en { $system }
account-device-browser = { $browser }
account-device-system = Un navegador en { $system }
account-device-unknown = Navegador desconocido

## Connected apps

account-apps-title = Aplicaciones conectadas
account-apps-lead = Estas aplicaciones pueden usar su cuenta. Al desconectar una, pierde de inmediato todo lo que usted le permitió; puede volver a pedírselo.
account-apps-none = Todavía ninguna aplicación puede usar su cuenta. Las que usted permita aparecerán aquí.
account-apps-may = La aplicación puede
account-apps-at = En { $resource }, la aplicación puede
account-apps-since = Desde
account-apps-used = Último uso
account-apps-until = Termina
account-apps-always = Solo cuando usted retire el permiso
account-apps-disconnect = Desconectar
account-done-disconnected = Se ha desconectado { $name }.

## Activity

account-events-title = Actividad
account-events-lead = Lo que ha pasado con su cuenta. Si algo de esto no lo hizo usted, cambie la contraseña y cierre sesión en todos los demás sitios.
account-events-none = Todavía no hay nada.
account-events-by-others = Por un administrador
account-events-pager = Más antiguo y más reciente
account-events-newest = Lo más reciente
account-events-older = Más antiguo

account-event-added = Se creó la cuenta
account-event-signed-in = Inicio de sesión
account-event-signed-in-to = Inicio de sesión en { $app }
account-event-failed = Inicio de sesión fallido
account-event-failed-at = Inicio de sesión fallido en { $app }
account-event-throttled = Se bloqueó por un tiempo el inicio de sesión tras demasiados intentos fallidos
account-event-signed-out = Cierre de sesión
account-event-ended = Se cerró la sesión en un dispositivo
account-event-updated = Se cambió el perfil
account-event-disabled = Se desactivó la cuenta
account-event-enabled = Se volvió a activar la cuenta
account-event-password = Se estableció una contraseña nueva
account-event-allowed = Usted permitió a { $app } usar su cuenta
account-event-denied = Usted no permitió a { $app } lo que pedía
account-event-withdrawn = Se desconectó { $app }
account-event-connected = { $app } obtuvo acceso
account-event-revoked = { $app } perdió el acceso
account-event-replayed = { $app } presentó una clave ya usada, así que perdió el acceso
account-event-factor-added = Se añadió un segundo paso para iniciar sesión
account-event-factor-removed = Se quitó un segundo paso para iniciar sesión
account-event-codes-made = Se crearon códigos de recuperación nuevos
account-event-code-used = Se usó un código de recuperación
account-event-reset-asked = Se pidió un enlace para establecer una contraseña nueva
account-event-sign-up-asked = Alguien quiso crear otra cuenta con esta dirección de correo electrónico
account-event-address-asked = Se pidió cambiar la dirección de correo electrónico
account-event-address = Se verificó la dirección de correo electrónico
account-event-other = Se cambió algo

## Your data

account-data-title = Sus datos
account-data-what = Todo lo que se guarda aquí sobre usted, en un solo archivo que los programas pueden leer (JSON): su perfil, dispositivos, aplicaciones y actividad. No contiene contraseñas ni claves.
account-data-download = Descargar sus datos
account-data-end = Eliminar su cuenta
account-data-delete = Todo lo que se guarda aquí sobre usted se borra para siempre.

account-delete-title = ¿Eliminar su cuenta?
account-delete-go = Eliminar la cuenta
account-delete-effects = Esto es lo que ocurrirá:
account-delete-effect-out = Se cierran todas sus sesiones.
account-delete-effect-apps = Todas las aplicaciones en las que entra con esta cuenta pierden el acceso, y usted ya no podrá entrar en ellas de esta manera.
account-delete-effect-gone = Nadie puede recuperar la cuenta.
account-delete-type = Para confirmar, escriba su nombre de usuario: <strong>{ $username }</strong>
account-delete-wrong = Ese no es su nombre de usuario.
account-delete-last = No hay más administradores que puedan iniciar sesión. Dé antes ese rol a otra persona.
account-deleted-title = Su cuenta se ha eliminado
account-deleted-what = Se han cerrado todas sus sesiones y se ha borrado lo que se guardaba sobre usted.
