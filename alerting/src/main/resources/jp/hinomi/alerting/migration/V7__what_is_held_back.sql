-- Notices are held for several reasons; what is held for the same reason is told together when it is over, or settled.
alter table delivery drop constraint delivery_state_check;
alter table delivery add constraint delivery_state_check
    check (state in ('pending', 'held', 'digested', 'settled', 'sent', 'dead'));
alter table delivery
    add column inbox text,
    add column held_kind text;
update delivery set inbox = rule_id;
update delivery set held_kind = 'rule' where state = 'held';
drop index delivery_inbox;
create index delivery_inbox on delivery (contact_id, inbox, id desc) where state in ('pending', 'sent', 'dead');
create index delivery_held on delivery (contact_id, inbox) where state = 'held';
create index delivery_to_stakeholder on delivery (stakeholder_id, created_at) where state in ('pending', 'sent', 'dead');
create index delivery_to_contact on delivery (contact_id, channel_type, created_at) where state in ('pending', 'sent', 'dead');

create table silence (
    id         bigint generated always as identity primary key,
    kind       text not null check (kind in ('silence', 'maintenance')),
    match      json not null,
    owner      text not null,
    reason     text not null,
    starts_at  timestamptz not null,
    ends_at    timestamptz not null,
    created_by text not null,
    created_at timestamptz not null,
    ended_at   timestamptz,
    ended_by   text
);
create index silence_current on silence (ends_at) where ended_at is null;

-- Open alerts that hold others back, under what the two must have in common.
create table inhibitor (
    inhibition_id text not null,
    key           text not null,
    alert_id      text not null references alert,
    until         timestamptz not null,
    primary key (inhibition_id, key, alert_id)
);
