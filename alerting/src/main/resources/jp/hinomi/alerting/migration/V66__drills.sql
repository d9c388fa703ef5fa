-- Exercises: an alert that says of itself that it is one, at a time that somebody chose, sent the way of every alert.
create table drill (
    id         bigint generated always as identity primary key,
    name_ja    text not null,
    name_en    text not null,
    severity   smallint not null,
    resource   text not null,
    due_at     timestamptz not null,
    state      text not null check (state in ('planned', 'begun', 'cancelled')),
    account    text not null,
    created_at timestamptz not null,
    begun_at   timestamptz,
    alert_id   text references alert
);
create index drill_due on drill (due_at) where state = 'planned';
alter table alert add column drill boolean not null default false;
