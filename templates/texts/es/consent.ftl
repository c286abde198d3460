# The question whether an app may use the account.

consent-title = ¿Permitir { $app }?
consent-heading = ¿Permitir que { $app } use su cuenta?
consent-app = Aplicación
consent-account = Cuenta
consent-signed-in-as = Sesión iniciada como
consent-switch = ¿No es usted?
# The app's own name for itself is an address; this is its host.
consent-id-host = conocida por su dirección en { $host }
consent-checked = verificada por { $installation }
consent-unchecked = no verificada por { $installation }: cualquiera podría haber elegido este nombre
# A list follows: "know that you have an account here", "see your e-mail address".
consent-able = La aplicación podrá
# The same, where some of it was allowed before.
consent-also-able = La aplicación ahora podrá además
consent-untick = Desmarque lo que no quiera permitir.
consent-your-account = Su cuenta
# After one thing of the list.
consent-required = siempre incluido
consent-new = nuevo
consent-since = desde la última vez
consent-offline = Seguirá usando lo que usted permita aquí aunque cierre la aplicación o la sesión, hasta que el permiso termine o usted lo retire.
consent-only-account = La aplicación solo sabrá que usted tiene una cuenta aquí.
# One of the list, where an app asks to come into a service and for nothing there.
consent-entry = mostrar allí que actúa en su nombre
# Opens a list of what was allowed before.
consent-already = Usted ya permite
# A list follows.
consent-left-out = No se incluye, porque su cuenta no tiene permiso para ello
consent-never = La aplicación nunca recibe su contraseña y no puede hacer con su cuenta nada que no figure aquí.
consent-goes = Después irá a <strong>{ $host }</strong>
consent-goes-app = Después irá a una aplicación de este dispositivo: <strong>{ $host }</strong>
consent-this-device = Esa dirección es este mismo equipo, y podría responder cualquier programa que haya en él. Permítalo solo si usted acaba de abrir { $app } aquí.
consent-app-on-device = Otra aplicación de este dispositivo podría responder en su lugar. Permítalo solo si usted acaba de abrir { $app }.
consent-deny = Rechazar
consent-allow = Permitir
consent-take-back = Puede retirar este permiso cuando quiera en <a>Aplicaciones conectadas</a>.
consent-take-back-ask = Puede retirar este permiso cuando quiera: pídalo a los responsables de { $installation }.

## For how long

consent-how-long = ¿Durante cuánto tiempo?
consent-lasts-always = Hasta que yo retire el permiso
# Until { $date } was chosen last time.
consent-lasts-always-all = Esto prolonga también lo que había permitido hasta el { $date }.
consent-lasts-limited = { $days ->
    [one] { $days } día
   *[other] { $days } días
}
consent-lasts-limited-help = Termina el { $date }; entonces se le volverá a preguntar.
# The same, where some of it was allowed before.
consent-lasts-limited-all = Termina el { $date }, junto con lo que ya permite; entonces se le volverá a preguntar.
consent-lasts-once = Solo esta vez
consent-lasts-once-help = La próxima vez se le volverá a preguntar. Termina cuando cierre sesión aquí, a más tardar el { $date }.
consent-lasts-once-offline = No seguirá conectada cuando usted no esté.

## What an app may do: each follows "It will be able to"

scope-openid = saber que usted tiene una cuenta aquí
scope-profile = ver su nombre y su perfil
scope-email = ver su dirección de correo electrónico
scope-address = ver su dirección postal
scope-phone = ver su número de teléfono
scope-offline-access = seguir conectada cuando usted no esté
scope-admin = cambiar todo lo que puede cambiar un administrador
scope-admin-read = ver todo lo que puede ver un administrador
resource-administration = Administración
