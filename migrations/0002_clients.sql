-- Who may ask: clients, the scopes there are, and the resources that accept our access tokens.
CREATE TABLE clients (
    id TEXT PRIMARY KEY,
    metadata JSONB NOT NULL,
    is_first_party BOOLEAN NOT NULL,
    registration TEXT NOT NULL,
    disabled_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE client_secrets (
    hash BYTEA PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ
);
CREATE INDEX client_secrets_client_id ON client_secrets (client_id);

-- The web origins of redirect URIs: browser apps there may call the token endpoint (CORS).
CREATE TABLE client_origins (
    client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    origin TEXT NOT NULL,
    PRIMARY KEY (client_id, origin)
);
CREATE INDEX client_origins_origin ON client_origins (origin);

CREATE TABLE scopes (
    name TEXT PRIMARY KEY,
    description TEXT NOT NULL,
    is_required BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE resources (
    uri TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    alg TEXT NOT NULL,
    access_ttl_seconds BIGINT,
    secret_sealed BYTEA,
    created_at TIMESTAMPTZ NOT NULL
);
