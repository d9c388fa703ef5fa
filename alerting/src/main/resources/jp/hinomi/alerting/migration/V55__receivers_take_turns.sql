-- What waits, by receiver: each has its turn, however much waits for another.
drop index delivery_due;
create index delivery_due on delivery (channel_type, address, next_attempt_at, id) where state = 'pending';

-- What is being sent now: so much to one receiver, so that one that hangs does not get everybody who sends.
create index delivery_leased on delivery (channel_type, address) where lease_owner is not null;
