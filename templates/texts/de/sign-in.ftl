# Signing in, choosing an account, signing out, setting up.
