-- Of which escalation alerts are open that nobody answered is asked time and again, of few.
create index escalation_exhausted on escalation (policy_id) where state = 'exhausted';

-- Since when a channel takes nothing; what it refused counts as well.
alter table channel_state add column failing_since timestamptz;
update channel_state set failing_since = last_failed_at where last_error is not null;
