-- Which alerts belong to one story. What alerts name is kept beside them, so that what they have in common is a look-up.
-- No foreign keys to alert here: joining must never wait for the intake, nor the intake for joining.
create table alert_entity (
    alert_id text not null,
    kind     text not null check (kind in ('user', 'host', 'address', 'device', 'resource')),
    value    text not null,
    -- The rule grouped by it, or every event of the evidence has it.
    central  boolean not null,
    first_at timestamptz not null,
    last_at  timestamptz not null,
    primary key (alert_id, kind, value)
);
create index alert_entity_by_value on alert_entity (kind, value, last_at desc);

-- Alerts to be looked at: new ones, changed ones, and those that somebody made a part of an incident.
create table join_queue (
    id       bigint generated always as identity primary key,
    alert_id text not null,
    attempts smallint not null default 0,
    failure  text
);
create index join_queue_in_order on join_queue (attempts, id);

-- By what it belongs there, and why somebody took it out.
alter table incident_alert
    add reason json,
    add detach_note text not null default '';

-- Where rules found something in common and a person decides. It is written once; what was decided stays decided.
create table incident_suggestion (
    incident_id bigint not null references incident,
    alert_id    text not null,
    hold        text not null,
    reason      json not null,
    made_at     timestamptz not null,
    state       text not null check (state in ('open', 'accepted', 'dismissed')),
    decided_by  text,
    decided_at  timestamptz,
    primary key (incident_id, alert_id)
);
create index incident_suggestion_open on incident_suggestion (incident_id, made_at) where state = 'open';
create index incident_suggestion_of_alert on incident_suggestion (alert_id) where state = 'open';

-- What the incidents that run now are about.
insert into join_queue (alert_id)
    select distinct ia.alert_id from incident_alert ia join incident i on i.id = ia.incident_id
    where ia.detached_at is null and i.status <> 'closed';
