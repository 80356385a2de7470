-- Requests for links that nobody has, counted so that all nodes together slow down whoever guesses.
CREATE TABLE guesses (
    -- Keyed hash of the client's address and of the stretch of time: neither address nor visitor can be told from it.
    who    TEXT   PRIMARY KEY,
    -- When that stretch of time began; rows of earlier ones are deleted.
    since  BIGINT NOT NULL,
    count  BIGINT NOT NULL
);
CREATE INDEX guesses_by_time ON guesses (since);
