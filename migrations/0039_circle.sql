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
