# Passkeys, authenticator apps and recovery codes.

## What is set up

security-title = How you sign in
security-lead = What shows that it is you, and what helps when you lose your phone.
security-added = Added
security-used = Last used
security-never-used = Never
security-change = Change
security-password-changed = Last changed

security-passkeys = Passkeys
security-passkeys-what = Your phone, your computer or a security key confirms that it is you, by fingerprint, face or PIN. Nobody can steal a passkey with a fake page.
security-passkey-add = Add a passkey
security-no-passkeys-here = Passkeys cannot be used here, because the address of this server is a number, not a name.

security-app = Authenticator app
security-app-what = An app on your phone shows a new code every half minute. You type it after your password.
security-app-add = Set up an app
security-app-remove = Remove the app

security-codes = Recovery codes
security-codes-what = Each code lets you in once, in place of a passkey or the app, when you do not have them at hand.
security-codes-none-yet = You get them with your first passkey or authenticator app.
security-codes-left = { $n ->
    [0] You have no code left.
    [one] You have one code left.
   *[other] You have { $n } codes left.
}
security-codes-make = Make new codes

## What removing one means

security-means-one-less = You have another second step, which stays.
security-means-password-alone = It is your last second step. After that, your password alone is enough to sign in as you, and your recovery codes end.
security-means-elsewhere-alone = It is your last second step. After that, an account elsewhere alone is enough to sign in as you, and your recovery codes end.
security-means-must-stay = It is your last second step, and your account must have one. Add another one first.
security-means-locked-out = You have no password: without this passkey you could not sign in. Add another passkey first.
security-end-others-help = If a device is lost, or somebody else may use one, this signs it out.

## A passkey

security-passkey-new-title = Add a passkey
security-passkey-new-what = Your browser asks you to confirm with your fingerprint, your face or a PIN. It may also offer your phone or a security key.
security-passkey-name = Name
security-passkey-name-help = So that you know it again in the list.
security-passkey-unnamed = My passkey
security-passkey-title = Your passkey
security-passkey-rename = Save the name
security-passkey-remove-title = Remove this passkey?
security-passkey-remove-there = Delete it on your device too, so that it is no longer offered there.
security-passkey-remove = Remove
security-passkey-refused = That did not work. Perhaps it took too long. Please try once more.
security-passkey-known = That passkey is here already.
security-passkey-too-many = You have as many passkeys as one can have. Remove one first.
security-passkey-bad-name = Give it a name of 1 to 60 visible characters.

## An authenticator app

security-app-title = Set up an authenticator app
security-app-new-what = Any app for one-time codes will do.
security-app-scan = Scan this with the app, or <a>open an app on this device</a>.
security-app-qr = QR code with the key that stands below it
security-app-type = Or type this key into it.
security-app-code = Type the code that the app shows
security-app-code-help = Six digits. A new one comes every half minute.
security-app-wrong = That is not the code that we expect. Take the newest one, and see whether the clock of your device is right.
security-app-confirm = Set up
security-app-remove-title = Remove the authenticator app?
security-app-remove-there = Delete the entry in the app too: its codes are worth nothing then.

## Recovery codes

security-codes-title = Make new recovery codes?
security-codes-make-what = Your old codes stop working when you make new ones.
security-codes-shown-title = Your recovery codes
security-codes-shown-what = Each lets you in once. Save, print or write them down now: they are not shown again.
security-codes-of = { $username } at { $installation }
security-codes-copy = Copy
security-codes-save = Save as a file
security-codes-print = Print
security-codes-copied = The codes are copied.
security-codes-shown-keep = Keep them where you find them without your phone. Whoever has your password and one of these codes can sign in as you.
security-codes-kept = I have kept them

## What was done

security-done-passkey = The passkey { $name } is added.
security-done-first-passkey = The passkey is added.
security-done-renamed = The passkey is called { $name } now.
security-done-passkey-removed = The passkey { $name } is removed.
security-done-app = The authenticator app is set up.
security-done-app-removed = The authenticator app is removed.

## At sign-in

passkey-sign-in = Sign in with a passkey
passkey-or = or
passkey-cancelled = You did not confirm, or the time was up. You can try once more.
passkey-known = This device has a passkey for your account already.
passkey-failed = Your browser could not do that. Try another device, or another way.
passkey-unsupported = This browser does not know passkeys. Try another one, or another device.
passkey-no-script = Passkeys need JavaScript, which is switched off in this browser. Everything else here works without it.
passkey-refused-title = That passkey did not work
passkey-refused-what = It is not known here, or it took too long. Perhaps it was removed from your account.
passkey-refused-other = Sign in another way
