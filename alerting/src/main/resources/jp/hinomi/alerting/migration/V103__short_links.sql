-- Links that answer for an alert and are short enough for a text message: what the link itself would say stands here. Only a hash of
-- the link is kept, and what it says is signed in the link: whoever reads or writes this table cannot make one.
create table answer_link (
    -- SHA-256 of the link's last part
    hash       bytea primary key,
    alert_id   text not null references alert (id),
    contact_id text not null,
    -- What its page may show, as an ordinal; absent = what may go over all channels of the contact.
    way        smallint,
    expires_at timestamptz not null
);
create index answer_link_expires on answer_link (expires_at);
