-- Official registers over the index that ships with the product, and whose cards a person has seen.

-- detail is JSON: the municipality, its former names and villages, whether it was withdrawn.
CREATE TABLE municipality (
    key TEXT PRIMARY KEY,
    detail TEXT NOT NULL,
    register TEXT NOT NULL,
    imported_at BIGINT NOT NULL
);

-- edition is the date that the file itself names, else empty.
CREATE TABLE register_import (
    seq SERIAL PRIMARY KEY,
    register TEXT NOT NULL,
    edition TEXT NOT NULL,
    file TEXT NOT NULL,
    municipalities BIGINT NOT NULL,
    imported_at BIGINT NOT NULL
);

CREATE TABLE card_seen (
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    municipality TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (person, municipality)
);
