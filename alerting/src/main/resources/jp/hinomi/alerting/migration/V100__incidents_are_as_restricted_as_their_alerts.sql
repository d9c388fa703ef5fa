-- An incident is as restricted as its alerts are now, however either was labelled when they met; the column is what it was or somebody chose.
-- Stakeholders cannot read the alerts of others: the functions look for them, and answer with a label only.
create function incident_label(own integer, incident bigint) returns integer language sql stable security definer as $$
    select greatest(own, (select max(a.tlp)::integer from incident_alert ia join alert a on a.id = ia.alert_id
        where ia.incident_id = incident and ia.detached_at is null))
$$;

-- Nobody chose a label for the entry: it is as restricted as its incident.
alter table timeline_entry add column follows boolean not null default false;
alter table timeline_entry disable trigger timeline_append_only;
-- Of those before, whether somebody chose is not known: those labelled as the incident is follow it.
update timeline_entry t set follows = true from incident i
    where i.id = t.incident_id and t.source = 'manual' and t.tlp = i.tlp and t.author like 'account:%';
alter table timeline_entry enable trigger timeline_append_only;

-- The label that the alert has now of which an entry came by itself; null of any other.
create function timeline_source_label(ref text) returns integer language sql stable security definer as $$
    select a.tlp::integer from alert a where a.id = case
        when ref like 'alert:%' then substr(ref, 7)
        when ref like 'delivery:%' then (select d.alert_id from delivery d where d.id = split_part(ref, ':', 2)::bigint)
        when ref like 'answer:%' then (select k.alert_id from acknowledgement k where k.id = split_part(ref, ':', 2)::bigint)
        end
$$;

-- A correction says again what it corrects: the most restricted of what stood before it came of.
create function timeline_origin_label(entry bigint) returns integer language sql stable security definer as $$
    with recursive chain (raw_ref, supersedes_id) as (
        select raw_ref, supersedes_id from timeline_entry where id = entry
        union all
        select e.raw_ref, e.supersedes_id from timeline_entry e join chain c on e.id = c.supersedes_id)
    select max(timeline_source_label(raw_ref)) from chain
$$;

create function timeline_entry_label(own integer, ref text, follows boolean, incident bigint, supersedes bigint)
    returns integer language sql stable security definer as $$
    select greatest(own, timeline_source_label(ref),
        case when follows then incident_label(own, incident) end,
        case when supersedes is not null then timeline_origin_label(supersedes) end)
$$;

alter policy own on timeline_entry
    using (exists (select 1 from incident i where i.id = timeline_entry.incident_id)
        and (cardinality(visible_orgs) = 0 or own_stakeholder() = any (visible_orgs))
        and tlp <= coalesce(nullif(current_setting('hinomi.clearance', true), '')::integer, -1)
        and timeline_entry_label(tlp, raw_ref, follows, incident_id, supersedes_id)
            <= coalesce(nullif(current_setting('hinomi.clearance', true), '')::integer, -1)
        and not timeline_entry_is_corrected(timeline_entry.id));
drop function timeline_entry_label(integer, text);

do $$
declare made text;
begin
    foreach made in array array['incident_label(integer, bigint)', 'timeline_source_label(text)', 'timeline_origin_label(bigint)',
            'timeline_entry_label(integer, text, boolean, bigint, bigint)'] loop
        execute format('alter function %s set search_path = %I, pg_temp', made, current_schema());
    end loop;
end $$;

-- What was filled in of what: when something of it becomes more restricted than the recipient may see, the draft is not submitted as it is.
alter table report add column basis json;
