-- Employees whom an identity provider keeps up to date by SCIM.

CREATE TABLE scim_users (
    employee_id TEXT   NOT NULL PRIMARY KEY REFERENCES employees (id),
    -- As the provider has it.
    user_name   TEXT   NOT NULL,
    -- The same in small letters: that is what it asks by.
    user_key    TEXT   NOT NULL UNIQUE,
    -- The provider's own id; NULL where it says none.
    external_id TEXT,
    created_at  BIGINT NOT NULL,
    changed_at  BIGINT NOT NULL
);

--: scim_users: Employees whom an identity provider keeps up to date by SCIM.
--: scim_users why: the register follows the identity provider without a file.
--: scim_users kept: as employees; until the provider deletes the user.
--: scim_users.created_at: When the provider made the user.
--: scim_users.changed_at: When it last changed it.
