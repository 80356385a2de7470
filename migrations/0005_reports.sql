-- A report's id begins with its message's id from now on: it finds the reports of a message by itself, and those of a launch
-- lie beside each other instead of all over an index.
DROP INDEX delivery_reports_of_message;
-- Those that nobody knows are looked through once a minute, and are few.
CREATE INDEX delivery_reports_unknown ON delivery_reports (received_at) WHERE applied = 0;
