-- Rejected records that were sent again from the console: who asked for it, what was sent, and what became of each.
create table reject_run (
    id          bigint generated always as identity primary key,
    by_actor    text not null,
    at          timestamptz not null,
    source      text not null,
    kind        text not null,
    planned     integer not null,
    sent        integer not null default 0,
    state       text not null check (state in ('running', 'done', 'failed', 'overtaken')),
    failure     text,
    -- When it last said something: a process that died says nothing any more.
    heard_at    timestamptz not null,
    finished_at timestamptz
);

create table reject_again (
    partition     integer not null,
    record_offset bigint not null,
    run_id        bigint not null references reject_run,
    primary key (partition, record_offset)
);
create index reject_again_of_run on reject_again (run_id);

-- A record that was sent again and rejected anew names the reject that it was.
alter table reject add column replayed_from text;
create index reject_replayed on reject (replayed_from) where replayed_from is not null;
