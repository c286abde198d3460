-- The installation itself: its id, whether the secret key fits, and a counter that every administrative change raises.
CREATE TABLE installation (
    id UUID PRIMARY KEY,
    secret_key_check BYTEA,
    revision BIGINT NOT NULL,
    -- How often somebody was made an administrator: each time makes the set-up links before it worthless.
    setups BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

-- Keys that sign tokens. The private half is sealed under the secret key.
CREATE TABLE signing_keys (
    kid TEXT PRIMARY KEY,
    alg TEXT NOT NULL,
    public_jwk JSONB NOT NULL,
    private_sealed BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    activates_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ
);

CREATE TABLE audit_events (
    id UUID PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    user_id UUID,
    client_id TEXT,
    address TEXT,
    request_id TEXT,
    detail JSONB NOT NULL
);
CREATE INDEX audit_events_at ON audit_events (at);
