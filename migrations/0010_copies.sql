-- Copies of events that became signals before, and of deliveries that were answered before: suppressed, counted, and the last
-- twenty of each kept sealed so that staff can look. `number` counts on while `slot` comes round.

create table copy (
    id text primary key not null,
    endpoint text not null,
    key text not null,
    slot bigint not null,
    number bigint not null,
    -- what the first became
    signal text,
    received bigint not null,
    data_key bytea not null,
    body bytea not null
);

create unique index copy_slot on copy (endpoint, key, slot);
create index copy_received on copy (received);
