-- Interim editions: answers may be opened in waves while the survey runs, each for one edition.
ALTER TABLE responses ADD COLUMN wave BIGINT NOT NULL DEFAULT 1;

-- The organisation as it was at launch, as JSON: what is published goes by it, however often. NULL: launched before this was kept.
ALTER TABLE campaigns ADD COLUMN tree TEXT;
