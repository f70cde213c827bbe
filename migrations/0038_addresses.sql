-- Mail addresses of staff, the links that are mailed to them, and the letters that carry those.

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
