# Words that many pages share.

month = { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
}
date = { $day } de { $month } de { $year }
date-time = { $day } de { $month } de { $year }, { $time } UTC

sign-in = Iniciar sesión
cancel = Cancelar

## The installation's own links

foot-privacy = Privacidad
foot-terms = Condiciones de uso
foot-help = Ayuda

## The page at the root

home-title = Servidor de inicio de sesión
home-heading = Iniciar sesión en { $installation }
home-what = Las aplicaciones que usan { $installation } le traen aquí para iniciar sesión, preguntan qué se les permite y le llevan de vuelta.
home-setup-heading = Configurar { $installation }
home-needs-setup = Todavía no hay ningún administrador. Abra el enlace de configuración que el servidor mostró al arrancar.
home-demo = Hacer la visita guiada de un minuto
home-developers = Para desarrolladores
home-issuer = Emisor
home-discovery = Descubrimiento

# Used by a test alone: values, marks and a link.
test-only = Vea <i> { $app } en <a>Apps</a>.
