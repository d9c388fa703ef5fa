-- An entry of a timeline that came by itself is as restricted as its alert is now, however either was labelled when the entry was made.
-- Stakeholders cannot read what an entry was made of where that is another's: the function looks for them, and answers with a label only.
create function timeline_entry_label(own integer, ref text) returns integer language sql stable security definer as $$
    select greatest(own, (select a.tlp from alert a where a.id = case
        when ref like 'alert:%' then substr(ref, 7)
        when ref like 'delivery:%' then (select d.alert_id from delivery d where d.id = split_part(ref, ':', 2)::bigint)
        when ref like 'answer:%' then (select k.alert_id from acknowledgement k where k.id = split_part(ref, ':', 2)::bigint)
        end))
$$;
do $$
begin
    execute format('alter function timeline_entry_label(integer, text) set search_path = %I, pg_temp', current_schema());
end $$;

alter policy own on timeline_entry
    using (exists (select 1 from incident i where i.id = timeline_entry.incident_id)
        and (cardinality(visible_orgs) = 0 or own_stakeholder() = any (visible_orgs))
        and tlp <= coalesce(nullif(current_setting('hinomi.clearance', true), '')::integer, -1)
        and timeline_entry_label(tlp, raw_ref) <= coalesce(nullif(current_setting('hinomi.clearance', true), '')::integer, -1)
        and not timeline_entry_is_corrected(timeline_entry.id));
