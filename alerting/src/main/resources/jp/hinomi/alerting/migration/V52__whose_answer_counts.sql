-- An answer of somebody whom no escalation asks is noted and ends none; a take-over ends all, and says who did it.
alter table acknowledgement
    add column noted boolean not null default false,
    drop constraint acknowledgement_kind_check,
    add constraint acknowledgement_kind_check check (kind in ('ack', 'not-ours', 'help', 'take-over'));
-- It said that somebody else is responsible, and the map has nobody else: its part is open.
alter table escalation_target
    drop constraint escalation_target_state_check,
    add constraint escalation_target_state_check
        check (state in ('waiting', 'acknowledged', 'help', 'not-ours', 'orphaned', 'unreachable', 'passed'));
