-- What is to be sent, kept in the transaction of its cause and sent at least once.

create table outbox_target (
    name text primary key not null,
    -- the last number given; a backend refuses what has a smaller one than it has seen for the same part of an account
    fence bigint not null
);

create table outbox (
    id text primary key not null,
    target text not null references outbox_target (name),
    fence bigint not null,
    -- what shares it is sent one after the other
    lane text not null,
    kind text not null check (kind in ('order', 'event')),
    -- the order, or the incident of an event
    object text not null,
    -- stays the same over all attempts
    key text not null,
    -- of events; an order's is made anew each time, from what was approved
    body text,
    created bigint not null,
    -- the next attempt
    due bigint not null,
    give_up bigint not null,
    attempts bigint not null,
    -- grows each time it is taken; what is written back under an older one is refused
    turn bigint not null,
    lease_until bigint,
    state text not null check (state in ('waiting', 'done', 'dead')),
    -- a plain word on the last attempt
    word text,
    settled bigint,
    unique (target, fence)
);

create index outbox_due on outbox (target, due) where state = 'waiting';
create index outbox_lane on outbox (lane, fence) where state = 'waiting';
create index outbox_object on outbox (object);
create index outbox_dead on outbox (settled) where state = 'dead';
