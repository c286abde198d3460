# Signing in, choosing an account, signing out, setting up.

sign-in-not-checked = This page could not be checked. Please sign in once more; cookies must be allowed.
sign-in-throttled = There were too many wrong tries. Please wait a while before the next one.
sign-in-busy = Very many people are signing in at the moment. Please try again in a few seconds.

## The second step of signing in

verify-title = One more step
verify-heading = One more step to sign in
verify-who = Signing in as { $account }
verify-code = Code
verify-code-help = The 6 digits that your app for sign-in codes shows now
verify-recovery-code = Recovery code
verify-recovery-help = One of the codes that you kept when you set up the second step. Each is good once.
verify-use-recovery = Use a recovery code instead
verify-passkey-only = Use your passkey to go on. If this browser cannot, sign in with one that can.
verify-go-on = Go on
verify-wrong = That code is wrong, or was used before. Please type a new one.
verify-throttled = There were too many wrong codes. Please wait a while before the next one.
verify-app = You go on to { $app } after this.

## More is wanted than the person has set up

enrol-title = A second step is needed
enrol-heading = Set up a second step first
enrol-app-wants = { $app } asks for more than a password.
enrol-we-want = { $installation } asks you for more than a password.
enrol-what = A second step can be a passkey, or an app on your phone that shows codes. It takes a minute, and you are asked for it when you sign in.
enrol-passkey = It takes a passkey: your phone, your computer or a security key confirms that it is you.
enrol-set-up = Set it up
