-- When the owner of an account last came in: HR sees which accounts nobody uses.

-- NULL: never, or not since this column is there.
ALTER TABLE accounts ADD COLUMN last_login_at BIGINT;
--: accounts.last_login_at: When its owner last logged in; accounts that nobody uses are found by it.
