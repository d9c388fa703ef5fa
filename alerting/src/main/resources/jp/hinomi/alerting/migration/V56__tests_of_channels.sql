-- Tests of channels are looked up by their channel, to count them and to show the last.
create index delivery_test on delivery (contact_id, channel_type, address, id) where kind = 'test';
