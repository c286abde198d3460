# A person's own account.

## The frame

account-heading = Your account
account-skip = Skip to the content
account-signed-in-as = Signed in as
account-sign-out = Sign out
account-console = Administration
account-profile = Profile
account-security = Security
account-sessions = Sessions
account-apps = Connected apps
account-events = Activity
account-data = Your data

account-stale-title = This form could not be checked
account-stale-what = It was made for another sign-in, or did not come from here. Nothing was changed.
account-stale-do = Load the page again, and send the form once more.
account-stale-back = Load the page again

## Profile

account-profile-title = Profile
account-name = Name
account-username = Username
account-email = E-mail
account-roles = Roles
account-signed-in = Signed in

## Sessions

account-sessions-title = Where you are signed in
account-sessions-lead = Each browser in which you signed in and did not sign out. The device is what the browser says of itself.
account-sessions-this = This one
account-sessions-address = Address
account-sessions-seen = Last seen
account-sessions-since = Signed in
account-sessions-end = End
account-sessions-end-others = End all others
account-sessions-no-others = You are signed in nowhere else.
account-done-session = That session is ended.
account-done-others = All other sessions are ended.

# A browser and a system, by their names.
account-device = { $browser } on { $system }
account-device-browser = { $browser }
account-device-system = A browser on { $system }
account-device-unknown = A browser
