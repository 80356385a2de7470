-- Processes that send give a sign of life once a minute: somebody who looks after the installation sees whether any does.

CREATE TABLE nodes (
    -- Its host and port; on SQLite there is one.
    name        TEXT   PRIMARY KEY,
    version     TEXT   NOT NULL,
    seen_at     BIGINT NOT NULL,
    -- It leaves the gateway alone until then, after too many failures in a row; NULL: it does not.
    rests_until BIGINT
);
--: nodes: Processes that send, each with its last sign of life.
--: nodes why: whether anything sends at all is seen before the messages are missed.
--: nodes kept: one day after the last sign of life; nobody in particular is in it.
--: nodes.version: Which medvirk it is.
--: nodes.seen_at: Its last sign of life.
