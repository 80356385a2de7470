-- Delivery: rounds, pauses, STOP, messages sent again by somebody's decision, and who decided what.

-- Why nothing leaves for now; NULL while messages may leave.
ALTER TABLE campaigns ADD COLUMN paused_reason TEXT;
ALTER TABLE campaigns ADD COLUMN paused_at BIGINT;

-- sms or form: this person wants no more messages of this campaign.
ALTER TABLE invitations ADD COLUMN stopped_by TEXT;

-- The invitation, and each reminder.
CREATE TABLE rounds (
    campaign_id TEXT   NOT NULL REFERENCES campaigns (id),
    -- 0 the invitation, 1 the first reminder, …
    round       BIGINT NOT NULL,
    -- Which delay of the definition this is, from 1; NULL for what was sent by hand.
    scheduled   BIGINT,
    written_at  BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, round),
    UNIQUE (campaign_id, scheduled)
);
INSERT INTO rounds (campaign_id, round, scheduled, written_at)
    SELECT id, 0, 0, launched_at FROM campaigns WHERE launched_at IS NOT NULL;

-- As before, and a message can be sent again when somebody decides so: a copy of its own, so that what the first came to
-- stays known. SQLite changes a table's constraints only by writing it anew.
CREATE TABLE messages_anew (
    id               TEXT   PRIMARY KEY,
    campaign_id      TEXT   NOT NULL REFERENCES campaigns (id),
    invitation_id    TEXT   NOT NULL REFERENCES invitations (id),
    round            BIGINT NOT NULL,
    -- 0 as it was written; 1, 2, … sent again by hand, to another number or in doubt about the first.
    copy             BIGINT NOT NULL,
    phone            TEXT   NOT NULL,
    sender           TEXT   NOT NULL,
    -- The text as it will be sent, with {link} in the place of the link: the token is made again when it is sent.
    body             TEXT   NOT NULL,
    -- gsm7 or ucs2
    encoding         TEXT   NOT NULL,
    parts            BIGINT NOT NULL,
    -- planned, queued, sending, accepted, delivered, undelivered, expired, retry_wait, uncertain, failed, cancelled
    state            TEXT   NOT NULL,
    -- Not before this moment.
    due_at           BIGINT NOT NULL,
    attempts         BIGINT NOT NULL,
    -- The node and boot that took it, and when: proof of who may be sending it.
    attempt_node     TEXT,
    attempt_boot     TEXT,
    attempt_at       BIGINT,
    gateway          TEXT,
    gateway_ref      TEXT,
    -- Why it failed, in the gateway's words; never holds a phone number or a token.
    reason           TEXT,
    -- What HR decided about a message in doubt or a number that does not work: left, again; NULL while nobody has.
    decision         TEXT,
    UNIQUE (campaign_id, round, invitation_id, copy)
);
INSERT INTO messages_anew (id, campaign_id, invitation_id, round, copy, phone, sender, body, encoding, parts, state, due_at,
        attempts, attempt_node, attempt_boot, attempt_at, gateway, gateway_ref, reason)
    SELECT id, campaign_id, invitation_id, round, 0, phone, sender, body, encoding, parts, state, due_at,
        attempts, attempt_node, attempt_boot, attempt_at, gateway, gateway_ref, reason FROM messages;
DROP TABLE messages;
ALTER TABLE messages_anew RENAME TO messages;
-- What waits to be sent, campaign by campaign in its order; a claim says the same condition in the same words.
CREATE INDEX messages_waiting ON messages (campaign_id, due_at, id) WHERE state IN ('queued', 'retry_wait');
CREATE INDEX messages_planned ON messages (campaign_id, due_at) WHERE state = 'planned';
-- What is in somebody's hands: few rows, looked through when a process starts.
CREATE INDEX messages_sending ON messages (attempt_at) WHERE state = 'sending';
-- What HR has to look at.
CREATE INDEX messages_in_doubt ON messages (campaign_id, attempt_at) WHERE state IN ('uncertain', 'undelivered', 'expired', 'failed');
CREATE INDEX messages_of_campaign ON messages (campaign_id, state);
CREATE INDEX messages_of_invitation ON messages (invitation_id);
-- A STOP comes with a number and nothing else.
CREATE INDEX messages_of_phone ON messages (phone);

-- Who decided what, when. Never answers, tokens or phone numbers.
CREATE TABLE audit (
    id          TEXT   PRIMARY KEY,
    at          BIGINT NOT NULL,
    -- The account; "command" for somebody at the machine.
    who         TEXT   NOT NULL,
    action      TEXT   NOT NULL,
    campaign_id TEXT,
    detail      TEXT   NOT NULL
);
CREATE INDEX audit_by_time ON audit (at, id);
