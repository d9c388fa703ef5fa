-- What the topics source-health, rule-health, rejects and rules say, kept where the console can ask: the newest of each
-- source and rule, some history, the newest rejects whole, all of them by kind. Everything is bounded by its writer.
create table source_health (
    source      text primary key,
    state       text not null,
    since       timestamptz not null,
    known_until timestamptz not null,
    last_seen   timestamptz,
    per_second  double precision not null,
    reject_rate double precision not null,
    offset_ms   bigint,
    spread_ms   bigint,
    advice      text
);

-- One row per source and five minutes, of the last day.
create table source_history (
    source      text not null,
    bucket      timestamptz not null,
    state       text not null,
    per_second  double precision not null,
    reject_rate double precision not null,
    offset_ms   bigint,
    primary key (source, bucket)
);
create index source_history_age on source_history (bucket);

create table rule_health (
    rule    text primary key,
    state   text not null,
    body    json not null,
    read_at timestamptz not null
);

-- The newest rejects, with the beginning of their bytes.
create table reject (
    partition     integer not null,
    record_offset bigint not null,
    at            timestamptz not null,
    source        text not null,
    decoder       text not null,
    reason        text not null,
    kind          text not null,
    origin        text,
    byte_offset   bigint,
    size          integer not null,
    beginning     bytea not null,
    primary key (partition, record_offset)
);
create index reject_newest on reject (at desc, partition, record_offset);

-- All of them since the table was made, by what they have in common and day (UTC), of the last 30 days.
create table reject_count (
    source text not null,
    kind   text not null,
    day    date not null,
    n      bigint not null,
    last   timestamptz not null,
    primary key (source, kind, day)
);

-- The documents and publications of the topic rules, by their keys there.
create table rule_document (
    key     text primary key,
    pack    text,
    file    text,
    line    integer,
    body    text not null,
    read_at timestamptz not null
);
create table rule_publication (
    key    text primary key,
    body   text not null,
    signer text not null,
    at     timestamptz not null
);
