-- What operators see of their sources: an hour's counts in one row, a silence that was noticed, windows and rules under which
-- alerts are set aside for a time, and what was set aside under them.

create table source_hour (
    endpoint text not null,
    hour bigint not null,
    deliveries bigint not null,
    accepted bigint not null,
    duplicates bigint not null,
    ignored bigint not null,
    set_aside bigint not null,
    unmapped bigint not null,
    conflicts bigint not null,
    -- milliseconds that the sender's clock was behind ours, at the worst of the hour; nothing when it signs no time
    skew bigint,
    last_seen bigint not null,
    primary key (endpoint, hour)
);

create index source_hour_hour on source_hour (hour);

create table source_silence (
    endpoint text primary key not null,
    since bigint not null,
    noticed bigint not null
);

create table quiet_rule (
    id text primary key not null,
    endpoint text not null,
    -- empty: a maintenance window, which is for every kind that may be set aside
    kind text not null,
    begins bigint not null,
    ends bigint not null check (ends > begins),
    person text not null,
    data_key bytea not null,
    reason bytea not null,
    created bigint not null,
    -- when it was over: at its end, or when somebody ended it before
    ended bigint,
    ended_by text
);

create index quiet_rule_running on quiet_rule (ends) where ended is null;

create table set_aside (
    id text primary key not null,
    endpoint text not null,
    rule text not null references quiet_rule (id),
    kind text not null,
    received bigint not null,
    data_key bytea not null,
    body bytea not null
);

create index set_aside_endpoint on set_aside (endpoint, id);
create index set_aside_received on set_aside (received);
create index unmapped_endpoint on unmapped (endpoint, id);
create index copy_endpoint on copy (endpoint, id);
