-- The page that shows a running campaign counts those who have begun and answered once a second.
CREATE INDEX invitations_of_area ON invitations (campaign_id, area_id, state);
