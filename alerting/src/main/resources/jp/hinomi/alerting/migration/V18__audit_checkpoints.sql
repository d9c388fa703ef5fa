-- How far the audit log had come, and its hash there, signed: a log whose end was cut off does not reach its checkpoints.
create table audit_checkpoint (
    seq        bigint primary key,
    hash       bytea not null,
    at         timestamptz not null,
    public_key bytea not null,
    signature  bytea not null
);
create trigger audit_checkpoint_append_only before update or delete or truncate on audit_checkpoint
    for each statement execute function audit_log_is_append_only();
-- Found by the checker of escalations.
create index routing_decision_at on routing_decision (decided_at);
create index delivery_held_by_rule on delivery (contact_id, rule_id) where state = 'held';
