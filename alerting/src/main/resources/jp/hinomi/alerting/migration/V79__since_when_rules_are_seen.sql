-- Since when a rule is known to run: one that has raised nothing is silent only after a while. Of rules that ran before, it
-- counts from now.
alter table rule_health add first_at timestamptz not null default now();
