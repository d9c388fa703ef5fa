-- Without statistics (a new database, the first minute of a storm) the planner took this index to count the notices of one inbox,
-- and went through all that the contact was sent: 289 ms instead of 0.5 for 200 alerts after 3,500 mails. It is for the limits of
-- gateways for text messages and calls alone, and each mail is now one entry less.
drop index delivery_to_contact;
create index delivery_to_phone on delivery (contact_id, channel_type, created_at)
    where state in ('pending', 'sent', 'dead') and channel_type in ('sms', 'voice');
