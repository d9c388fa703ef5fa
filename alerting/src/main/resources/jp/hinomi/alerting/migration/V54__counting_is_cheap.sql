-- How bad what a notice tells of was: in a storm the worst that a stakeholder was sent is asked for again and again.
alter table delivery add column severity smallint;
update delivery set severity = alert.severity
    from alert where alert.id = delivery.alert_id and delivery.created_at > now() - interval '1 day';

-- By time: what is counted came lately, and was looked for among all that ever came.
drop index delivery_inbox;
create index delivery_inbox on delivery (contact_id, inbox, created_at) where state in ('pending', 'sent', 'dead');
