-- Programs outside are told of what becomes of alerts, incidents and reports. What happened stands in the audit log, in the
-- transaction of what happened; each webhook has a position in it, up to which messages have been written into the outbox.
alter table delivery drop constraint delivery_channel_type_check;
alter table delivery add constraint delivery_channel_type_check check (channel_type in
    ('email', 'webhook', 'slack', 'teams', 'mattermost', 'line-works', 'syslog', 'kafka', 'sms', 'voice', 'event'));

create table webhook (
    id           bigint generated always as identity primary key,
    name         text not null,
    url          text not null,
    -- Signs what is sent: needed as it is, so no hash of it would do.
    secret       bytea not null,
    types        text[] not null check (cardinality(types) > 0),
    -- What is less bad is left out.
    severity     smallint not null,
    -- Only what touches one of these; none = all.
    resources    text[] not null,
    -- Only what this stakeholder may see; absent = everything.
    stakeholder  text,
    -- What is more restricted is left out.
    tlp          smallint not null,
    state        text not null check (state in ('active', 'suspended', 'removed')),
    -- Why it is suspended, in both languages, and since when.
    why_ja       text,
    why_en       text,
    suspended_at timestamptz,
    -- Number of the last row of the audit log that was looked at for it.
    position     bigint not null,
    created_by   text not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null
);
create index webhook_active on webhook (position) where state = 'active';

-- Whoever connects other systems: sees alerts, incidents and reports, and manages webhooks.
alter table account drop constraint account_role_check;
alter table account add constraint account_role_check check (role in
    ('admin', 'analyst', 'csirt-lead', 'stakeholder', 'rule-author', 'auditor', 'integrator'));
