# Passkeys, codes from an app, recovery codes.
