-- One text for SQLite and PostgreSQL: TEXT, BIGINT and DOUBLE PRECISION only. Times are epoch milliseconds UTC, flags
-- are 0 or 1, ids are random text.

-- A node of the organisation's tree: area (level 1), service (2), unit (3).
CREATE TABLE org_units (
    id        TEXT   PRIMARY KEY,
    parent_id TEXT   REFERENCES org_units (id),
    level     BIGINT NOT NULL,
    name      TEXT   NOT NULL
);
CREATE UNIQUE INDEX org_units_by_name ON org_units (COALESCE(parent_id, ''), name);

-- The register: who is employed, where, and how to reach them.
CREATE TABLE employees (
    id                   TEXT   PRIMARY KEY,
    -- The employer's own number; what a second import is matched by.
    employee_number      TEXT   NOT NULL UNIQUE,
    name                 TEXT,
    -- E.164
    phone                TEXT   NOT NULL,
    -- The deepest node that is known; NULL where the register names none.
    org_unit_id          TEXT   REFERENCES org_units (id),
    birth_year           BIGINT,
    language             TEXT,
    employment           TEXT,
    staff_responsibility BIGINT NOT NULL,
    union_rep            BIGINT NOT NULL,
    safety_rep           BIGINT NOT NULL,
    -- 1: made up by the demo; never sent through a real gateway.
    demo                 BIGINT NOT NULL
);

CREATE TABLE campaigns (
    id           TEXT   PRIMARY KEY,
    name         TEXT   NOT NULL,
    -- The definition as it was written, frozen at launch.
    definition   TEXT   NOT NULL,
    -- draft, sending, open, closed, published
    state        TEXT   NOT NULL,
    demo         BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    launched_at  BIGINT,
    closes_at    BIGINT,
    closed_at    BIGINT,
    published_at BIGINT
);

-- One employee's place in one campaign, frozen at launch. It never says when anything was answered.
CREATE TABLE invitations (
    id          TEXT   PRIMARY KEY,
    campaign_id TEXT   NOT NULL REFERENCES campaigns (id),
    employee_id TEXT   NOT NULL,
    -- SHA-256 of the token in the link; the token itself is nowhere in the database.
    token_hash  TEXT   NOT NULL UNIQUE,
    -- Level 1 of the tree; NULL where the register names none.
    area_id     TEXT,
    unit_id     TEXT,
    -- JSON object: attribute id → value.
    attributes  TEXT   NOT NULL,
    -- Two letters, from the register.
    language    TEXT,
    -- invited, started, answered
    state       TEXT   NOT NULL,
    UNIQUE (campaign_id, employee_id)
);

-- Every SMS of every round, written at launch and never doubled.
CREATE TABLE messages (
    id               TEXT   PRIMARY KEY,
    campaign_id      TEXT   NOT NULL REFERENCES campaigns (id),
    invitation_id    TEXT   NOT NULL REFERENCES invitations (id),
    -- 0 the invitation, 1 the first reminder, …
    round            BIGINT NOT NULL,
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
    UNIQUE (campaign_id, round, invitation_id)
);
-- What waits to be sent, in its order; a claim says the same condition in the same words.
CREATE INDEX messages_waiting ON messages (due_at, id) WHERE state IN ('queued', 'retry_wait');
-- What is in somebody's hands: few rows, looked through when a process starts.
CREATE INDEX messages_sending ON messages (attempt_at) WHERE state = 'sending';
CREATE INDEX messages_of_campaign ON messages (campaign_id, state);
CREATE INDEX messages_of_invitation ON messages (invitation_id);

-- What gateways report, raw and once, before it is applied.
CREATE TABLE delivery_reports (
    -- Digest of gateway, message and report: the same report again changes nothing.
    id          TEXT   PRIMARY KEY,
    message_id  TEXT   NOT NULL,
    gateway     TEXT   NOT NULL,
    -- delivered, undelivered, expired, buffered, accepted, rejected
    kind        TEXT   NOT NULL,
    received_at BIGINT NOT NULL,
    applied     BIGINT NOT NULL
);
CREATE INDEX delivery_reports_of_message ON delivery_reports (message_id);

-- Answers on their way, sealed under a key that only the link's token gives. Gone at submit and at close.
CREATE TABLE drafts (
    invitation_id TEXT   PRIMARY KEY REFERENCES invitations (id),
    -- Counts up: two phones on one link do not overwrite each other.
    version       BIGINT NOT NULL,
    -- Base64: nonce and ciphertext.
    sealed        TEXT   NOT NULL,
    -- Day of the last change, for the retention of 14 days; no finer time.
    day           BIGINT NOT NULL
);

-- Answers sent. Nothing here leads to a person: no invitation, no time, no order.
CREATE TABLE responses (
    id          TEXT   PRIMARY KEY,
    campaign_id TEXT   NOT NULL REFERENCES campaigns (id),
    area_id     TEXT,
    -- JSON object: attribute id → value.
    attributes  TEXT   NOT NULL,
    -- JSON object: question id → answer; applicable questions only.
    answers     TEXT   NOT NULL
);
CREATE INDEX responses_of_campaign ON responses (campaign_id);

CREATE TABLE accounts (
    id            TEXT   PRIMARY KEY,
    name          TEXT   NOT NULL UNIQUE,
    role          TEXT   NOT NULL,
    -- argon2id, PHC string
    password_hash TEXT   NOT NULL,
    created_at    BIGINT NOT NULL
);

CREATE TABLE sessions (
    -- SHA-256 of the cookie's value.
    id         TEXT   PRIMARY KEY,
    account_id TEXT   NOT NULL REFERENCES accounts (id),
    csrf       TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);
