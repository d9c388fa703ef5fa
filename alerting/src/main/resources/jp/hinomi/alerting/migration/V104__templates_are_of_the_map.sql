-- Templates of messages are files of the map. Versions of before do not have them, because they said nothing of them: while one of these
-- is in force, the templates of the city's folder are.
alter table map_version add column says_templates boolean not null default false;
alter table map_version alter column says_templates set default true;
