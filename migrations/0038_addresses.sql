-- Mail addresses of staff, the links that are mailed to them, and the letters that carry those.

-- Letters to staff about their accounts are one more kind of what is sent; the table is copied once more, without a check
-- that every kind would have to change.
create table outbox_anew (
    id text primary key not null,
    target text not null references outbox_target (name),
    fence bigint not null,
    lane text not null,
    -- a word of the program's, which knows them all
    kind text not null,
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

insert into outbox_anew (id, target, fence, lane, kind, object, key, body, created, due, give_up, attempts, turn,
                          lease_until, state, word, settled)
    select id, target, fence, lane, kind, object, key, body, created, due, give_up, attempts, turn,
           lease_until, state, word, settled
    from outbox;

drop table outbox;
alter table outbox_anew rename to outbox;

create index outbox_due on outbox (target, due) where state = 'waiting';
create index outbox_lane on outbox (lane, fence) where state = 'waiting';
create index outbox_object on outbox (object);
create index outbox_dead on outbox (settled) where state = 'dead';

create table person_address (
    id text primary key not null,
    person text not null,
    -- A keyed digest; of the proven ones each is the only one of its kind.
    digest text not null,
    -- Sealed under the key of the person.
    address bytea not null,
    language text not null,
    created bigint not null,
    -- Nothing until a link in a mail to it was used.
    proven bigint
);
create index person_address_person on person_address (person);
create index person_address_digest on person_address (digest);
create unique index person_address_proven on person_address (digest) where proven is not null;

create table staff_link (
    -- SHA-256 of its 256 random bits.
    digest text primary key not null,
    person text not null,
    -- password or address
    what text not null,
    -- Which address it proves.
    address text,
    created bigint not null,
    expires bigint not null,
    used bigint,
    revoked bigint
);
create index staff_link_person on staff_link (person);
create index staff_link_expires on staff_link (expires);

-- What a letter in the outbox is made from when it leaves, by the id of its row there. No link is among it.
create table account_letter (
    id text primary key not null,
    -- Nothing while only a digest of what somebody typed is known.
    person text,
    what text not null,
    language text not null,
    -- Where it goes, sealed under the key of the person.
    address bytea,
    -- Which address its link is to prove.
    proves text,
    -- Keyed digests of what was typed as a login and as an address, and of whose request it was.
    asked_login text,
    asked_address text,
    client text,
    created bigint not null,
    mailed bigint
);
create index account_letter_person on account_letter (person, mailed);
create index account_letter_client on account_letter (client, mailed);
create index account_letter_created on account_letter (created);
