-- What an answer has to say on the page that it sends the browser to.
alter table account_session add column said text;

-- Live streams outlast the request that began them: every instance looks at once whose session is over.
create function account_session_ended() returns trigger language plpgsql as $$
begin
    perform pg_notify('hinomi_session', '');
    return null;
end $$;
create trigger account_session_ended after update of ended_at on account_session
    for each statement execute function account_session_ended();
