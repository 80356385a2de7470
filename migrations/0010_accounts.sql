-- Accounts have a scope and get their first password by a link.

-- 1: the whole organisation; 0: the places in account_places and all below them.
ALTER TABLE accounts ADD COLUMN whole BIGINT NOT NULL DEFAULT 1;
-- E.164; where codes go. NULL: none.
ALTER TABLE accounts ADD COLUMN phone TEXT;
-- From here on an empty password_hash is that of an account without a password.

-- Nothing else says which places an account may see.
CREATE TABLE account_places (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- A node of org_units. No foreign key: a place that the register forgets stays in what was published.
    place_id   TEXT NOT NULL,
    PRIMARY KEY (account_id, place_id)
);

-- Links by which somebody sets a password, once.
CREATE TABLE account_links (
    -- SHA-256 of the token in the link.
    id         TEXT   PRIMARY KEY,
    account_id TEXT   NOT NULL UNIQUE REFERENCES accounts (id),
    expires_at BIGINT NOT NULL
);
