-- Meetings, who answered, who is reminded; notices and to whom exactly they go.

-- What registers say of municipalities where somebody holds an office, so that audiences are one query.
CREATE TABLE municipality_fact (
    municipality TEXT PRIMARY KEY,
    country TEXT NOT NULL,
    region TEXT NOT NULL,
    kind TEXT NOT NULL
);

-- The task groups a person chose; task_group 0 says that they chose, even if none.
CREATE TABLE membership (
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    task_group BIGINT NOT NULL,
    PRIMARY KEY (person, task_group)
);

-- leads, such as 1d,1h: the person's own choice of reminders.
CREATE TABLE meeting_wish (
    person TEXT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    leads TEXT NOT NULL DEFAULT ''
);

-- Without a choice a person belongs to the groups of their municipality's listings.
CREATE VIEW group_member AS
    SELECT person, task_group FROM membership WHERE task_group > 0
     UNION
    SELECT seat.person AS person, listing.task_group AS task_group
      FROM seat JOIN listing ON listing.municipality = seat.municipality AND listing.state = 'open'
     WHERE NOT EXISTS (SELECT 1 FROM membership WHERE membership.person = seat.person);

-- Verified people with the address where they are written to; empty where their council allows none of them.
CREATE VIEW audience AS
    SELECT seat.person AS person, seat.municipality AS municipality, seat.claimed_at AS since,
           fact.country AS country, fact.region AS region, fact.kind AS kind,
           person.language AS language,
           COALESCE((SELECT address.address FROM address
                      WHERE address.person = seat.person AND address.reachable
                        AND NOT (address.address LIKE 'telegram:%' AND COALESCE(policy.telegram, '') = 'no')
                      ORDER BY address.used_at DESC LIMIT 1), '') AS address
      FROM seat
      JOIN person ON person.id = seat.person AND NOT person.frozen AND person.consent_at > 0
      JOIN municipality_fact AS fact ON fact.municipality = seat.municipality
      LEFT JOIN policy ON policy.municipality = seat.municipality
     WHERE seat.level = 'verified';

-- data is the meeting as JSON; the columns beside it are what is searched.
CREATE TABLE meeting (
    id TEXT PRIMARY KEY,
    data TEXT NOT NULL,
    state TEXT NOT NULL,
    start_at BIGINT NOT NULL,
    end_at BIGINT NOT NULL,
    zone_data TEXT NOT NULL,
    revision BIGINT NOT NULL,
    author TEXT NOT NULL,
    region TEXT NOT NULL DEFAULT '',
    recurrence TEXT NOT NULL DEFAULT '',
    aftermath TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
);
CREATE INDEX meeting_time ON meeting (state, end_at);
CREATE INDEX meeting_aftermath ON meeting (aftermath, end_at);

-- place is seat, waiting or empty; position orders those who said yes; came is yes, no or empty.
CREATE TABLE attendance (
    meeting TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    municipality TEXT NOT NULL,
    answer TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    position BIGINT NOT NULL,
    answered_at BIGINT NOT NULL,
    came TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (meeting, person)
);

CREATE TABLE reminder (
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    meeting TEXT NOT NULL,
    lead TEXT NOT NULL,
    revision BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    not_after BIGINT NOT NULL,
    start_at BIGINT NOT NULL,
    only_coming BOOLEAN NOT NULL,
    PRIMARY KEY (person, meeting, lead)
);
CREATE INDEX reminder_due ON reminder (due_at, person, meeting);
CREATE INDEX reminder_meeting ON reminder (meeting);
CREATE INDEX reminder_person ON reminder (person, due_at);

-- One sending to a frozen list of people. contents are replies as JSON by what the reader knows already;
-- position is how far the list has been queued.
CREATE TABLE broadcast (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    revision BIGINT NOT NULL,
    author TEXT NOT NULL,
    approver TEXT NOT NULL DEFAULT '',
    region TEXT NOT NULL,
    wish TEXT NOT NULL,
    contents TEXT NOT NULL,
    actions TEXT NOT NULL,
    urgent BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    held_until BIGINT NOT NULL DEFAULT 0,
    not_after BIGINT NOT NULL,
    position BIGINT NOT NULL DEFAULT 0,
    progress TEXT NOT NULL DEFAULT '',
    shown TEXT NOT NULL DEFAULT '',
    progress_at BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);
CREATE INDEX broadcast_state ON broadcast (state, held_until);
CREATE INDEX broadcast_subject ON broadcast (subject);

-- The outbox row of a recipient has the id <broadcast>.<person>; an empty address is one that none allows.
CREATE TABLE recipient (
    seq SERIAL PRIMARY KEY,
    broadcast TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    municipality TEXT NOT NULL,
    country TEXT NOT NULL,
    address TEXT NOT NULL,
    variant TEXT NOT NULL,
    UNIQUE (broadcast, person)
);
CREATE INDEX recipient_order ON recipient (broadcast, seq);
CREATE INDEX recipient_person ON recipient (person);

-- Hosts of online meetings that coordinators added to the usual ones.
CREATE TABLE link_host (
    host TEXT PRIMARY KEY,
    added_by TEXT NOT NULL,
    added_at BIGINT NOT NULL
);
