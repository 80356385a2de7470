-- Answers are sealed when they are sent in, and opened at close.

-- What answers are sealed to (base64); the private key is never in the database. NULL before launch.
ALTER TABLE campaigns ADD COLUMN public_key TEXT;
-- 1: the private key was split into shares at launch, and two must come together to open.
ALTER TABLE campaigns ADD COLUMN by_two BIGINT NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN opened_at BIGINT;
-- 1: nothing of what was deleted since lies between the rows any more.
ALTER TABLE campaigns ADD COLUMN swept BIGINT NOT NULL DEFAULT 0;
-- When answers and invitations were deleted, their time being over.
ALTER TABLE campaigns ADD COLUMN purged_at BIGINT;

-- Answers sent in, all of one size in a campaign. No invitation, no time; gone when they are opened.
CREATE TABLE envelopes (
    id          TEXT NOT NULL PRIMARY KEY,
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    -- Base64: one-time public key and ciphertext (HPKE).
    sealed      TEXT NOT NULL
) /* ordered by id */;
CREATE INDEX envelopes_of_campaign ON envelopes (campaign_id, id);

-- Opened answers, written anew at opening in an order of chance. No version that stored answers in the clear was ever
-- released, and those rows stood in the order of their coming with the words beside them: they are not carried over.
DROP TABLE responses;
CREATE TABLE responses (
    id          TEXT NOT NULL PRIMARY KEY,
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    -- The deepest node of the tree that is known, as at launch.
    unit_id     TEXT,
    -- JSON object: attribute id → value.
    attributes  TEXT NOT NULL,
    -- JSON object: question id → answer; applicable questions only, and no words.
    answers     TEXT NOT NULL
) /* ordered by id */;
CREATE INDEX responses_of_campaign ON responses (campaign_id, id);

-- Words, each alone: linked to no response and to no other text.
CREATE TABLE texts (
    id          TEXT NOT NULL PRIMARY KEY,
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    -- Question id; question.other for the words of `other`.
    question    TEXT NOT NULL,
    -- Level 1 of the tree and nothing finer.
    area_id     TEXT,
    words       TEXT NOT NULL,
    -- What moderation has come to.
    state       TEXT NOT NULL DEFAULT 'new',
    edited      TEXT
) /* ordered by id */;
CREATE INDEX texts_of_campaign ON texts (campaign_id, id);

-- Campaigns of earlier versions have no key and can take no answers: they are over.
UPDATE campaigns SET state = 'closed', closed_at = launched_at WHERE state IN ('sending', 'open');
UPDATE messages SET state = 'cancelled', reason = 'the campaign was closed' WHERE state IN ('planned', 'queued', 'retry_wait');
DELETE FROM drafts;
