-- What was done stands in a chain: each entry has a number and a hash over itself and the hash before it.

ALTER TABLE audit ADD COLUMN number BIGINT;
-- The address from which it was done; empty where nobody came from anywhere.
ALTER TABLE audit ADD COLUMN origin TEXT NOT NULL DEFAULT '';
-- SHA-256, hexadecimal; empty for entries from before the chain.
ALTER TABLE audit ADD COLUMN hash TEXT NOT NULL DEFAULT '';
UPDATE audit SET number =
    (SELECT COUNT(*) FROM audit b WHERE b.at < audit.at OR (b.at = audit.at AND b.id <= audit.id));
CREATE UNIQUE INDEX audit_by_number ON audit (number);

-- The end of the chain: one row, which whoever adds an entry holds.
CREATE TABLE audit_head (
    number BIGINT NOT NULL PRIMARY KEY,
    hash   TEXT   NOT NULL
);
INSERT INTO audit_head (number, hash) SELECT COUNT(*), '' FROM audit;
