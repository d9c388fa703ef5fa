-- The spine of alerting: alerts and their evidence, why they were routed as they were, what was sent and with what
-- result, who answered, and the log that proves it. Times are UTC instants. Text from logs is kept as json, not jsonb:
-- evidence stays as it came, and jsonb refuses U+0000, which hostile logs contain.

create table signing_key (
    purpose    text primary key,
    secret     bytea not null,
    created_at timestamptz not null
);

create table account (
    name          text primary key,
    password_hash text not null,
    role          text not null check (role in ('admin', 'analyst', 'csirt-lead', 'stakeholder', 'rule-author', 'auditor')),
    stakeholder   text,
    disabled      boolean not null default false,
    created_at    timestamptz not null
);

-- Severity and TLP are the ordinals of our enums, so that "at least high" is a comparison.
create table alert (
    id                text primary key,
    seq               bigint generated always as identity unique,
    revision          integer not null,
    rule_id           text not null,
    rule_name         text not null,
    rule_version      text not null,
    title_ja          text not null,
    title_en          text not null,
    rule_level        smallint not null,
    severity          smallint not null,
    notified_severity smallint not null,
    tlp               smallint not null,
    status            text not null check (status in ('open', 'acknowledged', 'closed')),
    raised_at         timestamptz not null,
    first_seen        timestamptz not null,
    last_seen         timestamptz not null,
    event_count       bigint not null,
    group_values      json not null,
    body              json not null,
    search            text not null,
    received_at       timestamptz not null,
    updated_at        timestamptz not null
);
create index alert_open on alert (seq desc) where status = 'open';

create table alert_evidence (
    alert_id    text not null references alert,
    event_id    text not null,
    occurred_at timestamptz not null,
    body        json not null,
    primary key (alert_id, event_id)
);

create table alert_resource (
    alert_id    text not null references alert,
    resource_id text not null,
    part        text not null check (part in ('target', 'origin', 'observer')),
    primary key (alert_id, resource_id, part)
);
create index alert_resource_by_resource on alert_resource (resource_id, alert_id);

create table alert_stakeholder (
    alert_id       text not null references alert,
    stakeholder_id text not null,
    primary key (alert_id, stakeholder_id)
);
create index alert_stakeholder_by_stakeholder on alert_stakeholder (stakeholder_id, alert_id);

-- Append-only: every time somebody was to be told, by which entries of which map, and who was passed over and why.
create table routing_decision (
    id          bigint generated always as identity primary key,
    alert_id    text not null references alert,
    revision    integer not null,
    cause       text not null,
    map_version text not null,
    decided_at  timestamptz not null,
    decision    json not null
);
create index routing_decision_of_alert on routing_decision (alert_id, id);

-- Where the map had nobody: one row per alert, resource and kind.
create table coverage_gap (
    id          bigint generated always as identity primary key,
    alert_id    text not null references alert,
    resource_id text,
    kind        text not null,
    text_ja     text not null,
    text_en     text not null,
    found_at    timestamptz not null,
    unique nulls not distinct (alert_id, resource_id, kind)
);

create table escalation (
    id         bigint generated always as identity primary key,
    alert_id   text not null references alert,
    policy_id  text not null,
    policy     json not null,
    step       integer not null,
    next_at    timestamptz,
    state      text not null check (state in ('running', 'acknowledged', 'exhausted')),
    started_at timestamptz not null,
    updated_at timestamptz not null
);
-- One policy runs once per alert at a time.
create unique index escalation_running on escalation (alert_id, policy_id) where state = 'running';
create index escalation_due on escalation (next_at) where state = 'running';

-- The outbox: what is to be sent, exactly as it will be sent.
create table delivery (
    id              bigint generated always as identity primary key,
    idempotency_key text not null unique,
    kind            text not null check (kind in ('notice', 'digest')),
    cause           text not null,
    alert_id        text references alert,
    rule_id         text not null,
    stakeholder_id  text not null,
    contact_id      text not null,
    channel_type    text not null check (channel_type in ('email', 'webhook')),
    address         text not null,
    secret_ref      text,
    language        text not null check (language in ('ja', 'en')),
    zone            text not null,
    tlp_applied     smallint not null,
    disclosure      text not null check (disclosure in ('full', 'notice-only')),
    reasons         json not null,
    message         json,
    escalation_id   bigint references escalation,
    escalation_step integer,
    digest_id       bigint references delivery,
    state           text not null check (state in ('pending', 'held', 'digested', 'sent', 'dead')),
    attempts        integer not null default 0,
    next_attempt_at timestamptz not null,
    lease_until     timestamptz,
    lease_owner     text,
    deadline        timestamptz not null,
    created_at      timestamptz not null,
    finished_at     timestamptz,
    last_error      text
);
create index delivery_due on delivery (channel_type, next_attempt_at) where state = 'pending';
create index delivery_of_alert on delivery (alert_id);
create index delivery_inbox on delivery (contact_id, rule_id, created_at);
create index delivery_dead on delivery (id desc) where state = 'dead';
-- At most one digest is being collected per channel and rule.
create unique index delivery_open_digest on delivery (contact_id, channel_type, address, rule_id)
    where kind = 'digest' and message is null;

create table delivery_attempt (
    delivery_id bigint not null references delivery,
    number      integer not null,
    at          timestamptz not null,
    result      text not null check (result in ('sent', 'failed', 'refused')),
    detail      text not null,
    latency_ms  bigint not null,
    primary key (delivery_id, number)
);

create table acknowledgement (
    id             bigint generated always as identity primary key,
    alert_id       text not null references alert,
    via            text not null check (via in ('link', 'console', 'api')),
    actor          text not null,
    contact_id     text,
    stakeholder_id text,
    note           text not null,
    severity       smallint not null,
    at             timestamptz not null
);
create index acknowledgement_of_alert on acknowledgement (alert_id, id);

-- Records of the topic that are not alerts: kept whole, never in the way.
create table poison_record (
    topic        text not null,
    partition    integer not null,
    record_offset bigint not null,
    record_key   bytea,
    record_value bytea,
    reason       text not null,
    received_at  timestamptz not null,
    primary key (topic, partition, record_offset)
);

-- Hash-chained: each row's hash covers the one before it. The head is a row of its own, so that writers queue up.
create table audit_log (
    seq       bigint primary key,
    at        timestamptz not null,
    actor     text not null,
    action    text not null,
    object    text not null,
    detail    text not null,
    prev_hash bytea not null,
    hash      bytea not null
);
create index audit_log_of_object on audit_log (object, seq);

create table audit_head (
    one  boolean primary key default true check (one),
    seq  bigint not null,
    hash bytea not null
);
insert into audit_head (seq, hash) values (0, '\x0000000000000000000000000000000000000000000000000000000000000000');

create function audit_log_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is append-only';
end $$;
create trigger audit_log_append_only before update or delete or truncate on audit_log
    for each statement execute function audit_log_is_append_only();
