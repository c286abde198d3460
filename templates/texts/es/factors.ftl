# Passkeys, authenticator apps and recovery codes.

## What is set up

security-title = Cómo inicia sesión
security-lead = Lo que confirma que es usted y lo que le ayuda si pierde el teléfono.
security-added = Añadida
security-used = Último uso
security-never-used = Nunca
security-change = Cambiar
security-password-changed = Último cambio

security-passkeys = Llaves de acceso
security-passkeys-what = Su teléfono, su equipo o una llave de seguridad confirma que es usted, con la huella digital, la cara o un PIN. Nadie puede robar una llave de acceso con una página falsa.
security-passkey-add = Añadir una llave de acceso
security-no-passkeys-here = Aquí no se pueden usar llaves de acceso, porque la dirección de este servidor es un número y no un nombre.

security-app = Aplicación de autenticación
security-app-what = Una aplicación en su teléfono muestra un código nuevo cada medio minuto. Usted lo escribe después de la contraseña.
security-app-add = Configurar una aplicación
security-app-remove = Quitar la aplicación

security-codes = Códigos de recuperación
security-codes-what = Con cada código puede entrar una vez, en lugar de la llave de acceso o la aplicación, cuando no las tenga a mano.
security-codes-none-yet = Los recibirá con su primera llave de acceso o aplicación de autenticación.
security-codes-left = { $n ->
    [0] No le queda ningún código.
    [one] Le queda un código.
   *[other] Le quedan { $n } códigos.
}
security-codes-make = Crear códigos nuevos

## What removing one means

security-means-one-less = Tiene otro segundo paso, que se mantiene.
security-means-password-alone = Es el único segundo paso que le queda. Después bastará con su contraseña para iniciar sesión en su nombre, y sus códigos de recuperación dejarán de servir.
security-means-elsewhere-alone = Es el único segundo paso que le queda. Después bastará con una cuenta de otro proveedor para iniciar sesión en su nombre, y sus códigos de recuperación dejarán de servir.
security-means-must-stay = Es el único segundo paso que le queda y su cuenta debe tener uno. Añada antes otro.
security-means-locked-out = No tiene contraseña: sin esta llave de acceso no podría iniciar sesión. Añada antes otra llave de acceso.
security-end-others-help = Si ha perdido un dispositivo o alguien más puede usarlo, así se cierra la sesión en él.

## A passkey

security-passkey-new-title = Añadir una llave de acceso
security-passkey-new-what = Su navegador le pedirá que confirme con la huella digital, la cara o un PIN. También puede ofrecerle usar su teléfono o una llave de seguridad.
security-passkey-name = Nombre
security-passkey-name-help = Para que la reconozca en la lista.
security-passkey-unnamed = Mi llave de acceso
security-passkey-title = Su llave de acceso
security-passkey-rename = Guardar el nombre
security-passkey-remove-title = ¿Quitar esta llave de acceso?
security-passkey-remove-there = Bórrela también en su dispositivo, para que ya no aparezca allí.
security-passkey-remove = Quitar
security-passkey-refused = No ha funcionado. Quizá tardó demasiado. Inténtelo otra vez.
security-passkey-known = Esa llave de acceso ya está aquí.
security-passkey-too-many = Ya tiene el máximo de llaves de acceso. Quite antes una.
security-passkey-bad-name = El nombre debe tener entre 1 y 60 caracteres visibles.

## An authenticator app

security-app-title = Configurar una aplicación de autenticación
security-app-new-what = Sirve cualquier aplicación de códigos de un solo uso.
security-app-scan = Escanee esto con la aplicación o <a>abra una aplicación en este dispositivo</a>.
security-app-qr = Código QR con la clave que aparece debajo
security-app-type = O escriba en ella esta clave.
security-app-code = Escriba el código que muestra la aplicación
security-app-code-help = Seis dígitos. Cada medio minuto hay uno nuevo.
security-app-wrong = Ese no es el código que esperamos. Use el más reciente y compruebe que la hora de su dispositivo es correcta.
security-app-confirm = Configurar
security-app-remove-title = ¿Quitar la aplicación de autenticación?
security-app-remove-there = Borre también esta cuenta en la aplicación: sus códigos ya no servirán.

## Recovery codes

security-codes-title = ¿Crear códigos de recuperación nuevos?
security-codes-make-what = Al crear códigos nuevos, los anteriores dejan de servir.
security-codes-shown-title = Sus códigos de recuperación
security-codes-shown-what = Con cada uno puede entrar una vez. Guárdelos, imprímalos o anótelos ahora: no se volverán a mostrar.
security-codes-of = { $username } en { $installation }
security-codes-copy = Copiar
security-codes-save = Guardar como archivo
security-codes-print = Imprimir
security-codes-copied = Los códigos se han copiado.
security-codes-shown-keep = Guárdelos donde los encuentre sin su teléfono. Quien tenga su contraseña y uno de estos códigos puede iniciar sesión en su nombre.
security-codes-kept = Ya los he guardado

## What was done

security-done-passkey = Se ha añadido la llave de acceso «{ $name }».
security-done-first-passkey = Se ha añadido la llave de acceso.
security-done-renamed = La llave de acceso se llama ahora «{ $name }».
security-done-passkey-removed = Se ha quitado la llave de acceso «{ $name }».
security-done-app = La aplicación de autenticación está configurada.
security-done-app-removed = Se ha quitado la aplicación de autenticación.

## At sign-in

passkey-sign-in = Iniciar sesión con llave de acceso
passkey-or = o
passkey-cancelled = No ha confirmado o se acabó el tiempo. Puede intentarlo otra vez.
passkey-known = Este dispositivo ya tiene una llave de acceso para su cuenta.
passkey-failed = Su navegador no pudo hacerlo. Pruebe con otro dispositivo o de otra manera.
passkey-unsupported = Este navegador no admite llaves de acceso. Pruebe con otro navegador o dispositivo.
passkey-no-script = Las llaves de acceso necesitan JavaScript, que está desactivado en este navegador. Todo lo demás funciona sin él.
passkey-refused-title = Esa llave de acceso no ha funcionado
passkey-refused-what = Aquí no se reconoce esa llave, o se tardó demasiado. Quizá se quitó de su cuenta.
passkey-refused-other = Iniciar sesión de otra manera
