# Words that many pages share.

month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
date = { $day } { $month } { $year }
date-time = { $day } { $month } { $year }, { $time } UTC

sign-in = Sign in
cancel = Cancel

## The installation's own links

foot-privacy = Privacy
foot-terms = Terms
foot-help = Help

## The page at the root

home-title = Sign-in server
home-heading = Sign in to { $installation }
home-what = Apps that use { $installation } send you here to sign in, ask what they may do, and take you back.
home-setup-heading = Set up { $installation }
home-needs-setup = There is no administrator yet. Open the set-up link that the server printed when it started.
home-demo = Take the guided minute
home-developers = For developers
home-issuer = Issuer
home-discovery = Discovery

# Used by a test alone: values, marks and a link.
test-only = See <i> { $app } under <a>Apps</a>.
