-- What was permitted. Codes and grants carry no foreign keys: every insert would lock its client's row, the hottest
-- row there is. Removing a person or a client removes their grants in the same transaction instead.
CREATE TABLE consents (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    -- The resource that it was about; empty where none was named.
    resource TEXT NOT NULL,
    granted TEXT NOT NULL,
    declined TEXT NOT NULL,
    granted_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, client_id, resource)
);
CREATE INDEX consents_client_id ON consents (client_id);

CREATE TABLE codes (
    code_hash BYTEA PRIMARY KEY,
    request_id UUID NOT NULL UNIQUE,
    grant_id UUID NOT NULL,
    client_id TEXT NOT NULL,
    user_id UUID NOT NULL,
    session_id UUID NOT NULL,
    redirect_uri TEXT NOT NULL,
    is_redirect_uri_sent BOOLEAN NOT NULL,
    code_challenge TEXT,
    scope TEXT NOT NULL,
    resource TEXT,
    nonce TEXT,
    auth_time TIMESTAMPTZ NOT NULL,
    amr JSONB NOT NULL,
    issued_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    redeemed_at TIMESTAMPTZ,
    sweep_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX codes_sweep_at ON codes (sweep_at);

-- One row per grant, also while its refresh token rotates: the row is updated in place. sweep_at moves once a day at
-- most, so that a rotation changes no indexed column.
CREATE TABLE grants (
    id UUID PRIMARY KEY,
    client_id TEXT NOT NULL,
    user_id UUID NOT NULL,
    session_id UUID,
    scope TEXT NOT NULL,
    resource TEXT,
    auth_time TIMESTAMPTZ NOT NULL,
    amr JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    is_offline BOOLEAN NOT NULL,
    revoked_at TIMESTAMPTZ,
    generation BIGINT NOT NULL,
    refresh_hash BYTEA,
    rotated_at TIMESTAMPTZ,
    idle_expires_at TIMESTAMPTZ,
    sweep_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX grants_user_id ON grants (user_id);
CREATE INDEX grants_client_id ON grants (client_id);
CREATE INDEX grants_sweep_at ON grants (sweep_at);
