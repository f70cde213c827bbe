-- What a reporter's case asks of staff, and from when a routine one may close itself.

create table attention (
    incident text primary key not null references incident (id),
    -- the last message is the person's
    unanswered boolean not null,
    -- since when the person asks for a person
    asks_person bigint,
    -- when the person said that it is solved
    solved bigint,
    -- the moment from which it may close itself; nothing when only people close it
    due bigint,
    -- why it closed itself, while it is closed
    rested text check (rested in ('solved', 'silent'))
);

create index attention_due on attention (due) where due is not null;

-- cases from before: what waits for an answer stays, the others get a week from their last change on
insert into attention (incident, unanswered, due)
select incident.id,
       case when coalesce(said.person, 0) > coalesce(said.staff, 0) then true else false end,
       case when coalesce(said.person, 0) > coalesce(said.staff, 0) or incident.lane = 0 or incident.state = 'closed'
            then null else incident.updated + 604800000 end
from incident left join (
    select incident, max(case when author = 'person' then at else 0 end) as person,
           max(case when author = 'staff' then at else 0 end) as staff
    from message group by incident
) as said on said.incident = incident.id
where incident.id in (select incident from reporter_case);
