# The question whether an app may use the account.
