# Signing in with an account elsewhere.

## On the sign-in page

upstream-continue = Continue with { $provider }

## When it does not work

upstream-failed-title = You could not be signed in with { $provider }
upstream-not-linked-title = Your account at { $provider } was not linked
upstream-what-denied = You cancelled at { $provider }, or it did not let you go on.
upstream-what-unavailable = { $provider } cannot be reached at the moment, or does not answer as it should.
upstream-what-refused = { $provider } did not accept what { $installation } asked. Most likely a setting is wrong, there or here. It is not your fault.
upstream-what-untrusted = What came back from { $provider } did not pass the checks, so nobody was signed in.
upstream-what-not-anew = { $provider } cannot check anew that it is you, and just that is asked for here.
upstream-what-stale = This attempt was finished before, took longer than ten minutes, or was begun in another browser.
upstream-what-throttled = There were too many failed attempts. Please try again in { $n ->
    [one] { $n } minute.
   *[other] { $n } minutes.
}
upstream-what-disabled = Your account at { $installation } cannot be used at present.
upstream-what-domain = Only people with certain e-mail addresses may come here with { $provider }. Yours is not one of them, or { $provider } has not verified it.
upstream-what-taken = There is an account at { $installation } already with the e-mail address that { $provider } gave.
upstream-what-unknown = No account at { $installation } is linked to your account at { $provider }.
upstream-what-anothers = That account at { $provider } is linked to another account at { $installation }.
upstream-what-session = You are no longer signed in as the person who asked for this.
upstream-do-again = Try again, or choose another way.
upstream-do-wait = Wait a few minutes, then try again.
upstream-do-tell = If that does not help, tell the people who run { $installation }.
upstream-do-link = If you have an account here, sign in with your password or passkey. Then link { $provider } in your account, under “Security”.
upstream-do-create = If you have no account here yet, you can create one from the sign-in page.
upstream-do-other = Use another account at { $provider }.
upstream-back = Back to the sign-in page
upstream-back-account = Back to your account

## In one's account

upstream-heading = Accounts elsewhere
upstream-lead = With a linked account at another provider you can sign in here too, without a password.
upstream-address = E-mail address there
upstream-link = Link { $provider }
upstream-link-another = Link another account at { $provider }
upstream-link-title = Link your account at { $provider }?
upstream-link-what = You go to { $provider } and sign in there. From then on, whoever can use that account can sign in to your account at { $installation }.
upstream-link-go = Continue to { $provider }
upstream-unlink = Remove the link
upstream-unlink-title = Remove the link to { $provider }?
upstream-unlink-what = You can then no longer sign in to { $installation } with that account. The account at { $provider } stays as it is.
upstream-unlink-last = You cannot sign in any other way. Set a password or add a passkey first.
upstream-done-linked = Your account at { $name } is linked.
upstream-done-unlinked = The link to { $name } was removed.
account-event-upstream-linked = An account elsewhere was linked
account-event-upstream-unlinked = The link to an account elsewhere was removed
account-event-upstream-failed = A sign-in with an account elsewhere failed

## In mails

mail-upstream-linked-what = An account at { $provider } was linked to the account of { $name } at { $installation }. It can now be used to sign in.
mail-upstream-unlinked-what = The link between an account at { $provider } and the account of { $name } at { $installation } was removed.
