# What mails say.

mail-link-plain = Si no funciona, copie esta dirección en su navegador:
mail-link-label = { $label }:
mail-username = Nombre de usuario: { $username }

## A link to set a new password

mail-reset-subject = Cree una contraseña nueva para { $installation }
mail-reset-asked = Alguien, probablemente usted, ha pedido crear una contraseña nueva para { $name } en { $installation }.
mail-reset-by-admin = Los responsables de { $installation } envían a { $name } este enlace para crear una contraseña.
mail-reset-button = Crear una contraseña nueva
mail-reset-lasts = { $n ->
    [one] El enlace sirve una sola vez y durante { $n } minuto.
   *[other] El enlace sirve una sola vez y durante { $n } minutos.
}
mail-reset-not-you = Si no fue usted, no haga nada: la contraseña sigue igual y nadie más tiene este enlace.

## A link that shows whose an address is

mail-verify-subject = ¿Es esta su dirección en { $installation }?
mail-verify-asked = Alguien, probablemente usted, ha indicado esta dirección en { $installation }.
mail-verify-button = Sí, es mía
mail-verify-lasts = { $n ->
    [one] El enlace sirve una sola vez y durante { $n } hora.
   *[other] El enlace sirve una sola vez y durante { $n } horas.
}
mail-verify-not-you = Si no sabe por qué recibe este mensaje, no haga nada: la dirección no se usará.

## What happened to an account

mail-device-subject = Nuevo inicio de sesión en { $installation }
mail-device-what = Alguien ha iniciado sesión como { $name } en { $installation }, con un navegador que antes no se había usado para ello.
mail-password-subject = Se ha cambiado su contraseña en { $installation }
mail-password-what = Se ha cambiado la contraseña de { $name } en { $installation }.
mail-app-subject = Una aplicación nueva puede usar su cuenta en { $installation }
mail-app-what = { $app } puede usar ahora la cuenta de { $name } en { $installation }.
mail-app-checked = { $installation } ha verificado esta aplicación.
mail-app-unchecked = { $installation } no ha verificado esta aplicación: cualquiera podría haber elegido este nombre. Si no confía en ella, desconéctela.
mail-factor-added-subject = Se ha añadido una forma de iniciar sesión en { $installation }
mail-factor-added-what = { $factor ->
    [passkey] Se ha añadido una llave de acceso a la cuenta de { $name } en { $installation }.
   *[totp] Se ha añadido una aplicación de autenticación a la cuenta de { $name } en { $installation }.
}
mail-factor-removed-subject = Se ha quitado una forma de iniciar sesión en { $installation }
mail-factor-removed-what = { $factor ->
    [passkey] Se ha quitado una llave de acceso de la cuenta de { $name } en { $installation }.
    [totp] Se ha quitado la aplicación de autenticación de la cuenta de { $name } en { $installation }.
   *[all] Se han quitado todas las llaves de acceso, la aplicación de autenticación y los códigos de recuperación de la cuenta de { $name } en { $installation }.
}
mail-codes-renewed-subject = Se han creado códigos de recuperación nuevos en { $installation }
mail-codes-renewed-what = Se han creado códigos de recuperación nuevos para la cuenta de { $name } en { $installation }. Los anteriores ya no funcionan.
mail-code-used-subject = Se ha usado un código de recuperación en { $installation }
mail-code-used-what = Se ha usado un código de recuperación de { $name } en { $installation }, en lugar de una llave de acceso o de la aplicación de autenticación. Ese código ya no funciona.
mail-codes-throttled-subject = Demasiados códigos incorrectos en { $installation }
mail-codes-throttled-what = Alguien ha superado el primer paso para iniciar sesión como { $name } en { $installation }, normalmente la contraseña, y después ha escrito demasiados códigos incorrectos. Durante un tiempo no se aceptará ningún código allí.
mail-address-subject = Se ha cambiado su dirección en { $installation }
mail-address-what = La dirección de correo de { $name } en { $installation } es ahora otra. A esta ya no llegará nada más.
mail-when = Cuándo: { $time }
mail-from-address = Desde la dirección IP: { $address }
mail-browser = Con el navegador: { $browser }
mail-look = Ver su cuenta
mail-was-you = Si fue usted, no tiene que hacer nada.
mail-was-not-you = Si no fue usted, cambie de inmediato la contraseña y cierre sesión en todos los demás sitios. Si ya no puede iniciar sesión, acuda a los responsables de { $installation }.

## A mail that tries out whether mail arrives

mail-test-subject = Un mensaje de { $installation }
mail-test-what = Este mensaje se ha enviado para probar si llega el correo de { $installation }. Como ve, llega.

## Signing up, and being invited

mail-sign-up-subject = Su nueva cuenta en { $installation }
mail-sign-up-asked = Alguien, probablemente usted, quiere crear una cuenta en { $installation } con esta dirección.
mail-sign-up-button = Crear la cuenta
mail-sign-up-not-you = Si no fue usted, no haga nada: no se creará ninguna cuenta.
mail-known-subject = Usted tiene una cuenta en { $installation }
mail-known-asked = Alguien, probablemente usted, ha querido crear una cuenta en { $installation } con esta dirección. Ya existe una.
mail-known-forgot = Si ha olvidado la contraseña, puede crear una nueva aquí: { $address }
mail-known-not-you = Si no fue usted, no tiene que hacer nada: no se ha cambiado nada.
mail-invitation-subject = Invitación a { $installation }
mail-invitation-what = Los responsables de { $installation } le invitan a crear allí una cuenta.
mail-invitation-lasts = El enlace sirve una sola vez, hasta el { $time }.
mail-invitation-not-you = Si no sabe por qué recibe este mensaje, no haga nada: no se creará ninguna cuenta.
