-- What the house orders by itself, and the brake on it.

-- A brake that went in: on the whole house, or on one account. It stands until a person lets it go on.
create table automatic_brake (
    id text primary key not null,
    -- keyed digest of the account's name; empty for the whole house
    account_digest text not null,
    since bigint not null,
    released bigint,
    released_by text,
    -- sealed; why it may go on
    data_key bytea,
    reason bytea,
    check ((released is null) = (released_by is null))
);

create unique index automatic_brake_standing on automatic_brake (account_digest) where released is null;
create index automatic_brake_released on automatic_brake (account_digest, released);

-- Alarms are about more than they were; neither engine changes a check in place alike, so the table is copied. Which causes
-- there are the program knows.
create table alarm_wider (
    id text primary key not null,
    cause text not null,
    -- an incident, or the name of a source or target, or a word of the house
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

insert into alarm_wider (id, cause, object, incident, level, since, raised, told, due, seen_by, seen, ended)
    select id, cause, object, incident, level, since, raised, told, due, seen_by, seen, ended from alarm;

drop table alarm;
alter table alarm_wider rename to alarm;

create unique index alarm_open on alarm (cause, object) where ended is null;
create index alarm_due on alarm (due) where due is not null;
create index alarm_incident on alarm (incident);
create index alarm_ended on alarm (ended) where ended is not null;
