# A person's own account.

## The frame

account-heading = Your account
account-skip = Skip to the content
account-signed-in-as = Signed in as
account-sign-out = Sign out
account-console = Administration
account-profile = Profile
account-security = Security
account-sessions = Devices
account-apps = Connected apps
account-events = Activity
account-data = Your data

account-stale-title = This form could not be checked
account-stale-what = It belongs to an earlier sign-in, or was not sent from here. Nothing was changed. This is not your fault.
account-stale-do = Load the page again, and send the form once more.
account-stale-back = Load the page again

account-optional = (optional)
account-save = Save
account-managed = This account is set in a file by the people who run this server, so it cannot be changed here.

## Profile

account-profile-title = Profile
account-profile-about = About you
account-profile-lead = Apps see only what you allow them to see.
account-name = Name
account-username = Username
account-email = E-mail
account-email-verified = verified
account-email-unverified = not verified yet
account-roles = Roles
account-signed-in = Signed in
account-language = Language
account-language-browser = As the browser says
account-given-name = Given name
account-family-name = Family name
account-nickname = Nickname
account-website = Website
account-picture = Address of your picture
account-birthdate = Date of birth
account-birthdate-help = Year, month, day: 1990-12-31. Use 0000 as the year to keep the year to yourself.
account-zone = Time zone
account-zone-help = Such as Europe/London
account-wrong-text = That is too long, or has characters that cannot be shown.
account-wrong-link = Write the whole address of a page or picture, with https:// at its front.
account-wrong-date = Write the date as year-month-day, such as 1990-12-31.
account-wrong-zone = Write the time zone by its name, such as Europe/London.
account-reach = Phone and postal address
account-phone = Phone number
account-phone-help = With its country code, such as +44 20 7946 0000.
account-phone-help-verified = This number is verified. If you change it, the new one is not.
account-phone-verified = verified
account-wrong-phone = Write the number with + and its country code at the front, such as +44 20 7946 0000.
account-street = Street and house number
account-postal-code = Postal code
account-locality = Town
account-region = State or region
account-country = Country
account-known = Also stored here
account-known-lead = Apps see this too, if you allow them to. If something is wrong, tell the people who run { $installation }.
account-preferred-username = Username for apps
account-middle-name = Middle name
account-gender = Gender
account-profile-page = Profile page
account-locale = Language for apps
account-address = Postal address
account-done-profile = Your profile is saved.

## Password

account-password-title = Password
account-password-change = Change password
account-password-set = Set a password
account-password-current = Current password
account-password-new = New password
account-password-repeated = New password once more
account-password-help = { $n ->
    [one] At least { $n } character. A few words in a row are easy to remember and hard to guess.
   *[other] At least { $n } characters. A few words in a row are easy to remember and hard to guess.
}
account-password-end-others = Sign out everywhere else
account-password-end-others-help = If somebody else may know your password, this signs them out.
account-password-wrong = That is not your current password.
account-password-differ = The two new passwords are not the same.
account-password-throttled = There were too many wrong tries. Please try again in { $n ->
    [one] { $n } minute.
   *[other] { $n } minutes.
}
account-password-busy = Very many people are signing in at the moment. Please try again in a few seconds.
account-done-password = Your password is changed. Apps that may use your account still can: <a>look at them</a> if you do not trust one.

## Sessions

account-sessions-title = Where you are signed in
account-sessions-lead = Each browser in which you signed in and did not sign out. The device is what the browser says of itself.
account-sessions-this = This one
account-sessions-address = IP address
account-sessions-seen = Last seen
account-sessions-since = Signed in
account-sessions-end = Sign out
account-sessions-the-one = : { $device }, { $time }
account-sessions-end-others = Sign out everywhere else
account-sessions-no-others = You are signed in nowhere else.
account-done-session = That device is signed out.
account-done-others = You are signed out everywhere else.

# A browser and a system, by their names.
account-device = { $browser } on { $system }
account-device-browser = { $browser }
account-device-system = A browser on { $system }
account-device-unknown = Unknown browser

## Connected apps

account-apps-title = Connected apps
account-apps-lead = These apps may use your account. Disconnecting takes back at once all that an app was given; it can ask you again.
account-apps-none = No app may use your account yet. Apps you allow will be listed here.
account-apps-may = It may
account-apps-at = At { $resource } it may
account-apps-since = Since
account-apps-used = Last used
account-apps-until = Ends
account-apps-always = Not until you take it back
account-apps-disconnect = Disconnect
account-done-disconnected = { $name } is disconnected.

## Activity

account-events-title = Activity
account-events-lead = What happened with your account. If something here was not you, change your password and sign out everywhere else.
account-events-none = Nothing yet.
account-events-by-others = Done by an administrator
account-events-pager = Older and newer
account-events-newest = Newest
account-events-older = Older

account-event-added = The account was created
account-event-signed-in = Signed in
account-event-signed-in-to = Signed in to { $app }
account-event-failed = A sign-in failed
account-event-failed-at = A sign-in to { $app } failed
account-event-throttled = Sign-ins were held back after too many wrong tries
account-event-signed-out = Signed out
account-event-ended = A device was signed out
account-event-updated = The profile was changed
account-event-disabled = The account was disabled
account-event-enabled = The account was enabled again
account-event-password = A new password was set
account-event-allowed = You allowed { $app } to use your account
account-event-denied = You did not allow { $app } what it asked for
account-event-withdrawn = { $app } was disconnected
account-event-connected = { $app } got access
account-event-revoked = { $app } lost access
account-event-replayed = { $app } showed a key that was used before, so it lost access
account-event-factor-added = A second step for signing in was added
account-event-factor-removed = A second step for signing in was removed
account-event-codes-made = New recovery codes were made
account-event-code-used = A recovery code was used
account-event-reset-asked = A link for setting a new password was asked for
account-event-sign-up-asked = Somebody wanted to create a second account with this e-mail address
account-event-address-asked = A change of the e-mail address was asked for
account-event-address = The e-mail address was verified
account-event-other = Something was changed

## Your data

account-data-title = Your data
account-data-what = All that is stored about you here, in one file that programs can read (JSON): your profile, devices, apps and activity. It has no passwords and no keys in it.
account-data-download = Download your data
account-data-end = Delete your account
account-data-delete = Everything about you that is stored here is deleted, for good.

account-delete-title = Delete your account?
account-delete-go = Delete account
account-delete-effects = What happens then:
account-delete-effect-out = You are signed out everywhere.
account-delete-effect-apps = Every app that you sign in to with this account loses its access, and you can no longer sign in to it this way.
account-delete-effect-gone = Nobody can bring the account back.
account-delete-type = To confirm, type your username: <strong>{ $username }</strong>
account-delete-wrong = That is not your username.
account-delete-last = You are the last administrator who can sign in. Give somebody else the role first.
account-deleted-title = Your account is deleted
account-deleted-what = You are signed out everywhere, and what was stored about you is gone.
