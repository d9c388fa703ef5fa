-- What was sent to one webhook, by what became of it: counted on its page, and sent again when it is resumed.
create index delivery_event on delivery (contact_id, state, id desc) where channel_type = 'event';
