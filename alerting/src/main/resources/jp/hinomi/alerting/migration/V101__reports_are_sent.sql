-- A finished report that somebody sent: to whom, over which channel, with what, and who pressed the button. What became of it stands in delivery.
create table report_sending (
    id             bigint generated always as identity primary key,
    report_id      bigint not null references report,
    delivery_id    bigint not null unique references delivery,
    stakeholder_id text not null,
    contact_id     text not null,
    channel_type   text not null,
    address        text not null,
    -- Of the report as it was submitted.
    tlp            smallint not null,
    sha256         text not null,
    asked_by       text not null,
    asked_at       timestamptz not null
);
create index report_sending_of_report on report_sending (report_id, id);

-- What goes with a mail, as it goes: the same bytes with every attempt.
create table delivery_file (
    delivery_id bigint not null references delivery,
    place       smallint not null,
    name        text not null,
    media_type  text not null,
    sha256      text not null,
    bytes       bytea not null,
    primary key (delivery_id, place)
);
