-- A password that was never shown to anybody is made anew at the next start; wrong attempts hold an account back for a while.
alter table account
    add column password_shown_at timestamptz,
    add column failed_logins integer not null default 0,
    add column last_failed_at timestamptz,
    add column locked_until timestamptz;
update account set password_shown_at = created_at;
