-- Letters to people and to staff beside orders; alarms that climb until somebody says that they saw them.

-- The kinds of what is sent are more than they were; neither engine changes a check in place alike, so the table is copied.
create table outbox_wider (
    id text primary key not null,
    target text not null references outbox_target (name),
    fence bigint not null,
    lane text not null,
    kind text not null check (kind in ('order', 'event', 'alarm', 'notice')),
    -- the order, or the incident, or what an alarm is about
    object text not null,
    key text not null,
    -- what is to be made anew at each attempt; an order's has none
    body text,
    created bigint not null,
    due bigint not null,
    give_up bigint not null,
    attempts bigint not null,
    turn bigint not null,
    lease_until bigint,
    state text not null check (state in ('waiting', 'done', 'dead')),
    word text,
    settled bigint,
    unique (target, fence)
);

insert into outbox_wider (id, target, fence, lane, kind, object, key, body, created, due, give_up, attempts, turn,
                          lease_until, state, word, settled)
    select id, target, fence, lane, kind, object, key, body, created, due, give_up, attempts, turn,
           lease_until, state, word, settled
    from outbox;

drop table outbox;
alter table outbox_wider rename to outbox;

create index outbox_due on outbox (target, due) where state = 'waiting';
create index outbox_lane on outbox (lane, fence) where state = 'waiting';
create index outbox_object on outbox (object);
create index outbox_dead on outbox (settled) where state = 'dead';

-- What staff are told of until somebody acknowledges it.
create table alarm (
    id text primary key not null,
    cause text not null check (cause in ('waits', 'source-silent', 'dead-letters')),
    -- an incident, or the name of a source or target
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

create unique index alarm_open on alarm (cause, object) where ended is null;
create index alarm_due on alarm (due) where due is not null;
create index alarm_incident on alarm (incident);
create index alarm_ended on alarm (ended) where ended is not null;

-- Mails that the holder of a case was or is to be sent: what each says, never the words themselves nor the address.
create table case_notice (
    id text primary key not null,
    incident text not null references incident (id),
    case_id text not null references reporter_case (id),
    what text not null,
    language text not null,
    at bigint not null,
    -- keyed digest of the check number under it
    mark text not null unique
);

create index case_notice_incident on case_notice (incident);
create index case_notice_case on case_notice (case_id);

-- Since when the holder wants no mails; warnings that protection is lifted or the contact changed come all the same.
alter table reporter_case add column no_mail bigint;
