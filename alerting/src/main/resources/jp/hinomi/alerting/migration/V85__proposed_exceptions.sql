-- Changes of rules that people propose. The text is what comes into force: it stays as it was when somebody agreed to it.
create table rule_proposal (
    id            bigint generated always as identity primary key,
    rule_id       text not null,
    rule_name     text not null,
    -- the alert from whose page it was made
    alert_id      text not null,
    -- name of the exception in the rules
    name          text not null,
    body          text not null,
    sha256        text not null,
    conditions    json not null,
    owner         text not null,
    reason_ja     text not null,
    reason_en     text not null,
    expires       date not null,
    -- what its author saw of it: how many stored alerts it would have hidden, how many of them were worthwhile
    hides         integer not null,
    worthwhile    integer not null,
    looked        integer not null,
    made_by       text not null,
    made_at       timestamptz not null,
    -- whether somebody else has to agree, as the house had it then
    needs_second  boolean not null,
    state         text not null check (state in ('proposed', 'approved', 'refused', 'withdrawn', 'accepted')),
    decided_by    text,
    decided_at    timestamptz,
    decision      text not null default '',
    -- 'accepted': a pack was published with it
    accepted_by   text,
    accepted_at   timestamptz,
    publication   text,
    constraint rule_proposal_four_eyes
        check (not needs_second or state not in ('approved', 'accepted') or decided_by <> made_by),
    constraint rule_proposal_is_decided check ((state = 'proposed') = (decided_by is null))
);
create index rule_proposal_open on rule_proposal (id) where state in ('proposed', 'approved');

create function rule_proposal_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'proposals are kept';
    end if;
    if (new.rule_id, new.alert_id, new.name, new.body, new.sha256, new.conditions::text, new.owner, new.reason_ja, new.reason_en,
            new.expires, new.made_by, new.made_at, new.needs_second)
        is distinct from (old.rule_id, old.alert_id, old.name, old.body, old.sha256, old.conditions::text, old.owner, old.reason_ja,
            old.reason_en, old.expires, old.made_by, old.made_at, old.needs_second) then
        raise exception 'a proposal stays as it was made: withdraw it and make another';
    end if;
    if old.state in ('refused', 'withdrawn', 'accepted') then
        raise exception 'proposal % was % and stays so', old.id, old.state;
    end if;
    return new;
end $$;
create trigger rule_proposal_stays before update or delete on rule_proposal
    for each row execute function rule_proposal_stays();
