-- An attempt whose sender died before it could write down the result is known as lost; one that was overtaken as late.
alter table delivery_attempt
    drop constraint delivery_attempt_result_check,
    add constraint delivery_attempt_result_check check (result in ('sent', 'failed', 'refused', 'lost')),
    add column code text,
    add column late boolean not null default false;

-- Other kinds of messages than notices and digests come: alarms about ourselves here. What a kind means is the code's matter.
alter table delivery drop constraint if exists delivery_kind_check;
alter table delivery add column escalation_loop integer;
create index delivery_of_contact on delivery (alert_id, contact_id);

-- What the operator of this system must know: told once while it lasts, however often it is found again.
create table alarm (
    id          bigint generated always as identity primary key,
    kind        text not null,
    object      text not null,
    text_ja     text not null,
    text_en     text not null,
    found       bigint not null default 1,
    raised_at   timestamptz not null,
    last_at     timestamptz not null,
    settled_at  timestamptz,
    settled_by  text
);
create unique index alarm_open on alarm (kind, object) where settled_at is null;
alter table delivery add column alarm_id bigint references alarm;
create index delivery_of_alarm on delivery (alarm_id) where alarm_id is not null;
