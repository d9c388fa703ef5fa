-- Worst first, then newest: an index of severity ascending cannot be read in that order, and a million alerts were sorted.
drop index alert_of_severity;
create index alert_worst_live on alert (severity desc, seq desc) where status <> 'closed';
create index alert_worst on alert (severity desc, seq desc);
