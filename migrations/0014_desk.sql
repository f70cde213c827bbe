-- What the desk keeps beside incidents. Times are milliseconds since 1970; every bytea is sealed.

-- words that were begun and not sent; under the incident's data key
create table desk_draft (
    incident text not null references incident (id),
    person text not null,
    field text not null check (field in ('reply', 'note')),
    at bigint not null,
    body bytea not null,
    primary key (incident, person, field)
);

create index desk_draft_at on desk_draft (at);

-- who looked at an incident last when
create table desk_look (
    incident text not null references incident (id),
    person text not null,
    at bigint not null,
    primary key (incident, person)
);

create index desk_look_at on desk_look (at);

-- lists that somebody gave a name; the query is the one in the address
create table desk_view (
    person text not null,
    name text not null,
    query text not null,
    created bigint not null,
    primary key (person, name)
);

-- what one person can take back for a while; the cases are a JSON array of ids with their versions after the deed
create table desk_undo (
    id text primary key not null,
    person text not null,
    at bigint not null,
    until bigint not null,
    what text not null check (what in ('claim', 'release', 'close')),
    cases text not null
);

create index desk_undo_person on desk_undo (person, at);
create index desk_undo_until on desk_undo (until);

-- the list with any filter, without a look at the rows themselves
create index incident_list on incident (lane, due, id, state, level, kind, language, danger, holder)
    where state <> 'closed' and claimable;
-- how many there are of each sort
create index incident_facets on incident (state, lane, level, kind, language, danger, holder)
    where state <> 'closed' and claimable;
-- closed ones, the latest first
create index incident_closed on incident (closed, id) where state = 'closed';
-- other incidents of one subject
create index incident_of_subject on incident (subject, id) where subject is not null;
