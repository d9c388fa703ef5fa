-- A report is a stakeholder's when the city has submitted it to that stakeholder: what it says stands in the document, as it was
-- submitted. What is being written, and what goes to others, is not readable here.
alter table report enable row level security;
create policy own on report for select to hinomi_stakeholder
    using (recipient = own_stakeholder() and state in ('submitted', 'corrected', 'withdrawn'));
grant select (id, incident_id, form_id, form, recipient, language, stage, seq, state, submitted_at, sha256,
    ended_at, ended_reason, corrects) on report to hinomi_stakeholder;
create index report_to_stakeholder on report (recipient, id desc);
