-- Administration: roles, versions of what several people change, what files manage, the chained audit log, refused
-- requests, counts over time. Every new column may be empty or has a default, so that a node of the version before goes on working.

-- Raised by every change (If-Match, RFC 9110 section 13.1.1).
ALTER TABLE clients ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE users ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE scopes ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE resources ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- Names as they are searched: in one case and one form.
ALTER TABLE clients ADD COLUMN name_key TEXT;
ALTER TABLE users ADD COLUMN name_key TEXT;

CREATE TABLE roles (
    name TEXT PRIMARY KEY,
    description TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

-- Who has which role: what users.roles says, the other way round.
CREATE TABLE user_roles (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, role)
);
CREATE INDEX user_roles_role ON user_roles (role);

-- Which roles a person needs for which of the resource's scopes, an object of arrays; and which roles its tokens name (all where empty).
ALTER TABLE resources ADD COLUMN scope_roles JSONB;
ALTER TABLE resources ADD COLUMN token_roles TEXT;

-- What a file manages: kind (client, scope, resource, role, user) and id; the file's name; and the definition that was last applied.
CREATE TABLE managed (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    source TEXT NOT NULL,
    definition JSONB NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX managed_source ON managed (source);

-- The chain: each row's place, and a keyed hash over it and the row before. Filled in right after the row was written,
-- so that no two sign-ins wait for one another.
ALTER TABLE audit_events ADD COLUMN seq BIGINT;
ALTER TABLE audit_events ADD COLUMN hash BYTEA;
CREATE UNIQUE INDEX audit_events_seq ON audit_events (seq);
CREATE INDEX audit_events_unchained ON audit_events (id) WHERE seq IS NULL;
CREATE INDEX audit_events_user_id ON audit_events (user_id, id);

-- One row: where the chain ends, where it begins after old rows were swept, how far it was exported, and its key.
CREATE TABLE audit_chain (
    id BIGINT PRIMARY KEY,
    key_sealed BYTEA NOT NULL,
    last_seq BIGINT NOT NULL,
    last_hash BYTEA NOT NULL,
    swept_seq BIGINT NOT NULL,
    swept_hash BYTEA NOT NULL,
    exported_seq BIGINT NOT NULL
);

-- Requests that were refused, without their secrets, for whoever has to find out why. Bounded in count and age.
CREATE TABLE refused_requests (
    id TEXT PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    endpoint TEXT NOT NULL,
    client_id TEXT,
    user_id UUID,
    status BIGINT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    params JSONB NOT NULL,
    address TEXT,
    user_agent TEXT
);
CREATE INDEX refused_requests_at ON refused_requests (at);
CREATE INDEX refused_requests_client_id ON refused_requests (client_id, at);

-- How often something happened in an hour: sign-ins, tokens, errors.
CREATE TABLE activity (
    hour TIMESTAMPTZ NOT NULL,
    kind TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (hour, kind)
);
