-- Steps tell several contacts, begin anew, and know what each of those told has answered.
alter table escalation
    drop constraint escalation_state_check,
    add constraint escalation_state_check check (state in ('running', 'acknowledged', 'exhausted', 'closed')),
    add column loop integer not null default 0;
-- Not only running ones are due: an acknowledged one that was left alone is asked about again.
drop index escalation_due;
create index escalation_due on escalation (next_at) where next_at is not null;

create table escalation_target (
    escalation_id  bigint not null references escalation,
    loop           integer not null,
    step           integer not null,
    contact_id     text not null,
    stakeholder_id text not null,
    via_schedule   text,
    state          text not null
        check (state in ('waiting', 'acknowledged', 'help', 'not-ours', 'unreachable', 'passed')),
    -- Somebody asked for help, said no or cannot be reached, and the runner has not yet acted on it.
    unhandled      boolean not null default false,
    reason_ja      text,
    reason_en      text,
    told_at        timestamptz not null,
    answer_by      timestamptz,
    answered_at    timestamptz,
    primary key (escalation_id, loop, step, contact_id)
);
create index escalation_target_of_contact on escalation_target (contact_id, escalation_id) where state = 'waiting';
-- What runs already goes on: whoever its step names is waited for.
insert into escalation_target (escalation_id, loop, step, contact_id, stakeholder_id, state, told_at, answer_by)
    select e.id, 0, e.step, e.policy -> e.step ->> 'contact',
        coalesce((select d.stakeholder_id from delivery d where d.contact_id = e.policy -> e.step ->> 'contact' limit 1), ''),
        'waiting', e.updated_at, e.next_at
    from escalation e where e.state = 'running';

-- Three answers: it is acknowledged, it is not theirs, they need help. What comes too late is kept as well.
alter table acknowledgement
    add column kind text not null default 'ack' check (kind in ('ack', 'not-ours', 'help')),
    add column late boolean not null default false,
    -- Who wrote it down, where that is not the one who answers: an analyst on the telephone.
    add column by_account text,
    drop constraint acknowledgement_via_check,
    add constraint acknowledgement_via_check check (via in ('link', 'chat', 'console', 'api'));
