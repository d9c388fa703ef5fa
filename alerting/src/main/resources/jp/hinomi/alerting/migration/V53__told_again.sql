-- What is told again after a while, if nobody has answered: one row per alert and channel of a contact.
create table repetition (
    alert_id       text not null references alert,
    contact_id     text not null,
    channel_type   text not null,
    address        text not null,
    stakeholder_id text not null,
    -- Ids of what makes the contact concerned, with commas.
    resources      text not null,
    -- Told together: the group.
    inbox          text not null,
    number         integer not null default 1,
    told_at        timestamptz not null,
    next_at        timestamptz not null,
    -- When that wait was written, by the clock of whoever wrote it.
    waits_since    timestamptz not null,
    primary key (alert_id, contact_id, channel_type, address)
);
create index repetition_due on repetition (next_at);
create index repetition_of_inbox on repetition (contact_id, inbox);
