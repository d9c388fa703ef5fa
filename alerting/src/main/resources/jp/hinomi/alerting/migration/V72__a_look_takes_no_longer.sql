-- Alerts by what became of their messages: few are waiting or dead, and they are looked for by alert.
create index delivery_dead_of_alert on delivery (alert_id) where state = 'dead';
create index delivery_waiting_of_alert on delivery (alert_id) where state in ('pending', 'held');
-- Alerts of a time end in it or soon after; those that last longer are few.
create index alert_long on alert (first_seen) where last_seen - first_seen > interval '1 hour';
