# Signing in, choosing an account, signing out, setting up.

sign-in-not-checked = This page could not be checked. Please sign in once more; cookies must be allowed.
sign-in-busy = Very many people are signing in at the moment. Please try again in a few seconds.
login-heading-app = Sign in to continue to { $app }
login-unchecked = This app was not checked by { $installation }: anyone could have chosen this name. Continue only if you trust where you came from.
login-username = Username
login-name = Username or e-mail address
login-password = Password
password-show = Show password
login-again = Please sign in again to show that it is you.
login-mismatch = That username and password do not match.
login-throttled = There were too many wrong tries. Please try again in { $n ->
    [one] { $n } minute.
   *[other] { $n } minutes.
}
login-foot = Your password stays with { $installation }. { $app } never sees it.
app-about = About the app:
app-privacy = Privacy
app-terms = Terms
new-tab = (opens in a new tab)
# After the label of a button: which one it is for.
the-one = : { $what }

## Which account

choose-title = Which account?
choose-app = To continue to { $app }
choose-current = Continue as { $name }
choose-other = Use another account

## Back to an app, by a form

form-post-title = Back to { $app }
# Which app it is, is not known.
form-post-title-unknown = Back to the app
form-post-wait = If nothing happens, press the button.
form-post-go-on = Continue

## Signing out

logout-title = Sign out?
logout-heading = Sign out of { $installation }?
logout-app-asks = { $app } asks to sign you out. Other apps that you use from here may sign you out too.
logout-others = Apps that you use from here may sign you out too.
logout-who = Signed in as { $name }
logout-who-username = Signed in as { $name } ({ $username })
logout-then = After signing out you will be sent to <strong>{ $host }</strong>.
logout-stay = Stay signed in
logout-sign-out = Sign out
signed-out-title = Signed out
signed-out-heading = You are signed out
signed-out-telling = You are being signed out of the other apps that you used. In a moment you will be sent to <strong>{ $host }</strong>.
signed-out-go-on = Continue to { $host }
signed-out-others = You may still be signed in to apps you used from here. On a shared computer, sign out of those too.
signed-out-again = Sign in again
signed-out-frame = Signing out of { $app }

## Setting up

setup-title = Set up
setup-heading = Who looks after this server?
setup-what = This makes the first administrator. It works once; further people are added later.
setup-problems = Not quite yet:
setup-not-checked = The page could not be checked. Please send it once more; cookies must be allowed.
setup-name = Name
setup-email = E-mail
setup-optional = (optional)
setup-wrong-username = A username has 1 to 100 characters, no @, and no spaces at its ends.
setup-taken = Somebody has that username or address already. Take another one.
setup-password-help = At least { $count } characters. A few words in a row are easy to remember and hard to guess.
setup-make = Create administrator
setup-done-title = Ready
setup-done-heading = The server is ready
setup-done-who = <strong>{ $username }</strong> is now its administrator, and the set-up link no longer works.
setup-done-next = Next: register a first app
setup-done-console = Sign in, and the console asks what it is, proposes safe settings, and shows what to copy into the app.
setup-done-command = Or, on the machine the server runs on, say what the app is called and where people return to after signing in:
setup-done-command-label = Command
setup-done-prints = It prints the app’s id and secret, the secret only this once.
setup-done-then = Then: tell the app where to find this server
setup-done-address = Most libraries need only this address:

## The second step of signing in

verify-title = One more step
verify-heading = Enter the code from your authenticator app
verify-heading-recovery = Enter a recovery code
verify-heading-passkey = Use your passkey
verify-who = Signing in as { $account }
verify-code = Code
verify-code-help = The 6 digits that your authenticator app shows now
verify-recovery-code = Recovery code
verify-recovery-help = One of the codes that you kept when you set up the second step. Each is good once.
verify-use-recovery = Use a recovery code instead
verify-use-app = Use the authenticator app instead
verify-use-passkey = Use a passkey instead
verify-passkey-only = If this browser cannot use your passkey, sign in with one that can.
verify-passkey-or-recovery = If this browser cannot use your passkey, sign in with one that can, or use a recovery code.
verify-go-on = Continue
verify-wrong = That code is wrong, or was used before. Wait for the next code in your authenticator app, and type that.
verify-recovery-wrong = That code is wrong, or was used before. Try another of your codes.
verify-throttled = There were too many wrong codes. Please try again in { $n ->
    [one] { $n } minute.
   *[other] { $n } minutes.
}
verify-app = Then you continue to { $app }.

## More is wanted than the person has set up

enrol-title = A second step is needed
enrol-heading = Set up a second step first
enrol-app-wants = { $app } asks for more than a password.
enrol-we-want = { $installation } asks you for more than a password.
enrol-what = A second step can be a passkey, or an app on your phone that shows codes. It takes a minute, and you are asked for it when you sign in.
enrol-passkey = It takes a passkey: your phone, your computer or a security key confirms that it is you.
enrol-set-up = Set it up
enrol-new-tab = It opens in a new tab. Come back here when you are done.
enrol-done = I am done, continue
