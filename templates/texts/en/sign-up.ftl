# Making an account, and getting back into one.

login-trouble = Trouble signing in?

## Asking for a link

forgot-heading = Trouble signing in?
forgot-what = We will e-mail you a link for setting a new password.
forgot-send = Send the link
forgot-back = Back to sign-in
forgot-sent-heading = Check your e-mail
forgot-sent-what = If there is an account of that name with an e-mail address, a link is on its way to it. It works for half an hour.
forgot-sent-nothing = Nothing there after a few minutes? Look into the folder for unwanted mail, try your username instead of your address or the other way round, or turn to the people who gave you the account.
forgot-empty = Please type your username or your e-mail address.
forgot-stale = This page could not be checked. Please send it once more; cookies must be allowed.
forgot-throttled = That was asked for too often from here. Please try again in { $n ->
    [one] { $n } minute.
   *[other] { $n } minutes.
}

## Setting a new password

reset-heading = Set a new password
reset-for = For the account { $username }.
reset-password = New password
reset-password-help = { $n ->
    [one] At least { $n } character. A few words in a row are easy to remember and hard to guess.
   *[other] At least { $n } characters. A few words in a row are easy to remember and hard to guess.
}
reset-end-sessions = Sign out wherever this account is signed in now
reset-set = Set password
reset-stale = This page could not be checked. Please send it once more; cookies must be allowed.
reset-busy = It is very busy here at the moment. Please try again in a few seconds.
reset-done-heading = The new password is set
reset-done-ended = The account is signed out everywhere. Sign in with the new password.
reset-done-kept = Wherever the account was signed in, it still is. From now on, sign in with the new password.
reset-done-apps = Apps that may use your account still can. <a>Look at them</a> if you do not trust one.
reset-done-security = If somebody else may have been in your account, check also <a>how you sign in to it</a>: passkeys, app and recovery codes are still the same.

password-too-short = { $n ->
    [one] That password is too short: it needs at least { $n } character.
   *[other] That password is too short: it needs at least { $n } characters.
}
password-too-long = That password is too long.
password-is-name = That password is the username: anyone would try that first.
password-guessable = That password would be guessed soon: it is common, or made of common parts. Choose several words that do not belong together.

## A link that no longer works

link-dead-heading = This link no longer works
link-dead-what = It was used already, it is too old, or a newer one was sent after it. Nothing was changed.
link-dead-withdrawn = The people who run { $installation } withdrew this invitation. Nothing was changed. If that is a mistake, ask them for another one.
link-dead-again = Ask for another link
link-dead-account = To your account

## The page for another address

account-email-title = E-mail address
account-email-change = Change or confirm the e-mail address
account-email-other = Change the e-mail address
account-email-add = Add an e-mail address
account-email-now = Your address is { $email }.
account-email-unproved = You have not confirmed it yet.
account-email-none = Your account has no e-mail address.
account-email-pending = A link went to { $email }. Until it is opened, nothing changes; the link works for a day.
account-email-label = Address
account-email-help = We will send a link there. Your address changes when you open it, and we tell your old one.
account-email-help-first = We will send a link there. It becomes your address when you open the link.
account-email-send = Send the link
account-email-bad = That is not an e-mail address. Write it like name@example.com.
account-email-throttled = That was asked for too often. Please try again in { $n ->
    [one] { $n } minute.
   *[other] { $n } minutes.
}
account-done-address = A link is on its way to { $name }. Until it is opened, nothing changes; it works for a day.

## An address that is to be proved

verify-email-heading = Is this your address?
verify-email-what = <strong>{ $email }</strong> becomes the address of the account { $username }.
verify-email-yes = Yes, it is mine
verify-email-no = No, it is not
verify-email-no-heading = Nothing was changed
verify-email-no-what = Your account keeps the address that it had. The link in the e-mail stops working within a day.
verify-email-taken = That address belongs to another account here by now.
verify-email-taken-heading = This address cannot be used
verify-email-other = This link is for another account. Here you are signed in as { $username }, and nothing was changed. Sign in with the account that the address is for, and open the link again.
verify-email-done-heading = The address is yours
verify-email-done-what = { $email } is the address of the account { $username } now.

## Making an account of one's own

login-no-account = No account yet?
login-sign-up = Create an account
sign-up-heading = Create an account
sign-up-what = We send a link to your e-mail address. There you choose a username and a password.
sign-up-have-one = I have an account
sign-up-sent-what = An e-mail is on its way to the address that you typed. Open the link in it within a day.
sign-up-sent-app = Open it in this browser, and you go on to { $app } after that.
sign-up-sent-nothing = Nothing there after a few minutes? Look into the folder for unwanted mail, or check the address and try again.
sign-up-domain = Accounts can be created here only with addresses that end in: { $domains }
sign-up-invited-heading = You are invited to { $installation }
sign-up-invited-what = The people who run { $installation } invited { $email }. Choose what you want to sign in with.
sign-up-username-help = You sign in with it, or with your e-mail address.
sign-up-username-odd = That cannot be a username. It has 1 to 100 characters, no @, and no spaces at its ends.
sign-up-username-taken = Somebody has that username already. Please choose another.
sign-up-name-odd = That name is too long, or has characters that cannot be shown.
sign-up-make = Create account

## Where nobody creates an account

sign-up-closed-title = No account can be created here
sign-up-closed-off = Creating accounts is switched off at { $installation } at present. A link that you were sent does not work while it is.
sign-up-closed-invited = An account at { $installation } is made by invitation alone. If you have one, open the link in it.
sign-up-closed-ask = Ask the people who run { $installation }.
