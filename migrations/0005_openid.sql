-- OpenID Connect and the whole life of a token. Every new column may be empty, so that a node of the version before goes on working.

-- The key that hides people's ids from clients with pairwise subjects, sealed. Not derived: it has to outlive a change of the secret key.
ALTER TABLE installation ADD COLUMN pairwise_key_sealed BYTEA;

-- The standard claims that have no column of their own (OIDC Core section 5.1), an object.
ALTER TABLE users ADD COLUMN claims JSONB;

-- The secret itself, sealed, for clients that authenticate with an HMAC of it (client_secret_jwt).
ALTER TABLE client_secrets ADD COLUMN secret_sealed BYTEA;

-- Clients that registered themselves: their own key to their registration (RFC 7592), and when they go if nothing was ever issued to them.
ALTER TABLE clients ADD COLUMN registration_token_hash BYTEA;
ALTER TABLE clients ADD COLUMN sweep_at TIMESTAMPTZ;
CREATE INDEX clients_sweep_at ON clients (sweep_at) WHERE sweep_at IS NOT NULL;

CREATE TABLE initial_access_tokens (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    name TEXT NOT NULL,
    uses_left BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX initial_access_tokens_expires_at ON initial_access_tokens (expires_at);

-- What may be used once: the ids of client assertions and of request objects, hashed with their client.
CREATE TABLE used_assertions (
    hash BYTEA PRIMARY KEY,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX used_assertions_expires_at ON used_assertions (expires_at);

-- Access tokens that no grant stands behind (client_credentials) and that were revoked, by the hash of their id.
CREATE TABLE revoked_tokens (
    hash BYTEA PRIMARY KEY,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX revoked_tokens_expires_at ON revoked_tokens (expires_at);

-- Which clients want to hear when a session ends; none for those that registered no logout address.
CREATE TABLE session_clients (
    session_id UUID NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    client_id TEXT NOT NULL,
    PRIMARY KEY (session_id, client_id)
);

-- Back-channel logout calls that are still to be made.
CREATE TABLE logout_deliveries (
    id UUID PRIMARY KEY,
    client_id TEXT NOT NULL,
    user_id UUID NOT NULL,
    session_id UUID NOT NULL,
    attempts BIGINT NOT NULL,
    next_attempt_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX logout_deliveries_next_attempt_at ON logout_deliveries (next_attempt_at);

-- The claims request (OIDC Core section 5.5), an object.
ALTER TABLE codes ADD COLUMN claims JSONB;
ALTER TABLE grants ADD COLUMN claims JSONB;

-- jwt where it is empty, or opaque.
ALTER TABLE resources ADD COLUMN format TEXT;
