# Making an account, and getting back into one.
