-- Logging in: sessions that can be looked at and rest, second factors, codes by SMS, accounts by the register.

-- Sessions of earlier versions have none of this: they end.
DELETE FROM sessions;
ALTER TABLE sessions ADD COLUMN begun_at BIGINT NOT NULL DEFAULT 0;
-- The last request, give or take a few minutes.
ALTER TABLE sessions ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN origin TEXT NOT NULL DEFAULT '';
CREATE INDEX sessions_of_account ON sessions (account_id);

-- The authenticator's secret, sealed with the installation's key; empty: none.
ALTER TABLE accounts ADD COLUMN totp TEXT NOT NULL DEFAULT '';
-- The last step whose code was used: none is taken twice.
ALTER TABLE accounts ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0;
-- Whoever is a representative by the register: role, place and phone are those of this employee, as long as it says so.
ALTER TABLE accounts ADD COLUMN employee_id TEXT;
CREATE UNIQUE INDEX accounts_of_employee ON accounts (employee_id);
CREATE INDEX accounts_of_phone ON accounts (phone);

CREATE TABLE recovery_codes (
    -- SHA-256 of the code, which has 80 random bits.
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id)
);
CREATE INDEX recovery_codes_of_account ON recovery_codes (account_id);

-- Somebody is half-way in: the second step is missing.
CREATE TABLE login_steps (
    -- SHA-256 of the cookie's value.
    id          TEXT   NOT NULL PRIMARY KEY,
    -- Whom it lets in; both NULL where a code was asked for with a number that nobody has.
    account_id  TEXT,
    employee_id TEXT,
    -- totp, sms
    kind        TEXT   NOT NULL,
    -- Keyed hash of the code that was sent; empty for totp.
    code        TEXT   NOT NULL,
    tries       BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
);
