-- A session is as old as its login; one that is older than the password is over.
alter table account add column password_changed_at timestamptz;
