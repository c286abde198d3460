# Pages that say what is wrong.

problem-to-do = What you can do
problem-technical = For whoever helps you
problem-id = If you ask for help, give this id:
problem-wait-and-reload = Wait a moment and load the page again.

problem-link-title = This sign-in link does not work
problem-link-what = The app that sent you here did not ask in the right way, so we cannot sign you in to it.
problem-link-fault = This is not your fault: it is a mistake in the app or in a link.
problem-link-again = Go back to the app and start again.
problem-link-tell = If that does not help, tell the people who run the app, and give them the id below.

problem-ours-title = Something went wrong here
problem-ours-what = We could not finish what you asked for. Nothing was changed.
problem-ours-fault = This is not your fault.

problem-unread-title = That did not arrive
problem-unread-what = We could not read what was sent. Nothing was changed. This is not your fault.
problem-unread-again = Go back and try once more.

problem-nowhere-title = There is no such page
problem-nowhere-what = The address does not lead anywhere here.
problem-nowhere-check = Check the address, or start from the beginning.
problem-nowhere-start = Go to the start page

problem-http-title = This connection is not safe
problem-http-what = This page must be opened with https, so that nobody on the way can read your password.
problem-http-https = Open the address with https:// at its front.
problem-http-open = Open it safely

problem-before-title = You have done this already
problem-before-what = This sign-in was finished before, maybe in another tab. Nothing was done twice.
problem-before-back = Go back to the app. If it does not know you, start signing in there again.

problem-stale-title = Please start again
problem-stale-unreadable = The link to this page is incomplete or from another place. This is not your fault.
problem-stale-changed = The app that sent you here has changed meanwhile. This is not your fault.
problem-stale-old = This page was open for a long time, so for your safety it no longer works. Nothing was changed. This is not your fault.
problem-stale-again = Go back to the app and sign in from there. It takes only a moment.
problem-stale-back = Back to { $app }

problem-logout-title = This sign-out link does not work
problem-logout-what = The app that sent you here did not ask in the right way, so nothing was done: if you were signed in, you still are. This is not your fault.
problem-logout-all = To sign out of everything here, use the button below.
problem-logout-tell = Tell the people who run the app, and give them the id below.

problem-setup-title = This is not the set-up link
problem-setup-what = Setting up needs the link that the server printed when it started.
problem-setup-look = Look at what the server printed at its start, and open the link that stands there after “set up”.
problem-set-up-title = This is set up already
problem-set-up-what = There is an administrator, so the set-up link no longer works.
problem-set-up-sign-in = Sign in, or ask an administrator for an account.

problem-decide-title = Please decide once more
problem-decide-what = We could not make sure that the decision came from you: maybe somebody else signed in here meanwhile. Nothing was allowed. This is not your fault.
problem-decide-look = Look at the question again, and at whose account it is about.
problem-decide-back = Back to the question
