-- More kinds of channels, tests of them, and what is known of whether they work.
alter table delivery drop constraint delivery_channel_type_check;
alter table delivery add constraint delivery_channel_type_check check (channel_type in
    ('email', 'webhook', 'slack', 'teams', 'mattermost', 'line-works', 'syslog', 'kafka', 'sms', 'voice'));
alter table delivery drop constraint delivery_kind_check;
alter table delivery add constraint delivery_kind_check check (kind in ('notice', 'digest', 'test'));

create table channel_state (
    contact_id     text not null,
    channel_type   text not null,
    address        text not null,
    last_ok_at     timestamptz,
    last_failed_at timestamptz,
    last_error     text,
    gone_at        timestamptz,
    primary key (contact_id, channel_type, address)
);
