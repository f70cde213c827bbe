-- Orders to wallet backends: what was asked, who stands behind it, how it stands.

create table containment_order (
    id text primary key not null,
    incident text not null references incident (id),
    -- sealed; the account's name
    account bytea not null,
    -- keyed digest of the account's name
    account_digest text not null,
    action text not null,
    target text not null,
    -- when the effect ends by itself
    until bigint,
    undoes text references containment_order (id),
    requester text not null,
    requested bigint not null,
    expires bigint not null,
    people bigint not null check (people in (1, 2)),
    -- the house itself asked
    automatic boolean not null,
    -- sealed
    reason bytea not null,
    -- of the canonical form when it was asked for
    digest text not null,
    state text not null check (state in ('proposed', 'approved', 'sent', 'confirmed', 'failed', 'unknown', 'expired',
                                         'reversed', 'withdrawn')),
    changed bigint not null,
    -- a plain word on why it failed or is not known
    word text,
    -- who looked at it afterwards, where one person acted alone
    reviewer text,
    reviewed bigint
);

create index containment_order_incident on containment_order (incident, requested);
create index containment_order_account on containment_order (account_digest, requested);
create index containment_order_requester on containment_order (requester, requested);
create index containment_order_proposed on containment_order (expires) where state = 'proposed';
create index containment_order_automatic on containment_order (requested) where automatic;
create index containment_order_review on containment_order (requested) where people = 1 and reviewed is null;

create table order_approval (
    order_id text not null references containment_order (id),
    person text not null,
    at bigint not null,
    digest text not null,
    primary key (order_id, person)
);
