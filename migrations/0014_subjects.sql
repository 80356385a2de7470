-- Accounts of an OpenID Connect provider.

-- Issuer and subject, a space between; NULL: nobody has come in from there.
ALTER TABLE accounts ADD COLUMN subject TEXT;
-- 1: role and scope are what the provider's groups say at each login.
ALTER TABLE accounts ADD COLUMN granted BIGINT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX accounts_of_subject ON accounts (subject);
