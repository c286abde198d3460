import os

# Authlib refuses http without this; the run has no TLS.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
