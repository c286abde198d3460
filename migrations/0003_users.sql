-- Who signs in: people, their signed-in browsers, and the throttle of wrong passwords.
CREATE TABLE users (
    id UUID PRIMARY KEY,
    username TEXT NOT NULL,
    username_key TEXT NOT NULL UNIQUE,
    email TEXT,
    email_key TEXT UNIQUE,
    is_email_verified BOOLEAN NOT NULL,
    name TEXT,
    roles JSONB NOT NULL,
    is_admin BOOLEAN NOT NULL,
    password_hash TEXT,
    disabled_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

-- Whether there is an administrator is asked at every start; derived from roles.
CREATE INDEX users_is_admin ON users (id) WHERE is_admin;

CREATE TABLE sessions (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    authenticated_at TIMESTAMPTZ NOT NULL,
    amr JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    idle_expires_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    address TEXT,
    user_agent TEXT
);
CREATE INDEX sessions_user_id ON sessions (user_id);
CREATE INDEX sessions_idle_expires_at ON sessions (idle_expires_at);

-- One row per account and place from which wrong passwords came; none for those who type theirs right.
CREATE TABLE sign_in_throttles (
    key TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sign_in_throttles_expires_at ON sign_in_throttles (expires_at);
