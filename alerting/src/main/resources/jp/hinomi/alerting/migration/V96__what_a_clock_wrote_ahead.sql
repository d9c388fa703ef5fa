-- Written while a clock ran ahead, and found when it had been put right. Such a message counts in no group, no storm and no
-- limit, now or when its time comes.
alter table delivery add column ahead boolean not null default false;
