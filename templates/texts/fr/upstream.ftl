# Signing in with an account elsewhere.
