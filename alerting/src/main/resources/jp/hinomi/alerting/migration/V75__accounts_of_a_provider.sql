-- The OpenID provider said at the last attempt to log in that its owner has no role any more: sessions and tokens of the account
-- are worth nothing until it says otherwise. An administrator's `disabled` stands beside that.
alter table account add column withdrawn boolean not null default false;
