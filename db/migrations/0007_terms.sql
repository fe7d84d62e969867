-- Words that people corrected the bot with, wrong invitation codes, and what a coordinator has dealt with.

-- slug is the sub-topic that was meant; state is waiting, accepted or dropped.
CREATE TABLE candidate_term (
    term TEXT NOT NULL,
    language TEXT NOT NULL,
    slug TEXT NOT NULL,
    times BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (term, language, slug)
);
CREATE INDEX candidate_term_state ON candidate_term (state, times);

CREATE TABLE wrong_code (
    seq SERIAL PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    at BIGINT NOT NULL
);
CREATE INDEX wrong_code_at ON wrong_code (at);
CREATE INDEX wrong_code_person ON wrong_code (person);

-- A failed or doubtful message that a coordinator has looked at is no longer listed.
ALTER TABLE outbox ADD COLUMN settled_at BIGINT NOT NULL DEFAULT 0;
