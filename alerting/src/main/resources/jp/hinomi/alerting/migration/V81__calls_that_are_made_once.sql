-- Answers to calls of the API that carried an Idempotency-Key, written in the transaction of their effect.
create table idempotent_call (
    client  text not null,
    key     text not null,
    request bytea not null,
    status  integer not null,
    type    text,
    body    bytea not null,
    at      timestamptz not null,
    primary key (client, key)
);
create index idempotent_call_age on idempotent_call (at);
