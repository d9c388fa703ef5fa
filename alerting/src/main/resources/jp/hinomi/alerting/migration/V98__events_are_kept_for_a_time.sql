-- Events that were told to webhooks are forgotten after a time: the oldest are found at once.
create index delivery_event_over on delivery (finished_at) where channel_type = 'event' and state in ('sent', 'settled');
