-- An exercise sends one alert or several, each a while after it has begun.
create table drill_step (
    drill_id  bigint not null references drill,
    n         integer not null check (n > 0),
    -- empty: the name of the exercise
    title_ja  text not null,
    title_en  text not null,
    severity  smallint not null,
    resource  text not null,
    after_s   integer not null check (after_s >= 0),
    sent_at   timestamptz,
    alert_id  text references alert,
    primary key (drill_id, n)
);
create index drill_step_due on drill_step (drill_id) where sent_at is null;
insert into drill_step (drill_id, n, title_ja, title_en, severity, resource, after_s, sent_at, alert_id)
select id, 1, '', '', severity, resource, 0, case when alert_id is null then null else begun_at end, alert_id from drill;
alter table drill drop column severity, drop column resource, drop column alert_id;
