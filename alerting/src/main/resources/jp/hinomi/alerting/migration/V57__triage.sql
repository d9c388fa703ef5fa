-- What analysts make of alerts. Whether somebody acknowledged is a matter of those who were told (status); whether somebody
-- works on it, who, and how it was judged, is a matter of triage. Work is what the queue shows of both.
alter table alert
    add column assignee text,
    add column in_progress boolean not null default false,
    add column verdict text,
    -- Counts every step of triage: two people on one alert see that there were two.
    add column triage_version integer not null default 0;
alter table alert
    add column work text not null generated always as
        (case when status = 'closed' then 'closed' when in_progress then 'in-progress' else status end) stored;

-- Append-only: a later verdict stands beside the earlier.
create table alert_verdict (
    id       bigint generated always as identity primary key,
    alert_id text not null references alert,
    verdict  text not null,
    note     text not null,
    account  text not null,
    at       timestamptz not null
);
create index alert_verdict_of_alert on alert_verdict (alert_id, id);

-- A step for many alerts waits a little, so that it can be taken back while nothing has left yet; then one instance does it.
create table bulk_action (
    id          bigint generated always as identity primary key,
    kind        text not null,
    argument    text not null,
    note        text not null,
    account     text not null,
    -- The filter that chose the alerts; empty if they were chosen one by one.
    query       text not null,
    alerts      integer not null,
    state       text not null check (state in ('waiting', 'running', 'done', 'undone')),
    created_at  timestamptz not null,
    due_at      timestamptz not null,
    lease_until timestamptz,
    finished_at timestamptz
);
create index bulk_action_due on bulk_action (due_at) where state in ('waiting', 'running');

create table bulk_item (
    action_id    bigint not null references bulk_action,
    alert_id     text not null references alert,
    seen_version integer not null,
    result       text,
    primary key (action_id, alert_id)
);
create index bulk_item_open on bulk_item (action_id, alert_id) where result is null;
create index bulk_item_of_alert on bulk_item (alert_id) where result is null;

create table saved_view (
    id         bigint generated always as identity primary key,
    account    text not null,
    name       text not null,
    query      text not null,
    created_at timestamptz not null,
    unique (account, name)
);
