-- Needs and offers, what changed about them, who wants to hear of new ones.

CREATE TABLE listing (
    id TEXT PRIMARY KEY,
    municipality TEXT NOT NULL,
    person TEXT NOT NULL,
    side TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    task_group BIGINT NOT NULL,
    detail TEXT NOT NULL,
    urgency TEXT NOT NULL,
    audience TEXT NOT NULL,
    text_held BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    published_at BIGINT NOT NULL DEFAULT 0,
    expires_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX listing_municipality ON listing (municipality, state);
CREATE INDEX listing_state ON listing (state, expires_at);
CREATE INDEX listing_person ON listing (person);

CREATE TABLE listing_change (
    seq SERIAL PRIMARY KEY,
    listing TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE alert (
    person TEXT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    rhythm TEXT NOT NULL,
    task_groups TEXT NOT NULL,
    regions TEXT NOT NULL,
    least_people BIGINT NOT NULL DEFAULT 0,
    most_people BIGINT NOT NULL DEFAULT 0,
    at_night BOOLEAN NOT NULL DEFAULT FALSE,
    digest_at BIGINT NOT NULL DEFAULT 0,
    sent_on TEXT NOT NULL DEFAULT '',
    sent BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX alert_digest ON alert (digest_at);

-- How far each job has read a feed.
CREATE TABLE reading (
    job TEXT PRIMARY KEY,
    position BIGINT NOT NULL
);

CREATE TABLE alert_waiting (
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    listing TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (person, listing)
);

CREATE TABLE request (
    id TEXT PRIMARY KEY,
    from_listing TEXT NOT NULL,
    to_listing TEXT NOT NULL,
    from_municipality TEXT NOT NULL,
    to_municipality TEXT NOT NULL,
    from_seat TEXT NOT NULL,
    to_seat TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL,
    score TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    decided_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX request_pair ON request (from_municipality, from_listing, to_listing);
CREATE INDEX request_to ON request (to_municipality, state);
CREATE INDEX request_from ON request (from_municipality, state);
CREATE INDEX request_age ON request (state, created_at);
