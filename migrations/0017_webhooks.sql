-- Addresses that are told what happens, and what they are still to be told.

CREATE TABLE webhooks (
    -- The secret that signs what is sent is worked out of this and the installation's key: it is in no table.
    id         TEXT   NOT NULL PRIMARY KEY,
    address    TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT   NOT NULL
);

-- One event for one address, written with what it tells of.
CREATE TABLE webhook_events (
    id         TEXT   NOT NULL PRIMARY KEY,
    webhook_id TEXT   NOT NULL REFERENCES webhooks (id),
    -- JSON, as it is sent: ids and counts, and nobody's answers.
    body       TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    -- When it is tried next, or when whoever is trying it is given up; NULL: it has arrived, or was given up.
    due_at     BIGINT,
    attempts   BIGINT NOT NULL,
    arrived_at BIGINT,
    -- Why the last try failed; never what the other side said.
    problem    TEXT
);
CREATE INDEX webhook_events_due ON webhook_events (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_events_of_webhook ON webhook_events (webhook_id, at);

--: webhooks: Addresses that are told what happens.
--: webhooks why: programs of the municipality learn of a launch, a close, a publication.
--: webhooks kept: until removed.
--: webhooks.address: Where events are sent.
--: webhooks.created_at: When it was added.
--: webhooks.created_by: By whom.
--: webhook_events why: an event is not lost while its receiver is down.
--: webhook_events kept: 30 days; nobody in particular is in it.
--: webhook_events.at: When it happened.
--: webhook_events.attempts: How often it was tried.
--: webhook_events.arrived_at: When the receiver confirmed it.
