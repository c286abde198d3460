-- People: second factors, mail, sign-up, sign-in elsewhere, languages. Every new column may be empty or has a default, so that a node
-- of the version before goes on working.

-- The language a person chose (BCP 47), and when the password was last set.
ALTER TABLE users ADD COLUMN locale TEXT;
ALTER TABLE users ADD COLUMN password_changed_at TIMESTAMPTZ;
-- Whether a TOTP secret or a passkey is set up: read with the person, so that nobody is asked for what they have not.
ALTER TABLE users ADD COLUMN has_totp BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE users ADD COLUMN has_passkey BOOLEAN NOT NULL DEFAULT FALSE;

-- WebAuthn credentials, several per person; credential is what the verifier keeps of it.
CREATE TABLE passkeys (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    credential_id BYTEA NOT NULL UNIQUE,
    name TEXT NOT NULL,
    credential JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ
);
CREATE INDEX passkeys_user_id ON passkeys (user_id);

-- RFC 6238: one per person, its secret sealed. last_step is the newest time step that was used: none is used twice.
CREATE TABLE totps (
    user_id UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    secret_sealed BYTEA NOT NULL,
    last_step BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE recovery_codes (
    code_hash BYTEA PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ
);
CREATE INDEX recovery_codes_user_id ON recovery_codes (user_id);

-- Links that were mailed, each good once: verify_email, reset_password, sign_up, invitation, link_upstream. id: what administrators call an
-- invitation by.
CREATE TABLE mailed_links (
    token_hash BYTEA PRIMARY KEY,
    id UUID NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    user_id UUID REFERENCES users (id) ON DELETE CASCADE,
    email TEXT,
    detail JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ
);
CREATE INDEX mailed_links_user_id ON mailed_links (user_id);
CREATE INDEX mailed_links_expires_at ON mailed_links (expires_at);

-- Mail that is still to be sent. Sealed, because of the links in it.
CREATE TABLE outgoing_mails (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    mail_sealed BYTEA NOT NULL,
    attempts BIGINT NOT NULL,
    next_attempt_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX outgoing_mails_next_attempt_at ON outgoing_mails (next_attempt_at);

-- Accounts at other providers: provider is the name of the setting, issuer what its tokens say.
CREATE TABLE upstream_accounts (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    provider TEXT NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    email TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX upstream_accounts_user_id ON upstream_accounts (user_id);

-- Until when an approval is remembered (for good where it is empty), and until when what came of it lasts.
ALTER TABLE consents ADD COLUMN expires_at TIMESTAMPTZ;
ALTER TABLE codes ADD COLUMN grant_expires_at TIMESTAMPTZ;
-- Whoever signs out ends their open codes.
CREATE INDEX codes_user_id ON codes (user_id);

-- The person is asked every time; the authentication context (acr) that is needed at least; colours, logo and links of the client's own.
ALTER TABLE clients ADD COLUMN is_consent_always_asked BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE clients ADD COLUMN required_acr TEXT;
ALTER TABLE clients ADD COLUMN branding JSONB;

-- A scope's description and a resource's name in other languages, an object by language tag.
ALTER TABLE scopes ADD COLUMN descriptions JSONB;
ALTER TABLE resources ADD COLUMN names JSONB;
