-- The queue answers at a million alerts as it does at a thousand: every filter has an index in the queue's own order.
-- Free text is found by the numbers of its pieces (Grams); those of what is there already are filled in by Grams as well.
alter table alert add column grams integer[];
create index alert_grams on alert using gin (grams);
create index alert_without_grams on alert (seq) where grams is null;
create index alert_live on alert (seq desc) where status <> 'closed';
create index alert_of_work on alert (work, seq desc);
create index alert_of_severity on alert (severity, seq desc) where status <> 'closed';
create index alert_open_of_severity on alert (severity) where status = 'open';
create index alert_of_rule on alert (rule_id, seq desc);
create index alert_of_assignee on alert (assignee, seq desc) where assignee is not null;
create index alert_of_verdict on alert (verdict, seq desc) where verdict is not null;
create index alert_by_time on alert (last_seen);
create index alert_like_it on alert (rule_id, md5(group_values::text), seq desc);
drop index alert_open;
create index coverage_gap_of_resource on coverage_gap (resource_id, kind);
