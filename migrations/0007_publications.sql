-- What was published, for ever: each edition a document that nothing changes.
CREATE TABLE publications (
    campaign_id  TEXT   NOT NULL REFERENCES campaigns (id),
    -- 1, 2, …
    edition      BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    -- SHA-256 of the document with an empty hash in it, hexadecimal.
    hash         TEXT   NOT NULL,
    -- JSON.
    document     TEXT   NOT NULL,
    PRIMARY KEY (campaign_id, edition)
);
