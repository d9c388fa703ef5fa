-- What people do with an incident besides writing down what happened.
alter table incident
    add verdict     text,
    add entry_path  text not null default '',
    -- The incident that its alerts went to.
    add merged_into bigint references incident;

-- The incident that it came from, when incidents were merged or split.
alter table incident_alert
    add moved_from bigint references incident;

create table incident_task (
    id          bigint generated always as identity primary key,
    incident_id bigint not null references incident,
    title       text not null,
    -- An account, or a contact of the city; empty = nobody yet.
    owner       text not null,
    due_at      timestamptz,
    created_by  text not null,
    created_at  timestamptz not null,
    done_by     text,
    done_at     timestamptz
);
create index incident_task_of_incident on incident_task (incident_id, id);

-- A pin follows the entry that supersedes.
create table timeline_pin (
    entry_id  bigint primary key references timeline_entry,
    pinned_by text not null,
    pinned_at timestamptz not null
);
