-- Codes by which one person joins their addresses on two messengers.

CREATE TABLE link_code (
    code_hash TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);
CREATE INDEX link_code_person ON link_code (person);
