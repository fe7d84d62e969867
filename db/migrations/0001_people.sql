-- Who is who, what was agreed to, and where each conversation stands.

CREATE TABLE person (
    id TEXT PRIMARY KEY,
    language TEXT NOT NULL,
    zone TEXT NOT NULL,
    consent_at BIGINT NOT NULL DEFAULT 0,
    consent_version TEXT NOT NULL DEFAULT '',
    coordinator BOOLEAN NOT NULL DEFAULT FALSE,
    coordinator_region TEXT NOT NULL DEFAULT '',
    frozen BOOLEAN NOT NULL DEFAULT FALSE,
    private_word TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

CREATE TABLE address (
    address TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    reachable BOOLEAN NOT NULL DEFAULT TRUE,
    used_at BIGINT NOT NULL
);
CREATE INDEX address_person ON address (person, used_at);

CREATE TABLE seat (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    municipality TEXT NOT NULL,
    role TEXT NOT NULL,
    level TEXT NOT NULL,
    may_decide BOOLEAN NOT NULL,
    contact TEXT NOT NULL DEFAULT '',
    decided_by TEXT NOT NULL DEFAULT '',
    refusal TEXT NOT NULL DEFAULT '',
    claimed_at BIGINT NOT NULL,
    decided_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX seat_person ON seat (person);
CREATE INDEX seat_municipality ON seat (municipality);
CREATE INDEX seat_level ON seat (level, claimed_at);

CREATE TABLE policy (
    municipality TEXT PRIMARY KEY,
    telegram TEXT NOT NULL,
    decided_at BIGINT NOT NULL
);

CREATE TABLE invitation (
    code_hash TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    municipality TEXT NOT NULL DEFAULT '',
    region TEXT NOT NULL DEFAULT '',
    by_operator BOOLEAN NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE conversation (
    person TEXT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE prompt (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    step TEXT NOT NULL,
    reply TEXT NOT NULL,
    keys TEXT NOT NULL,
    actions TEXT NOT NULL,
    outbox TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    chosen TEXT NOT NULL DEFAULT ''
);
CREATE INDEX prompt_person ON prompt (person, created_at);
CREATE INDEX prompt_outbox ON prompt (outbox);

CREATE TABLE audit (
    seq SERIAL PRIMARY KEY,
    at BIGINT NOT NULL,
    person TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX audit_object ON audit (object);
