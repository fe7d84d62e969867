-- What was asked and said once, and when nobody wants to be woken.

ALTER TABLE listing ADD COLUMN asked_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN nudged_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN escalated_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN quiet_nights BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX listing_change_listing ON listing_change (listing, at);
