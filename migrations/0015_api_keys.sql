-- Keys with which programs call the API.

CREATE TABLE api_keys (
    id          TEXT   NOT NULL PRIMARY KEY,
    -- As the audit log knows whoever holds it.
    name        TEXT   NOT NULL UNIQUE,
    -- SHA-256 of the key, which has 256 random bits and is nowhere.
    hash        TEXT   NOT NULL UNIQUE,
    -- Names of permissions, a space between.
    permissions TEXT   NOT NULL,
    -- 1: results of the whole organisation; 0: of the places in api_key_places and all below them.
    whole       BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    created_by  TEXT   NOT NULL,
    expires_at  BIGINT NOT NULL,
    -- The last request; NULL: none yet.
    used_at     BIGINT,
    -- The minute of that request since 1970, and how many there were in it: what nodes count together.
    minute      BIGINT NOT NULL DEFAULT 0,
    used        BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE api_key_places (
    key_id   TEXT NOT NULL REFERENCES api_keys (id),
    -- A node of org_units. No foreign key: a place that the register forgets stays in what was published.
    place_id TEXT NOT NULL,
    PRIMARY KEY (key_id, place_id)
);

--: api_keys: Keys with which programs call the API.
--: api_keys why: a program does what its key may and no more, and the log says which one it was.
--: api_keys kept: until revoked; worth nothing after 366 days at most.
--: api_keys.created_at: When it was made.
--: api_keys.created_by: Which account made it, or command.
--: api_keys.expires_at: From when on it is worth nothing.
--: api_keys.used: Requests in that minute.
--: api_key_places: Whose results a key reads.
--: api_key_places why: a key reads the results of its own places.
--: api_key_places kept: as api_keys.
