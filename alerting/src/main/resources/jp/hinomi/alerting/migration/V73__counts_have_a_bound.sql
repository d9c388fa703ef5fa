-- What became of messages, newest first: most are sent, and those are found without an index.
create index delivery_of_state on delivery (state, id desc) where state not in ('sent', 'pending');
drop index delivery_dead;
-- delivery_of_contact begins with the alert too.
drop index delivery_of_alert;
-- The last alert that fell through a gap is found without reading the others.
create index coverage_gap_newest on coverage_gap (resource_id, kind, id desc);
drop index coverage_gap_of_resource;
