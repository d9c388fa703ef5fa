-- A policy starts once per alert and severity, so each escalation keeps the severity that it started at.
alter table escalation add column severity smallint;
update escalation set severity = (select notified_severity from alert where alert.id = escalation.alert_id);
alter table escalation alter column severity set not null;
create index escalation_of_alert on escalation (alert_id, policy_id);

-- Only a digest that is still to be sent collects: one that is over, however it ended, must not keep the next from being made.
drop index delivery_open_digest;
create unique index delivery_open_digest on delivery (contact_id, channel_type, address, rule_id)
    where kind = 'digest' and message is null and state = 'pending';
create index delivery_of_digest on delivery (digest_id) where digest_id is not null;
