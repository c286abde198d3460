# Signing in with an account elsewhere.

## On the sign-in page

upstream-continue = Continuar con { $provider }

## When it does not work

upstream-failed-title = No se pudo iniciar sesión con { $provider }
upstream-not-linked-title = Su cuenta de { $provider } no se ha vinculado
upstream-what-denied = Canceló en { $provider }, o allí no se le permitió continuar.
upstream-what-unavailable = En este momento no se puede acceder a { $provider }, o no responde como debería.
upstream-what-refused = { $provider } no aceptó lo que pidió { $installation }. Lo más probable es que haya un ajuste incorrecto, allí o aquí. No es culpa suya.
upstream-what-untrusted = Lo que devolvió { $provider } no superó las comprobaciones, así que no se inició ninguna sesión.
upstream-what-not-anew = { $provider } no puede volver a comprobar su identidad, y eso es lo que se pide aquí.
upstream-what-stale = Este intento ya se había completado, duró más de diez minutos o se empezó en otro navegador.
upstream-what-throttled = Ha habido demasiados intentos fallidos. Vuelva a intentarlo dentro de { $n ->
    [one] { $n } minuto.
   *[other] { $n } minutos.
}
upstream-what-disabled = Su cuenta en { $installation } no se puede usar por ahora.
upstream-what-domain = Con { $provider } solo pueden entrar aquí personas con ciertas direcciones de correo. La suya no es una de ellas, o { $provider } no la ha verificado.
upstream-what-taken = En { $installation } ya hay una cuenta con la dirección de correo que indicó { $provider }.
upstream-what-unknown = Ninguna cuenta en { $installation } está vinculada a su cuenta de { $provider }.
upstream-what-anothers = Esa cuenta de { $provider } está vinculada a otra cuenta en { $installation }.
upstream-what-session = La sesión abierta aquí ya no es la de la persona que lo pidió.
upstream-do-again = Vuelva a intentarlo o elija otra manera.
upstream-do-wait = Espere unos minutos y vuelva a intentarlo.
upstream-do-tell = Si eso no ayuda, avise a los responsables de { $installation }.
upstream-do-link = Si tiene una cuenta aquí, inicie sesión con su contraseña o su llave de acceso. Después vincule { $provider } en su cuenta, en «Seguridad».
upstream-do-create = Si aún no tiene una cuenta aquí, puede crearla desde la página de inicio de sesión.
upstream-do-other = Use otra cuenta de { $provider }.
upstream-back = Volver al inicio de sesión
upstream-back-account = Volver a su cuenta

## In one's account

upstream-heading = Cuentas de otros proveedores
upstream-lead = Con una cuenta vinculada de otro proveedor también puede iniciar sesión aquí, sin contraseña.
upstream-address = Dirección de correo allí
upstream-link = Vincular { $provider }
upstream-link-another = Vincular otra cuenta de { $provider }
upstream-link-title = ¿Vincular su cuenta de { $provider }?
upstream-link-what = Irá a { $provider } e iniciará sesión allí. Desde entonces, quien pueda usar esa cuenta podrá iniciar sesión en su cuenta en { $installation }.
upstream-link-go = Continuar a { $provider }
upstream-unlink = Quitar el vínculo
upstream-unlink-title = ¿Quitar el vínculo con { $provider }?
upstream-unlink-what = Después ya no podrá iniciar sesión en { $installation } con esa cuenta. La cuenta de { $provider } sigue como está.
upstream-unlink-last = No tiene otra forma de iniciar sesión. Primero establezca una contraseña o añada una llave de acceso.
upstream-done-linked = Su cuenta de { $name } está vinculada.
upstream-done-unlinked = Se ha quitado el vínculo con { $name }.
account-event-upstream-linked = Se vinculó una cuenta de otro proveedor
account-event-upstream-unlinked = Se quitó el vínculo con una cuenta de otro proveedor
account-event-upstream-failed = Falló un inicio de sesión con una cuenta de otro proveedor

## In mails

mail-upstream-linked-what = Se ha vinculado una cuenta de { $provider } a la cuenta de { $name } en { $installation }. Ahora se puede usar para iniciar sesión.
mail-upstream-unlinked-what = Se ha quitado el vínculo entre una cuenta de { $provider } y la cuenta de { $name } en { $installation }.
