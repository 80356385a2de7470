-- What a campaign's survey said each time that somebody saved it.
CREATE TABLE definitions (
    campaign_id TEXT   NOT NULL REFERENCES campaigns (id),
    -- 1, 2, …
    number      BIGINT NOT NULL,
    -- When.
    written_at  BIGINT NOT NULL,
    -- The account, or the machine.
    written_by  TEXT   NOT NULL,
    -- The survey as YAML.
    definition  TEXT   NOT NULL,
    PRIMARY KEY (campaign_id, number)
);
--: definitions why: HR sees what changed in a survey, and who changed it.
--: definitions kept: for ever; nobody in particular is in it, except who wrote.
