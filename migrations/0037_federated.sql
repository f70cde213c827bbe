-- Signing in through an issuer: who somebody is there, sign-ins on their way, tokens that were used.

create table federated_identity (
    -- Keyed digest of the issuer's address and the subject there.
    digest text primary key not null,
    -- The issuer's address, as its tokens name it.
    issuer text not null,
    person text not null,
    -- How an admin may know them there; sealed under the key of the person.
    contact bytea not null,
    linked bigint not null,
    used bigint not null
);
create index federated_identity_person on federated_identity (person);

create table federated_flow (
    -- Digest of the cookie that the browser holds meanwhile.
    digest text primary key not null,
    issuer text not null,
    -- sign-in, fresh, step-up or link
    purpose text not null,
    -- The session that it was begun in, if in one.
    session text,
    expires bigint not null
);
create index federated_flow_expires on federated_flow (expires);

create table federated_token (
    -- Digest of what was signed of it: a token is good once.
    digest text primary key not null,
    expires bigint not null
);
create index federated_token_expires on federated_token (expires);
