-- What a person of the staff corrects, with a reason; what was computed stays beside it. Every bytea is sealed.

-- signals that no longer speak for the case they came in
create table signal_aside (
    signal text primary key not null references signal (id),
    incident text not null references incident (id),
    what text not null check (what in ('false', 'moved')),
    -- where it was moved to
    into_incident text references incident (id),
    at bigint not null,
    person text not null,
    reason bytea not null
);

create index signal_aside_incident on signal_aside (incident);

-- a person's word on the level or the kind, with what was computed when it was said
create table ruling (
    incident text primary key not null references incident (id),
    kind text,
    level bigint not null check (level between 1 and 5),
    computed_class text not null check (computed_class in ('security', 'routine')),
    computed_kind text not null,
    computed_level bigint not null check (computed_level between 1 and 5),
    computed_danger boolean not null,
    at bigint not null,
    person text not null,
    reason bytea not null
);

-- personal data that was shown whole, one row a field
create table reveal (
    id text primary key not null,
    incident text not null references incident (id),
    person text not null,
    field text not null,
    at bigint not null,
    reason bytea not null
);

create index reveal_person on reveal (person, at);
create index audit_object on audit (object, sequence);
