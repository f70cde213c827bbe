-- Cases that are closed to a named list of staff: for everybody else there is no such case.

create table circle (
    incident text primary key not null references incident (id),
    at bigint not null,
    -- who closed it
    person text not null,
    -- sealed under the key of the incident
    reason bytea not null,
    -- since when it stands open to the approvers, because nobody of it can sign in any more
    orphaned bigint
);

-- who may see such a case: its members, and whoever broke the glass, for a while
create table circle_seat (
    incident text not null references circle (incident),
    person text not null,
    at bigint not null,
    -- who gave the seat
    given_by text not null,
    member boolean not null,
    -- the seat counts before this moment
    until bigint not null,
    primary key (incident, person)
);

create index circle_seat_person on circle_seat (person);

-- alarms have two causes more; a check cannot be changed in place on both engines
create table alarm_anew (
    id text primary key not null,
    cause text not null check (cause in ('waits', 'source-silent', 'dead-letters', 'glass', 'circle-orphaned')),
    -- an incident, the name of a source or target, or an incident and who broke the glass
    object text not null,
    incident text references incident (id),
    level bigint not null check (level between 1 and 5),
    -- since when what it is about has been so
    since bigint not null,
    raised bigint not null,
    -- which targets were told, how often and when, as JSON
    told text not null,
    -- the next time somebody may have to be told; none once it was seen
    due bigint,
    seen_by text,
    seen bigint,
    -- since when it holds no more
    ended bigint
);

insert into alarm_anew (id, cause, object, incident, level, since, raised, told, due, seen_by, seen, ended)
select id, cause, object, incident, level, since, raised, told, due, seen_by, seen, ended from alarm;

drop table alarm;
alter table alarm_anew rename to alarm;

create unique index alarm_open on alarm (cause, object) where ended is null;
create index alarm_due on alarm (due) where due is not null;
create index alarm_incident on alarm (incident);
create index alarm_ended on alarm (ended) where ended is not null;
