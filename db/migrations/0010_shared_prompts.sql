-- Buttons under a text that many rows of the outbox carry; whoever has such a row may press them.

CREATE TABLE shared_prompt (
    id TEXT PRIMARY KEY,
    keys TEXT NOT NULL,
    actions TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX shared_prompt_expires ON shared_prompt (expires_at);

CREATE TABLE shared_choice (
    prompt TEXT NOT NULL REFERENCES shared_prompt (id) ON DELETE CASCADE,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    chosen TEXT NOT NULL,
    PRIMARY KEY (person, prompt)
);

-- Every prompt of a person, their own ones and those that they share.
CREATE VIEW prompt_of AS
    SELECT id, person, step, reply, keys, actions, outbox, created_at, expires_at, chosen FROM prompt
     UNION ALL
    SELECT shared.id, carrier.person, '', body.message, shared.keys, shared.actions, carrier.id,
           carrier.created_at, shared.expires_at,
           COALESCE((SELECT choice.chosen FROM shared_choice AS choice
                      WHERE choice.prompt = shared.id AND choice.person = carrier.person), '')
      FROM outbox AS carrier
      JOIN shared_prompt AS shared ON shared.id = carrier.prompt
      JOIN outbox_body AS body ON body.id = carrier.body;
