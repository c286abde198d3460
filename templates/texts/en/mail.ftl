# What mails say.

mail-link-plain = If that does not work, copy this address into your browser:
mail-link-label = { $label }:
mail-username = Username: { $username }

## A link to set a new password

mail-reset-subject = Set a new password for { $installation }
mail-reset-asked = Somebody, probably you, asked to set a new password for { $name } at { $installation }.
mail-reset-by-admin = The people who run { $installation } send { $name } this link to set a password.
mail-reset-button = Set a new password
mail-reset-lasts = { $n ->
    [one] The link works once, and for { $n } minute.
   *[other] The link works once, and for { $n } minutes.
}
mail-reset-not-you = If it was not you, do nothing: the password stays as it is, and nobody else has this link.

## A link that shows whose an address is

mail-verify-subject = Is this your address at { $installation }?
mail-verify-asked = Somebody, probably you, gave this address at { $installation }.
mail-verify-button = Yes, it is mine
mail-verify-lasts = { $n ->
    [one] The link works once, and for { $n } hour.
   *[other] The link works once, and for { $n } hours.
}
mail-verify-not-you = If you do not know why you get this, do nothing: the address will not be used.

## What happened to an account

mail-device-subject = A new sign-in at { $installation }
mail-device-what = Somebody signed in as { $name } at { $installation }, with a browser that had not been used for it before.
mail-password-subject = Your password at { $installation } was changed
mail-password-what = The password of { $name } at { $installation } was changed.
mail-app-subject = A new app may use your account at { $installation }
mail-app-what = { $app } may now use the account of { $name } at { $installation }.
mail-app-checked = This app was checked by { $installation }.
mail-app-unchecked = This app was not checked by { $installation }: anyone could have chosen this name. If you do not trust it, disconnect it.
mail-factor-added-subject = A way to sign in was added at { $installation }
mail-factor-added-what = { $factor ->
    [passkey] A passkey was added to the account of { $name } at { $installation }.
   *[totp] An authenticator app was added to the account of { $name } at { $installation }.
}
mail-factor-removed-subject = A way to sign in was removed at { $installation }
mail-factor-removed-what = { $factor ->
    [passkey] A passkey was removed from the account of { $name } at { $installation }.
    [totp] The authenticator app was removed from the account of { $name } at { $installation }.
   *[all] All passkeys, the authenticator app and the recovery codes were removed from the account of { $name } at { $installation }.
}
mail-codes-renewed-subject = New recovery codes were made at { $installation }
mail-codes-renewed-what = New recovery codes were made for the account of { $name } at { $installation }. The codes from before no longer work.
mail-code-used-subject = A recovery code was used at { $installation }
mail-code-used-what = A recovery code of { $name } was used at { $installation }, in place of a passkey or the authenticator app. That code no longer works.
mail-codes-throttled-subject = Too many wrong codes at { $installation }
mail-codes-throttled-what = Somebody passed the first step of signing in as { $name } at { $installation }, usually the password, and then typed too many wrong codes. For a while, no code is taken there.
mail-address-subject = Your address at { $installation } was changed
mail-address-what = The e-mail address of { $name } at { $installation } is another one now. Nothing more will come to this one.
mail-when = When: { $time }
mail-from-address = From the IP address: { $address }
mail-browser = With the browser: { $browser }
mail-look = Look at your account
mail-was-you = If that was you, there is nothing to do.
mail-was-not-you = If it was not you, change your password at once and sign out everywhere else. If you cannot sign in any more, turn to the people who run { $installation }.

## A mail that tries out whether mail arrives

mail-test-subject = An e-mail from { $installation }
mail-test-what = This e-mail was sent to try out whether e-mails from { $installation } arrive. They do.

## Signing up, and being invited

mail-sign-up-subject = Your new account at { $installation }
mail-sign-up-asked = Somebody, probably you, wants to create an account at { $installation } with this address.
mail-sign-up-button = Create the account
mail-sign-up-not-you = If it was not you, do nothing: no account is created then.
mail-known-subject = You have an account at { $installation }
mail-known-asked = Somebody, probably you, wanted to create an account at { $installation } with this address. There is one already.
mail-known-forgot = If you have forgotten the password, you can set a new one here: { $address }
mail-known-not-you = If it was not you, there is nothing to do: nothing was changed.
mail-invitation-subject = You are invited to { $installation }
mail-invitation-what = The people who run { $installation } invite you to create an account there.
mail-invitation-lasts = The link works once, until { $time }.
mail-invitation-not-you = If you do not know why you get this, do nothing: no account is created then.
