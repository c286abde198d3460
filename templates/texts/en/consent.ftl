# The question whether an app may use the account.

consent-title = Allow { $app }?
consent-heading = Allow { $app } to use your account?
consent-app = App
consent-account = Account
consent-signed-in-as = Signed in as
consent-switch = Not you?
# The app's own name for itself is an address; this is its host.
consent-id-host = known by its address at { $host }
consent-checked = checked by { $installation }
consent-unchecked = not checked by { $installation }: anyone could have chosen this name
# A list follows: "know that you have an account here", "see your e-mail address".
consent-able = It will be able to
# The same, where some of it was allowed before.
consent-also-able = It will now also be able to
consent-untick = Untick what you do not want.
consent-your-account = Your account
# After one thing of the list.
consent-required = always included
consent-new = new
consent-since = since last time
consent-offline = It goes on using what you allow here after you have closed it or signed out, until you take that back.
consent-only-account = It will learn only that you have an account here.
# One of the list, where an app asks to come into a service and for nothing there.
consent-entry = show there that it acts for you
# Opens a list of what was allowed before.
consent-already = You already allow
# A list follows.
consent-left-out = Not included, because your account may not:
consent-never = It never gets your password, and it may do nothing with your account that is not listed here.
consent-goes = You will be sent to <strong>{ $host }</strong>
consent-goes-app = You will be sent to an app on this device: <strong>{ $host }</strong>
consent-this-device = That address is this computer itself, and any program on it could answer. Allow this only if you have just started { $app } here yourself.
consent-app-on-device = Another app on this device could answer in its place. Allow this only if you have just opened { $app } yourself.
consent-deny = Deny
consent-allow = Allow
consent-take-back = You can take this back at any time under <a>Connected apps</a>.
consent-take-back-ask = You can take this back at any time: ask whoever runs { $installation }.

## For how long

consent-how-long = For how long?
consent-lasts-always = Until I take it back
# Until { $date } was chosen last time.
consent-lasts-always-all = Also what you allowed until { $date } before.
consent-lasts-limited = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
consent-lasts-limited-help = It ends on { $date }; then you are asked again.
# The same, where some of it was allowed before.
consent-lasts-limited-all = It ends on { $date }, with what you already allow; then you are asked again.
consent-lasts-once = This time
consent-lasts-once-help = You are asked again next time, and it ends when you sign out here, on { $date } at the latest.
consent-lasts-once-offline = It does not stay connected while you are away.

## What an app may do: each follows "It will be able to"

scope-openid = know that you have an account here
scope-profile = see your name and profile
scope-email = see your e-mail address
scope-address = see your postal address
scope-phone = see your phone number
scope-offline-access = stay connected while you are away
scope-admin = change everything that an administrator can
scope-admin-read = see everything that an administrator can
resource-administration = Administration
