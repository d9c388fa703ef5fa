-- A request of a stakeholder's account reads as the role hinomi_stakeholder, for the stakeholder in the setting
-- hinomi.stakeholder, both for one transaction only. The role may read what is granted here and nothing else: a table that is
-- made later is closed to it until somebody says who may see which rows.
do $$
begin
    if not exists (select 1 from pg_roles where rolname = 'hinomi_stakeholder') then
        begin
            create role hinomi_stakeholder nologin;
        exception
            -- Roles belong to the whole server: another database of it was quicker.
            when duplicate_object or unique_violation then null;
            when insufficient_privilege then
                raise exception 'the database user % may not create roles: let an administrator run "create role hinomi_stakeholder nologin; grant hinomi_stakeholder to %" and start again',
                    current_user, current_user;
        end;
    end if;
    begin
        set local role hinomi_stakeholder;
        reset role;
    exception when insufficient_privilege then
        execute format('grant hinomi_stakeholder to %I', session_user);
    end;
    execute format('grant usage on schema %I to hinomi_stakeholder', current_schema());
end $$;

create function own_stakeholder() returns text language sql stable as $$
    select nullif(current_setting('hinomi.stakeholder', true), '')
$$;

-- Who answers for an alert, and what was sent: the rows with the stakeholder's own id.
alter table alert_stakeholder enable row level security;
create policy own on alert_stakeholder for select to hinomi_stakeholder using (stakeholder_id = own_stakeholder());
grant select on alert_stakeholder to hinomi_stakeholder;

alter table delivery enable row level security;
create policy own on delivery for select to hinomi_stakeholder using (stakeholder_id = own_stakeholder());
grant select (id, kind, cause, alert_id, rule_id, stakeholder_id, contact_id, channel_type, address, language, zone, tlp_applied,
    disclosure, reasons, message, escalation_id, escalation_step, digest_id, state, attempts, next_attempt_at, deadline,
    created_at, finished_at, last_error) on delivery to hinomi_stakeholder;

alter table delivery_attempt enable row level security;
create policy own on delivery_attempt for select to hinomi_stakeholder
    using (exists (select 1 from delivery d where d.id = delivery_attempt.delivery_id));
grant select on delivery_attempt to hinomi_stakeholder;

-- An alert is theirs if they answer for what it hit, or were told of it. What was logged (body, values, search text) is not
-- readable at all: what they may see of it depends on TLP and resource, and is cut out before it is shown.
alter table alert enable row level security;
create policy own on alert for select to hinomi_stakeholder
    using (exists (select 1 from alert_stakeholder s where s.alert_id = alert.id)
        or exists (select 1 from delivery d where d.alert_id = alert.id));
grant select (id, seq, revision, rule_id, rule_name, rule_version, title_ja, title_en, rule_level, severity, tlp, status,
    raised_at, first_seen, last_seen, event_count, received_at, updated_at) on alert to hinomi_stakeholder;

alter table alert_resource enable row level security;
create policy own on alert_resource for select to hinomi_stakeholder
    using (exists (select 1 from alert a where a.id = alert_resource.alert_id));
grant select on alert_resource to hinomi_stakeholder;

alter table escalation_target enable row level security;
create policy own on escalation_target for select to hinomi_stakeholder using (stakeholder_id = own_stakeholder());
grant select on escalation_target to hinomi_stakeholder;

-- Without the ladder itself, which names the contacts of others.
alter table escalation enable row level security;
create policy own on escalation for select to hinomi_stakeholder
    using (exists (select 1 from escalation_target t where t.escalation_id = escalation.id));
grant select (id, alert_id, step, loop, next_at, state, started_at, updated_at) on escalation to hinomi_stakeholder;

alter table acknowledgement enable row level security;
create policy own on acknowledgement for select to hinomi_stakeholder using (stakeholder_id = own_stakeholder());
grant select on acknowledgement to hinomi_stakeholder;

alter table incident_party enable row level security;
create policy own on incident_party for select to hinomi_stakeholder using (stakeholder_id = own_stakeholder());
grant select on incident_party to hinomi_stakeholder;

-- Words about the whole (title, impact) are for those whose part is the whole: not readable here.
alter table incident enable row level security;
create policy own on incident for select to hinomi_stakeholder
    using (exists (select 1 from incident_party p where p.incident_id = incident.id));
grant select (id, number, status, severity, tlp, opened_at, updated_at) on incident to hinomi_stakeholder;

alter table incident_alert enable row level security;
create policy own on incident_alert for select to hinomi_stakeholder
    using (exists (select 1 from incident i where i.id = incident_alert.incident_id)
        and exists (select 1 from alert a where a.id = incident_alert.alert_id));
grant select (id, incident_id, alert_id, attached_at, detached_at) on incident_alert to hinomi_stakeholder;

-- What was corrected is gone for them, even where the correction is for others' eyes only.
create function timeline_entry_is_corrected(entry bigint) returns boolean language sql stable security definer as $$
    select exists (select 1 from timeline_entry later where later.supersedes_id = entry)
$$;
do $$
begin
    execute format('alter function timeline_entry_is_corrected(bigint) set search_path = %I, pg_temp', current_schema());
end $$;

-- TLP: the clearance that the map gives the stakeholder, as an ordinal.
alter table timeline_entry enable row level security;
create policy own on timeline_entry for select to hinomi_stakeholder
    using (exists (select 1 from incident i where i.id = timeline_entry.incident_id)
        and (cardinality(visible_orgs) = 0 or own_stakeholder() = any (visible_orgs))
        and tlp <= coalesce(nullif(current_setting('hinomi.clearance', true), '')::integer, -1)
        and not timeline_entry_is_corrected(timeline_entry.id));
grant select (id, incident_id, occurred_at, recorded_at, original_tz, type, source, author, text_ja, text_en, tlp, visible_orgs)
    on timeline_entry to hinomi_stakeholder;

alter table channel_state enable row level security;
create policy own on channel_state for select to hinomi_stakeholder
    using (exists (select 1 from delivery d where d.contact_id = channel_state.contact_id));
grant select on channel_state to hinomi_stakeholder;
