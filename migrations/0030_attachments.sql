-- Files that holders and staff add to a case. Times are milliseconds since 1970; the body is sealed under the key of its incident.

create table attachment (
    -- 160 random bits
    id text primary key not null,
    incident text not null references incident (id),
    -- whose holder added it; nothing for what staff added
    case_id text references reporter_case (id),
    -- the order within the incident
    number bigint not null,
    at bigint not null,
    -- the member of staff who added it
    person text,
    kind text not null check (kind in ('png', 'jpeg', 'pdf', 'text')),
    size bigint not null,
    body bytea not null,
    unique (incident, number),
    check ((case_id is null) = (person is not null))
);

create index attachment_case on attachment (case_id, number);
