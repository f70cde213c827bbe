-- What the holder of a case is shown and may ask for. Times are milliseconds since 1970; every bytea is sealed.

-- what was done about an incident, for its reporter and for the rate at which a lane is served; no names
create table progress (
    id text primary key not null,
    incident text not null references incident (id),
    at bigint not null,
    what text not null,
    lane bigint not null check (lane in (0, 1)),
    -- whether it was the first of its kind for the incident
    is_first boolean not null
);

create index progress_incident on progress (incident, at, id);
-- how many of a lane were taken up for the first time within a span
create index progress_served on progress (lane, at) where what = 'taken' and is_first;

-- words that came with the link alone, because the code did not open the case
alter table message add column unproven boolean not null default false;

-- refusals at the door of cases, counted by the hour, so that guessing fills no table
create table refused_opening (
    hour bigint not null,
    -- a case, or nothing for links that open none
    case_id text not null,
    refusals bigint not null,
    primary key (hour, case_id)
);

-- link and code of a case on their way to the one browser that may show them
create table first_view (
    -- of the ticket in the address that leads there
    ticket text primary key not null,
    -- of the case session that came with it, which may look again
    session text unique,
    case_id text not null references reporter_case (id),
    -- of the idempotency key under which the same answer is kept
    idempotency text,
    created bigint not null,
    -- when it was shown first
    looked bigint,
    data_key bytea not null,
    answer bytea not null
);

create index first_view_created on first_view (created);
create index first_view_looked on first_view (looked) where looked is not null;
create index first_view_case on first_view (case_id);

-- what a holder asks for and only staff grant
create table case_request (
    id text primary key not null,
    case_id text not null references reporter_case (id),
    what text not null check (what in ('new-link', 'contact', 'withdraw', 'stop-protection')),
    asked bigint not null,
    detail bytea,
    decided bigint,
    granted boolean not null default false,
    person text,
    reason bytea,
    -- when a granted request took effect
    taken bigint
);

create index case_request_case on case_request (case_id, asked, id);
-- one that waits of each sort
create unique index case_request_open on case_request (case_id, what) where decided is null;
