-- The label of the incident when it was last looked at, so that it is noticed when its alerts make it more restricted; null = as in tlp.
alter table incident add column label smallint;
update incident set label = incident_label(tlp, id) where incident_label(tlp, id) <> tlp;
