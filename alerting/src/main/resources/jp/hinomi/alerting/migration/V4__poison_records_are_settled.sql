-- Somebody looked at it and knows that it is of no use; it is kept all the same.
alter table poison_record add column dismissed_at timestamptz;
create index poison_record_open on poison_record (received_at desc) where dismissed_at is null;
