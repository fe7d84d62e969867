-- What came in, what goes out, and where each channel stands.

CREATE TABLE inbox (
    seq SERIAL PRIMARY KEY,
    channel TEXT NOT NULL,
    key TEXT NOT NULL,
    lane TEXT NOT NULL,
    raw TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    attempt BIGINT NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    received_at BIGINT NOT NULL,
    UNIQUE (channel, key)
);
CREATE INDEX inbox_waiting ON inbox (channel, seq) WHERE state = 'waiting';
CREATE INDEX inbox_received ON inbox (received_at);

-- A text that many rows share, such as a broadcast's.
CREATE TABLE outbox_body (
    id TEXT PRIMARY KEY,
    message TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- finished_at = 0 means queued or sending; every later state is final.
-- attempt grows with every claim and fences late writers; failures are the tries that count.
-- rank is the priority as it stands after waiting; withdrawn is the end of a row called back while it is sent.
CREATE TABLE outbox (
    seq SERIAL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    order_key TEXT NOT NULL,
    person TEXT NOT NULL,
    class TEXT NOT NULL,
    secrecy TEXT NOT NULL,
    priority BIGINT NOT NULL,
    rank BIGINT NOT NULL,
    dedupe TEXT UNIQUE,
    subject TEXT NOT NULL DEFAULT '',
    revision BIGINT NOT NULL DEFAULT 0,
    edits TEXT NOT NULL DEFAULT '',
    prompt TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',
    not_before BIGINT NOT NULL,
    not_after BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued',
    attempt BIGINT NOT NULL DEFAULT 0,
    failures BIGINT NOT NULL DEFAULT 0,
    boot TEXT NOT NULL DEFAULT '',
    claimed_at BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT NOT NULL DEFAULT 0,
    withdrawn TEXT NOT NULL DEFAULT '',
    error TEXT NOT NULL DEFAULT '',
    provider_id TEXT NOT NULL DEFAULT '',
    finished_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX outbox_due ON outbox (channel, rank, not_before, seq) WHERE state = 'queued';
CREATE INDEX outbox_order ON outbox (order_key, seq) WHERE finished_at = 0;
CREATE INDEX outbox_flying ON outbox (channel, address) WHERE state = 'sending';
CREATE INDEX outbox_stale ON outbox (channel, not_after) WHERE state = 'queued' AND not_after > 0;
CREATE INDEX outbox_person ON outbox (person);
CREATE INDEX outbox_subject ON outbox (subject, revision) WHERE subject <> '';
CREATE INDEX outbox_provider ON outbox (address, provider_id) WHERE provider_id <> '';
CREATE INDEX outbox_stuck ON outbox (finished_at) WHERE state IN ('unknown', 'failed');

-- sender is the process that delivers for the channel, so its pace holds for all processes together.
CREATE TABLE channel (
    name TEXT PRIMARY KEY,
    position TEXT NOT NULL DEFAULT '',
    blocked_until BIGINT NOT NULL DEFAULT 0,
    sender TEXT NOT NULL DEFAULT '',
    sender_until BIGINT NOT NULL DEFAULT 0
);
