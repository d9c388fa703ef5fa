-- Every version of the responsibility map, its files whole. One is in force at any time.
create table map_version (
    id             bigint generated always as identity primary key,
    hash           text not null,
    -- 'files': found in the city's folder at a start; 'console': drafted by a person
    origin         text not null check (origin in ('files', 'console')),
    -- the version that it was made from; absent of the first
    based_on       bigint references map_version,
    files          json not null,
    reason         text not null,
    made_by        text not null,
    made_at        timestamptz not null,
    approved_by    text,
    withdrawn_by   text,
    withdrawn_at   timestamptz,
    in_force_from  timestamptz,
    in_force_until timestamptz,
    -- Four eyes: who made it does not put it in force.
    constraint map_version_four_eyes check (approved_by is null or approved_by <> made_by),
    constraint map_version_drafts_are_approved
        check (in_force_from is null or origin = 'files' or approved_by is not null),
    constraint map_version_either_or check (in_force_from is null or withdrawn_at is null),
    constraint map_version_ends_after check (in_force_until is null or in_force_until >= in_force_from),
    constraint map_version_one_at_a_time
        exclude using gist (tstzrange(in_force_from, in_force_until) with &&) where (in_force_from is not null)
);

-- A version is followed by one: a draft on a version that was followed meanwhile cannot come into force.
create unique index map_version_one_successor on map_version (coalesce(based_on, 0)) where in_force_from is not null;
create index map_version_hash on map_version (left(hash, 12));

-- What has been in force, and what was withdrawn, stays as it is; nothing is deleted.
create function map_version_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'versions of the map are kept';
    end if;
    if new.made_by <> old.made_by or new.made_at <> old.made_at or new.origin <> old.origin
            or new.based_on is distinct from old.based_on then
        raise exception 'who made version % of the map from what, and when, stays as it is', old.id;
    end if;
    if old.in_force_from is not null and (new.hash <> old.hash or new.files::text <> old.files::text
            or new.in_force_from is distinct from old.in_force_from or new.approved_by is distinct from old.approved_by
            or new.reason <> old.reason
            or (old.in_force_until is not null and new.in_force_until is distinct from old.in_force_until)) then
        raise exception 'version % of the map has been in force and stays as it is', old.id;
    end if;
    if old.withdrawn_at is not null then
        raise exception 'version % of the map was withdrawn and stays as it is', old.id;
    end if;
    if old.in_force_from is null and new.in_force_from is not null
            and (new.hash <> old.hash or new.files::text <> old.files::text) then
        raise exception 'version % of the map cannot change while it is approved', old.id;
    end if;
    return new;
end $$;
create trigger map_version_stays before update or delete on map_version
    for each row execute function map_version_stays();

-- The files that an instance began with: what jobs read lies there.
create table map_folder (
    only_one boolean primary key default true check (only_one),
    hash     text not null,
    seen_at  timestamptz not null
);

-- Who never answered is asked by contact.
create index acknowledgement_of_contact on acknowledgement (contact_id) where contact_id is not null;
