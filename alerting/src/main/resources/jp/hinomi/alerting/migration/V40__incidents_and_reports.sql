-- Incidents: alerts of one story, who is a part of it, what happened when, and what was reported to whom.
create table incident (
    id            bigint generated always as identity primary key,
    number        text not null unique,
    title         text not null,
    status        text not null check (status in ('open', 'contained', 'closed')),
    severity      smallint not null,
    tlp           smallint not null,
    impact        text not null,
    -- An account, or a contact of the city, which can be reminded.
    lead          text,
    circumstances text[] not null,
    -- Deadlines count from here.
    aware_at      timestamptz not null,
    opened_by     text not null,
    opened_at     timestamptz not null,
    updated_at    timestamptz not null
);
create index incident_live on incident (id desc) where status <> 'closed';

create table incident_alert (
    id          bigint generated always as identity primary key,
    incident_id bigint not null references incident,
    alert_id    text not null references alert,
    attached_by text not null,
    attached_at timestamptz not null,
    detached_by text,
    detached_at timestamptz
);
create unique index incident_alert_now on incident_alert (incident_id, alert_id) where detached_at is null;
create index incident_alert_of_alert on incident_alert (alert_id);

-- Who answers for what was hit, by the map on the day the alert was attached.
create table incident_party (
    incident_id    bigint not null references incident,
    stakeholder_id text not null,
    scope          json not null,
    tlp            smallint not null,
    primary key (incident_id, stakeholder_id)
);

-- Append-only. A correction is a new entry that supersedes; of what came by itself, raw_ref says what it was made of.
create table timeline_entry (
    id            bigint generated always as identity primary key,
    incident_id   bigint not null references incident,
    occurred_at   timestamptz not null,
    recorded_at   timestamptz not null,
    original_tz   text not null,
    type          text not null check (type in ('alert', 'notification', 'answer', 'measure', 'finding', 'report', 'note')),
    source        text not null check (source in ('auto', 'manual')),
    author        text not null,
    text_ja       text not null,
    text_en       text not null,
    in_report     boolean not null,
    tlp           smallint not null,
    -- Ids of those who may see it; none = everybody who is a part of the incident.
    visible_orgs  text[] not null,
    raw_ref       text,
    supersedes_id bigint references timeline_entry,
    unique (supersedes_id)
);
create index timeline_entry_of_incident on timeline_entry (incident_id, occurred_at, id);
create unique index timeline_entry_once on timeline_entry (incident_id, raw_ref) where raw_ref is not null;

create function timeline_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the timeline is append-only: add an entry that supersedes';
end $$;
create trigger timeline_append_only before update or delete or truncate on timeline_entry
    for each statement execute function timeline_is_append_only();

create table report (
    id             bigint generated always as identity primary key,
    incident_id    bigint not null references incident,
    form_id        text not null,
    form           json not null,
    recipient_kind text not null check (recipient_kind in ('stakeholder', 'authority')),
    -- Id of the stakeholder, or the name of an office that the city's files do not have.
    recipient      text not null,
    language       text not null check (language in ('ja', 'en')),
    stage          text not null check (stage in ('initial', 'follow-up', 'final')),
    seq            integer,
    state          text not null check (state in ('draft', 'discarded', 'submitted', 'corrected', 'withdrawn')),
    revision       integer not null,
    -- By field: what stands there, and what was filled in, so that an edit is known as one.
    fields         json not null,
    prefilled      json not null,
    diff_from      bigint references report,
    corrects       bigint references report,
    created_by     text not null,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    submitted_by   text,
    submitted_at   timestamptz,
    -- Exactly what was submitted, and its SHA-256.
    document       bytea,
    sha256         text,
    ended_by       text,
    ended_at       timestamptz,
    ended_reason   text,
    check ((state in ('draft', 'discarded')) = (document is null))
);
create unique index report_draft on report (incident_id, form_id, recipient) where state = 'draft';
create unique index report_number on report (incident_id, form_id, recipient, seq) where seq is not null;
create index report_of_incident on report (incident_id, id);

-- What was submitted stays as it was: only that it was corrected or withdrawn is written beside it.
create function report_is_frozen() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'a report is never deleted';
    end if;
    if old.state not in ('draft') and (new.document, new.sha256, new.fields::text, new.submitted_at, new.submitted_by,
            new.stage, new.seq, new.recipient, new.form::text)
        is distinct from (old.document, old.sha256, old.fields::text, old.submitted_at, old.submitted_by,
            old.stage, old.seq, old.recipient, old.form::text) then
        raise exception 'a submitted report is never changed: correct it with a new one';
    end if;
    if old.state in ('discarded', 'corrected', 'withdrawn') and new.state <> old.state then
        raise exception 'a report that is over stays over';
    end if;
    return new;
end $$;
create trigger report_frozen before update or delete on report
    for each row execute function report_is_frozen();

-- A deadline is reminded of once, whoever does it and however often they start.
create table report_reminder (
    incident_id bigint not null references incident,
    form_id     text not null,
    recipient   text not null,
    stage       text not null,
    kind        text not null check (kind in ('target', 'due', 'overdue')),
    due_at      timestamptz not null,
    reminded_at timestamptz not null,
    primary key (incident_id, form_id, recipient, stage, kind, due_at)
);
