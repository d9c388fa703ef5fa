-- All that a session is stands here, so that it survives a restart and is the same at every instance. Of the secret in the
-- browser's cookie only the hash; sessions from before have none, and end with that.
alter table account_session
    add column secret bytea unique,
    -- The password was right, and the code of the second factor has not been shown yet.
    add column awaits_code boolean not null default false,
    -- What the OpenID provider is to be told at the logout, sealed with the secret in the cookie.
    add column id_token bytea,
    -- How the provider calls its own session, when it ends ours from there.
    add column provider_session text;
create index account_session_of_provider on account_session (provider_session) where provider_session is not null and ended_at is null;
