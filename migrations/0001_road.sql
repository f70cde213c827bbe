-- The first schema: one text for both engines. `bytea` is PostgreSQL's word; SQLite takes any type name and keeps
-- bytes as bytes in such a column. Times are milliseconds since 1970, booleans boolean, ids and digests text, and
-- every bytea is sealed before it comes here.

create table incident (
    id text primary key not null,
    subject text,
    pool text not null default 'all',
    class text not null check (class in ('security', 'routine')),
    lane bigint not null check (lane in (0, 1)),
    kind text not null,
    level bigint not null check (level between 1 and 5),
    arrived bigint not null,
    head_start bigint not null,
    due bigint not null,
    state text not null default 'open' check (state in ('open', 'held', 'closed')),
    holder text,
    lease_until bigint,
    fence bigint not null default 0,
    version bigint not null default 1,
    confidence bigint not null check (confidence between 0 and 1000000),
    playbooks text not null,
    language text not null,
    danger boolean not null,
    claimable boolean not null default true,
    data_key bytea not null,
    assessment bytea not null,
    created bigint not null,
    updated bigint not null,
    closed bigint,
    check (due = arrived - head_start),
    check ((state = 'held') = (holder is not null)),
    check ((state = 'held') = (lease_until is not null)),
    check ((state = 'closed') = (closed is not null))
);

-- one open incident a subject: two nodes that open one at once meet here
create unique index incident_subject on incident (subject) where subject is not null and state <> 'closed';
-- the next claim of a pool, and who stands before a place
create index incident_claims on incident (pool, lane, due, id) where state = 'open' and claimable;
-- the longest waiter of a pool
create index incident_longest on incident (pool, arrived, id) where state = 'open' and claimable;
-- the list staff read, over all pools
create index incident_waiting on incident (lane, due, id) where state = 'open' and claimable;
create index incident_leases on incident (lease_until) where state = 'held';
-- what one person has in hand
create index incident_holder on incident (holder) where state = 'held';

create table signal (
    id text primary key not null,
    incident text not null references incident (id),
    endpoint text not null,
    kind text not null,
    at bigint not null,
    received bigint not null,
    reliability bigint not null check (reliability between 0 and 1000),
    verified boolean not null,
    body bytea not null
);

create index signal_incident on signal (incident, at, id);

-- one row a request of a source, so that a repeated request gets its first answer
create table delivery (
    endpoint text not null,
    key text not null,
    body text not null,
    received bigint not null,
    answer text not null,
    primary key (endpoint, key)
);

create index delivery_received on delivery (received);

-- one row an element of a request, so that a batch sent again does not repeat its good elements
create table event (
    endpoint text not null,
    key text not null,
    signal text not null,
    received bigint not null,
    primary key (endpoint, key)
);

create index event_received on event (received);

create table unmapped (
    id text primary key not null,
    endpoint text not null,
    received bigint not null,
    reason text not null,
    data_key bytea not null,
    body bytea not null
);

create table conflict (
    id text primary key not null,
    endpoint text not null,
    key text not null,
    received bigint not null,
    data_key bytea not null,
    body bytea not null
);

-- one account known by several identifiers
create table subject_alias (
    digest text primary key not null,
    subject text not null,
    field text not null,
    created bigint not null
);

create index subject_alias_subject on subject_alias (subject);

create table observable (
    incident text not null references incident (id),
    kind text not null,
    digest text not null,
    first_seen bigint not null,
    primary key (incident, kind, digest)
);

create index observable_digest on observable (kind, digest, first_seen);

create table reporter_case (
    id text primary key not null,
    incident text not null references incident (id),
    reference text not null unique,
    link text not null unique,
    code text not null,
    language text not null,
    contact bytea,
    created bigint not null,
    guesses_refused boolean not null default false
);

create index reporter_case_incident on reporter_case (incident);

create table guess (
    case_id text not null references reporter_case (id),
    at bigint not null
);

create index guess_case on guess (case_id, at);

create table case_session (
    digest text primary key not null,
    case_id text not null references reporter_case (id),
    created bigint not null,
    last_used bigint not null
);

create index case_session_case on case_session (case_id);

create table idempotency (
    key text primary key not null,
    body text not null,
    data_key bytea not null,
    answer bytea not null,
    created bigint not null
);

create index idempotency_created on idempotency (created);

create table answered (
    incident text not null references incident (id),
    question text not null,
    choice text not null,
    at bigint not null,
    primary key (incident, question)
);

create table step_state (
    incident text not null references incident (id),
    step text not null,
    state text not null check (state in ('done', 'cannot', 'open', 'not-sure')),
    at bigint not null,
    primary key (incident, step)
);

create table message (
    id text primary key not null,
    incident text not null references incident (id),
    at bigint not null,
    author text not null check (author in ('person', 'staff')),
    body bytea not null
);

create index message_incident on message (incident, at, id);

create table note (
    id text primary key not null,
    incident text not null references incident (id),
    at bigint not null,
    person text not null,
    body bytea not null
);

create index note_incident on note (incident, at, id);

create table verdict (
    id text primary key not null,
    incident text not null references incident (id),
    at bigint not null,
    person text not null,
    verdict text not null,
    kind text,
    reason bytea not null
);

create index verdict_incident on verdict (incident, at, id);

create table token (
    id text primary key not null,
    digest text not null unique,
    person text not null,
    scopes text not null,
    created bigint not null,
    expires bigint not null,
    last_used bigint,
    revoked bigint
);

create table setup (
    digest text primary key not null,
    created bigint not null,
    expires bigint not null,
    used bigint
);

create table audit (
    sequence bigint primary key not null,
    at bigint not null,
    actor text not null,
    action text not null,
    object text not null,
    outcome text not null,
    detail text not null
);

-- the last sequence given out; the row is locked by whoever appends, so numbers have no gaps
create table audit_head (
    only_row boolean primary key not null check (only_row),
    last bigint not null
);

insert into audit_head (only_row, last) values (true, 0);

create table pool_state (
    pool text primary key not null,
    claims bigint not null
);

create table instance (
    name text primary key not null,
    value text not null
);
