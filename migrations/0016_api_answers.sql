-- Answers to calls of the API that came with an Idempotency-Key, for whoever asks again.

CREATE TABLE api_answers (
    -- SHA-256 of the API key's id and the Idempotency-Key.
    id      TEXT   NOT NULL PRIMARY KEY,
    -- SHA-256 of method, address and body.
    request TEXT   NOT NULL,
    -- The status of HTTP; 0: not answered yet.
    status  BIGINT NOT NULL,
    -- Headers and body of the answer, sealed with the installation's key.
    sealed  TEXT   NOT NULL,
    -- When it was asked first.
    at      BIGINT NOT NULL
);
CREATE INDEX api_answers_by_age ON api_answers (at);

--: api_answers: Answers to calls that came with an Idempotency-Key.
--: api_answers why: whoever lost an answer asks again, and nothing is done twice.
--: api_answers kept: 24 hours.
