-- Until when the pace of a gateway or a campaign is used up, by all nodes together; microseconds since 1970.
CREATE TABLE paces (
    -- gateway NAME, or campaign ID
    name    TEXT   NOT NULL PRIMARY KEY,
    used_up BIGINT NOT NULL
);
