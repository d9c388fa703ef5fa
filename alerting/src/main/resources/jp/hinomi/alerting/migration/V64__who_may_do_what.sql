-- Accounts may be known by an OpenID provider instead of by a password, and prove themselves by a second factor.
alter table account
    alter column password_hash drop not null,
    add column origin text not null default 'local' check (origin in ('local', 'oidc')),
    -- Issuer and subject, separated by a blank, of an account that an OpenID provider knows.
    add column subject text unique,
    -- The password was made by somebody else, who has seen it: its owner is to choose another.
    add column password_given boolean not null default false,
    add column totp_secret bytea,
    -- Begun, but no code of it has been shown yet.
    add column totp_offered bytea,
    -- A code is good for once (RFC 6238, section 5.2).
    add column totp_last_step bigint not null default 0,
    add constraint account_password check ((origin = 'local') = (password_hash is not null)),
    add constraint account_stakeholder check ((role = 'stakeholder') = (stakeholder is not null)) not valid;

create table account_recovery_code (
    account text not null references account,
    hash    bytea not null,
    used_at timestamptz,
    primary key (account, hash)
);

-- Not the secret in the cookie: a name for the session that may be shown and ended from anywhere.
create table account_session (
    id         text primary key,
    account    text not null references account,
    started_at timestamptz not null,
    seen_at    timestamptz not null,
    address    text not null,
    agent      text not null,
    ended_at   timestamptz,
    ended_by   text
);
create index account_session_open on account_session (account, seen_at desc) where ended_at is null;

-- Tokens of programs: only the hash is kept.
create table api_token (
    id           bigint generated always as identity primary key,
    account      text not null references account,
    name         text not null,
    hash         bytea not null unique,
    scopes       text[] not null,
    created_at   timestamptz not null,
    created_by   text not null,
    expires_at   timestamptz not null,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    revoked_by   text
);
create index api_token_of_account on api_token (account, id desc);
