-- Free text: two looks at every text, themes that texts are marked with, and what was published of both.

-- The account that took the first look; another one takes the second. No time: an order of moderation says nothing, but
-- it is nobody's business either. Words are emptied when the edited ones are released.
ALTER TABLE texts ADD COLUMN cleaned_by TEXT;
CREATE INDEX texts_by_stage ON texts (campaign_id, question, state, id);

-- What HR sorts the texts of one question by.
CREATE TABLE themes (
    id          TEXT NOT NULL PRIMARY KEY,
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    -- As in texts.
    question    TEXT NOT NULL,
    -- JSON object: language → words.
    label       TEXT NOT NULL
) /* ordered by id */;
CREATE INDEX themes_of_campaign ON themes (campaign_id, question);

-- Which text is about what.
CREATE TABLE text_themes (
    text_id  TEXT NOT NULL REFERENCES texts (id),
    theme_id TEXT NOT NULL REFERENCES themes (id),
    PRIMARY KEY (text_id, theme_id)
) /* ordered by id */;
CREATE INDEX texts_of_theme ON text_themes (theme_id);

-- What was published of the texts, once and for ever: a document that nothing changes.
CREATE TABLE text_publications (
    campaign_id  TEXT   NOT NULL PRIMARY KEY REFERENCES campaigns (id),
    published_at BIGINT NOT NULL,
    -- SHA-256 of the document with an empty hash in it, hexadecimal.
    hash         TEXT   NOT NULL,
    -- JSON.
    document     TEXT   NOT NULL
);
